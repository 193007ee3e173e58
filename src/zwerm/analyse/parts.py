"""The parts of one network's report, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zwerm.analyse.chance_page import chance_of_coupling, sure_table, tests
from zwerm.analyse.drawings.columns import columns_of, draw_columns
from zwerm.analyse.drawings.familiar import draw_coupling, draw_map, draw_profile
from zwerm.analyse.drawings.network import COLOURS, MOST_PEOPLE, Drawn, draw_network
from zwerm.analyse.drawings.triads import draw_triads
from zwerm.analyse.figures import Figures, groups_of
from zwerm.analyse.inference.inferred import Inferred
from zwerm.analyse.inference.sure import Sure
from zwerm.analyse.lively import lively, ties_table
from zwerm.analyse.markup import Markup, el, figure_of, folded, table_of
from zwerm.analyse.networks import Network
from zwerm.analyse.persons import persons
from zwerm.analyse.scale_page import scale_parts
from zwerm.analyse.sentences import name_of, says
from zwerm.analyse.summary import SHOWN, value_of
from zwerm.analyse.words import Words
from zwerm.pictures import svg

SHORT = 2
SAME_WITHOUT_SILENCE = {"respondents", "reciprocity_among_respondents"}
SAME_WITHOUT_DIRECTION = {"strong_components", "transitivity_weak"}


@dataclass(frozen=True, slots=True)
class Part:
    """One network, its figures, and the words to tell them in."""

    network: Network
    figures: Figures
    name: str
    words: Words
    seed: int
    team_column: str = ""
    inferred: Inferred | None = None
    place: int = 1
    """Which of the networks it is, for names that may be there once."""
    heading: str = "h2"
    """The level of its headings: below the name of the network, where that stands there."""

    @property
    def sure(self) -> Sure | None:
        """The intervals, where they were made."""
        return self.inferred.sure if self.inferred else None

    @property
    def names(self) -> tuple[str, ...]:
        """The figures to tell, without those that here say what others say."""
        same = set() if self.network.has_response else SAME_WITHOUT_SILENCE
        same = same | (SAME_WITHOUT_DIRECTION if self.network.is_undirected else set())
        told = (name for name in SHOWN if name not in same)
        return tuple(name for name in told if value_of(self.figures, name) is not None)


def written(value: float | int | None, words: Words) -> str:
    """A figure in a table; nothing where it has no meaning."""
    return "" if value is None else words.number(value)


def lead(part: Part) -> str:
    """The first sentence: how many people, how many ties."""
    words, figures = part.words, part.figures
    ties = words.count("ties", figures.ties)
    mean = words.number(figures.mean_named, 1)
    if part.network.is_undirected:
        return words("lead_undirected", members=figures.members, ties=ties, mean=mean)
    if part.network.has_response:
        return words(
            "lead_response",
            respondents=figures.respondents,
            members=figures.members,
            ties=ties,
            mean=mean,
        )
    return words("lead", members=figures.members, ties=ties, mean=mean)


def all_parts(part: Part) -> Iterator[Markup]:
    words = part.words
    yield picture(part)
    yield whole(part)
    if not part.network.is_undirected:
        yield profile(part)
    if part.sure:
        yield section(part, words("sure"), *sure_table(part.figures, part.sure, words))
    yield indegrees(part)
    yield triads(part)
    if part.figures.coupling:
        yield position(part)
    if part.inferred and part.inferred.tested.is_there:
        yield section(part, words("tests"), *tests(part.inferred.tested, words))
    if part.figures.teams:
        yield teams(part)
    if part.figures.dyads:
        yield dyads(part)
    if part.figures.scales:
        yield scale_parts(part.figures.scales, part.words, part.heading)
    yield section(part, words("persons"), *persons(part.network, part.figures, words))


def section(part: Part, title: str, *content: str) -> Markup:
    return el("section", el(part.heading, title), *content, class_="part")


def picture(part: Part) -> Markup:
    """Everybody and every tie, unless they are too many to see."""
    words, arcs = part.words, part.network.arcs
    if arcs.people > MOST_PEOPLE:
        members = words.number(arcs.people)
        return el("p", words("picture_too_large", members=members, most=MOST_PEOPLE), class_="note")
    names, team = groups_of(part.network.team or ("",) * arcs.people)
    labels = tuple(team_label(part, name) for name in names)
    drawn = Drawn(arcs, part.network.people.ids, labels, team, part.network.is_undirected)
    kind = "picture_says_undirected" if part.network.is_undirected else "picture_says"
    told = [words(kind)]
    if names:
        is_many = len(names) > len(COLOURS) or bool((team < 0).any())
        told.append(words("picture_teams_more" if is_many else "picture_teams"))
    if part.figures.isolates:
        alone = "picture_isolates_undirected" if part.network.is_undirected else "picture_isolates"
        told.append(words(alone))
    if part.network.has_response:
        told.append(words("picture_silent"))
    told.append(words("picture_place"))
    spoken = svg.Words(words("picture_title", name=part.name), " ".join([lead(part), *told]))
    drawing = draw_network(drawn, spoken, part.seed)
    return el(
        "figure",
        lively(drawing, part.network, part.figures, words, part.place),
        el("figcaption", el("p", " ".join(told))),
        folded(words, ties_table(part.network, words)),
    )


def team_label(part: Part, name: str) -> str:
    """A bare number says what it numbers: `department 4`."""
    return f"{part.team_column} {name}" if len(name) <= SHORT or name.isdigit() else name


def whole(part: Part) -> Markup:
    """The figures of the whole network, each with its sentence."""
    words = part.words
    rows = []
    for name in part.names:
        value = value_of(part.figures, name)
        if value is None:
            continue
        sentence = says(name, value, words, part.network.is_undirected)
        called = name_of(name, words, part.network.is_undirected)
        rows.append([called, words.number(value), sentence])
    headings = [words("column_figure"), words("column_value"), words("column_says")]
    table = table_of(words("figures_caption"), headings, rows, class_="told")
    return section(part, words("figures"), table)


def profile(part: Part) -> Markup:
    """Collective, relational, dynamic: beside published teams, which are no norm."""
    words = part.words
    told = [words("profile_says"), *([words("bands_say")] if part.sure else [])]
    return section(
        part, words("profile"), figure_of(draw_profile(part.figures, words, part.sure), *told)
    )


def indegrees(part: Part) -> Markup:
    words, named = part.words, part.figures.ties_of
    kind = "degrees" if part.network.is_undirected else "indegrees"
    axis = words("axis_ties" if part.network.is_undirected else "axis_named")
    spoken = svg.Words(words(kind), words(f"{kind}_says"))
    drawn = draw_columns(named, axis, words("axis_people"), spoken)
    rows = [[one.name, words.number(one.people)] for one in columns_of(named)]
    table = table_of(words(kind), [axis, words("axis_people")], rows, class_="numbers")
    return section(part, words(kind), figure_of(drawn, words(f"{kind}_says")), folded(words, table))


def triads(part: Part) -> Markup:
    words = part.words
    census = {kind: words.number(count) for kind, count in part.figures.triad_census.items()}
    spoken = svg.Words(words("triads_title", name=part.name), words("triads_says"))
    headings = [words("column_kind"), words("column_count")]
    table = table_of(words("triads_caption"), headings, census.items(), class_="numbers")
    picture = figure_of(draw_triads(census, spoken), words("triads_says"))
    return section(part, words("triads"), picture, folded(words, table))


def position(part: Part) -> Markup:
    """What the data say, how sure that is, and how often chance alone would say as much."""
    words, found = part.words, part.figures.coupling
    if found is None:
        return Markup("")
    told = [says("coupling", found.value, words, part.network.is_undirected)]
    if found.leaders is not None and found.share_of_members is not None:
        told.append(
            words(
                "position_shares",
                leaders=found.leaders,
                members=percent(found.share_of_members, words),
                ties=percent(found.share_of_ties, words),
            )
        )
    told += chance_of_coupling(part.inferred, words)
    kind = "position_undirected" if part.network.is_undirected else "position"
    drawn = draw_coupling(found, words, part.network.is_undirected, part.sure)
    return section(part, words(kind), figure_of(drawn, *told))


def percent(share: float | None, words: Words) -> str:
    missing = share is None or np.isnan(share)
    return words.number(float("nan")) if missing else words.hundredths(share or 0)


def teams(part: Part) -> Markup:
    """Who asks whom between teams, and how large each is."""
    words, reach = part.words, part.figures.teams
    if reach is None:
        return Markup("")
    rows = [
        [name, words.number(members), *(words.number(count) for count in counts)]
        for name, members, counts in zip(reach.names, reach.members, reach.ties, strict=True)
    ]
    headings = [words("column_from"), words("column_members"), *reach.names]
    table = table_of(words("teams_caption"), headings, rows, class_="numbers")
    labels = [team_label(part, name) for name in reach.names]
    drawn = draw_map(reach, labels, words)
    across = says("across_share", reach.across_share, words, part.network.is_undirected)
    told = (across, words("map_says"))
    seen = el("p", across) if drawn is None else figure_of(drawn, *told)
    return section(part, words("teams"), seen, table)


def dyads(part: Part) -> Markup:
    words = part.words
    rows = [
        [name, words.number(one.ties), words.number(one.pairs)]
        for name, one in (part.figures.dyads or {}).items()
    ]
    headings = [words(f"column_{name}") for name in ("shared", "among_ties", "among_pairs")]
    table = table_of(words("dyads"), headings, rows, class_="numbers")
    return section(part, words("dyads"), el("p", words("dyads_says")), table)
