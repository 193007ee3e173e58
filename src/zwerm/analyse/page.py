"""The report: one HTML file with everything in it, readable without script or network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import zwerm
from zwerm.analyse import parts
from zwerm.analyse.change_page import course_part
from zwerm.analyse.lively import script, script_hash
from zwerm.analyse.markup import Markup, el, joined, table_of
from zwerm.analyse.networks import Network
from zwerm.analyse.options import Options
from zwerm.analyse.results import Results
from zwerm.analyse.sentences import name_of
from zwerm.analyse.style import stylesheet
from zwerm.analyse.summary import SHOWN, value_of
from zwerm.analyse.words import Words

# Nothing may be fetched, and nothing but our own script may run, whatever is in somebody's file.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src {script}"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the page is made from."""

    results: Results
    options: Options
    words: Words
    warnings: Sequence[str]

    @property
    def networks(self) -> Sequence[Network]:
        return self.results.networks

    @property
    def is_undirected(self) -> bool:
        return any(network.is_undirected for network in self.networks)


def report_of(results: Results, options: Options, words: Words, warnings: Sequence[str]) -> str:
    """The whole page."""
    report = Report(results, options, words, warnings)
    title = title_of(report)
    policy = POLICY.format(script=script_hash())
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el(
            "meta",
            http_equiv="Content-Security-Policy",
            content=policy,
        ),
        el("title", f"{title} · Zwerm"),
        el("style", Markup(stylesheet())),
    )
    main = el("main", header(report, title), *sections(report), footer(words))
    body = el("body", main, el("script", Markup(script())))
    return f"<!doctype html>\n{el('html', head, body, lang=words.language)}\n"


def title_of(report: Report) -> str:
    """The relation is the title, where one was chosen."""
    kind = "title_undirected" if report.is_undirected else "title"
    relation = report.options.relation
    return report.words(f"{kind}_one", name=relation) if relation else report.words(kind)


def header(report: Report, title: str) -> Markup:
    words, options = report.words, report.options
    given = (options.ties, options.people, options.dyads, options.scales)
    files = [path.name for path in given if path]
    made = words("made_from", files=", ".join(files), version=zwerm.__version__, seed=options.seed)
    return el(
        "header",
        el("p", made, class_="kicker"),
        el("h1", title),
        el("p", words("own_data")),
        el("p", words(sampling_of(report)), class_="soft"),
        noted(report),
        contents(report),
    )


def sampling_of(report: Report) -> str:
    """Whether figures have a margin here."""
    has_intervals = any(one.sure is not None for one in report.results.inferred.values())
    return "sampling_intervals" if has_intervals else "sampling"


def noted(report: Report) -> Markup:
    """What was noted while reading, before any figure."""
    if not report.warnings:
        return Markup("")
    return el(
        "section",
        el("h2", report.words("noted")),
        el("ul", *(el("li", one) for one in report.warnings)),
        class_="noted",
    )


def contents(report: Report) -> Markup:
    """The way to each network, when there are several."""
    if len(report.networks) < 2:
        return Markup("")
    links = [
        el("li", el("a", called(report, one), href=f"#{anchor(place)}"))
        for place, one in enumerate(report.networks)
    ]
    return el("nav", el("ul", *links, class_="toc"), aria_label=report.words("networks"))


def anchor(place: int) -> str:
    return f"network-{place + 1}"


def called(report: Report, one: Network) -> str:
    """`school 4`: the column and its value; of several waves that of the wave too."""
    options = report.options
    said = [
        f"{column} {value}"
        for column, value in ((options.by, one.group), (options.wave, one.wave))
        if column is not None
    ]
    return ", ".join(said) or options.relation or report.words("all_name")


def sections(report: Report) -> list[Markup]:
    made = [part_of(report, one, place) for place, one in enumerate(report.networks)]
    several = [compared(report, made)] if len(made) > 1 else []
    changed = [
        course_part(one, report.results.figures, report.words) for one in report.results.courses
    ]
    return [*several, *changed, *(network(report, part, place) for place, part in enumerate(made))]


def part_of(report: Report, one: Network, place: int) -> parts.Part:
    return parts.Part(
        network=one,
        figures=report.results.figures[one.name],
        name=called(report, one),
        words=report.words,
        seed=report.options.seed,
        team_column=report.options.team or "",
        inferred=report.results.inferred.get(one.name),
        place=place + 1,
        heading="h2" if len(report.networks) == 1 else "h3",
    )


def compared(report: Report, made: list[parts.Part]) -> Markup:
    """All networks beside each other."""
    words = report.words
    told = {name for part in made for name in part.names}
    rows = [
        [
            name_of(name, words, report.is_undirected),
            *(parts.written(value_of(part.figures, name), words) for part in made),
        ]
        for name in SHOWN
        if name in told
    ]
    headings = [words("column_figure"), *(part.name for part in made)]
    table = table_of(words("compared_caption"), headings, rows, class_="numbers")
    return el("section", el("h2", words("compared")), table, class_="part")


def network(report: Report, part: parts.Part, place: int) -> Markup:
    """One network: its name, what is first to be said, its pictures and its tables."""
    heading = [] if len(report.networks) == 1 else [el("h2", part.name)]
    return el(
        "article",
        *heading,
        el("p", parts.lead(part), class_="lead"),
        joined(parts.all_parts(part)),
        id=anchor(place),
        class_="network",
    )


def footer(words: Words) -> Markup:
    return el("footer", el("p", words("sources"), class_="soft"))
