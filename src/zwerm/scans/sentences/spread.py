"""How leadership is spread: response, the three measures, their profile, and who is not named."""

from __future__ import annotations

from zwerm.scans.sentences import intervals
from zwerm.scans.sentences.numbers import mean_in_words
from zwerm.scans.sentences.telling import NOT_ASKED, Figure, Section, Telling, joined
from zwerm.scans.sentences.withheld import held
from zwerm.scans.sentences.wording import phrase

PART = "spread"
FIGURES = ("mean_named", "reciprocity", "centralization", "unnamed", "works_together")


def response(tell: Telling) -> Section:
    """How many answered, and what that allows."""
    lead, line = response_keys(tell)
    floor = str(tell.snapshot["scan"]["floors"]["network"])
    said = tell.say(f"response.line.{line}", floor=floor) if line else tell.band()
    return Section(
        id="response",
        part="response",
        lead=tell.say(f"response.lead.{lead}"),
        lines=(said,) if said else (),
        doubt=tell.say("response.doubt"),
        not_said=tell.say("response.not"),
        talk=tell.say("response.talk"),
    )


def response_keys(tell: Telling) -> tuple[str, str]:
    """Which lead fits the response, and which line after it ("": the band itself)."""
    contract, size = tell.snapshot["response"]["contract"], tell.snapshot["response"]["size"]
    if size == "none":
        return "none", "none"
    if contract == "little":
        return "little", ""
    if size == "tiny":
        return "most", "few" if contract == "full" else "broad"
    return contract, contract


TOLD = ("profile", "mean_named", "reciprocity", "centralization", "unnamed", "works_together")
"""What this part tells of, in its order."""


def spread(tell: Telling) -> list[Section]:
    """The profile first, then its three measures, then what else is known."""
    told = (
        (profile_figure(tell), profile),
        (tell.figure("mean_named"), collective),
        (tell.figure("reciprocity"), relational),
        (tell.figure("centralization"), dynamic),
        (tell.figure("unnamed"), unnamed),
        (tell.figure("works_together"), together),
    )
    shown = [make(tell, figure) for figure, make in told if figure["shown"]]
    missing = held(tell, PART, zip(TOLD, (one for one, _make in told), strict=True), shown)
    return [*shown, missing] if missing else shown


def profile_figure(tell: Telling) -> Figure:
    found: Figure = tell.snapshot.get("profile", NOT_ASKED)
    return found


def profile(tell: Telling, figure: Figure) -> Section:
    """What the three measures say together, and by name which one says otherwise."""
    doubt = joined(intervals.of_profile(tell), tell.say("profile.doubt"))
    toward, away = measure_at(tell, "high"), measure_at(tell, "low")
    word = "mixed" if figure["word"] == "middle" and toward and away else figure["word"]
    lines = (
        measure_line(tell, "toward", toward if word != "high" else ""),
        measure_line(tell, "away", away if word != "low" else ""),
    )
    told = {**figure, "word": word}
    return worded_section(
        tell, "profile", told, doubt=doubt, lines=tuple(one for one in lines if one)
    )


SPREAD_AT = {
    "high": {"mean_named": "high", "reciprocity": "high", "centralization": "low"},
    "low": {"mean_named": "low", "reciprocity": "low", "centralization": "high"},
}
"""Which word of a measure means much spread, and which little."""


def measure_at(tell: Telling, end: str) -> str:
    """The first of the three measures that lies at this end of spread; "" where none does."""
    words = SPREAD_AT[end].items()
    return next((name for name, word in words if tell.figure(name).get("word") == word), "")


def measure_line(tell: Telling, side: str, measure: str) -> str:
    if not measure:
        return ""
    named = phrase(f"profile.measure.{measure}", tell.language)
    return tell.say(f"profile.{side}", measure=named)


def collective(tell: Telling, figure: Figure) -> Section:
    lines = [tell.say("collective.topic", topic=tell.topic())]
    if figure["word"] in {"low", "high"}:
        lines.append(tell.say(f"collective.line.{figure['word']}"))
    mean = mean_in_words(figure, tell.language)
    return Section(
        id="collective",
        part=PART,
        lead=tell.say("collective.lead", mean=mean),
        lines=tuple(lines),
        doubt=intervals.doubt(tell, "mean_named", tell.doubt()),
        not_said=tell.say("collective.not"),
        talk=tell.say("collective.talk"),
    )


def relational(tell: Telling, figure: Figure) -> Section:
    """The middle has no sentence of its own: there the share is the finding."""
    share = tell.say_share("relational.share", figure, "times")
    has_lead = figure["word"] in {"low", "high"}
    is_upward = intervals.is_upward(tell, "reciprocity")
    one_way = "relational.upward" if is_upward else "relational.doubt"
    return Section(
        id="relational",
        part=PART,
        lead=tell.say(f"relational.lead.{figure['word']}") if has_lead else share,
        lines=(share,) if has_lead else (),
        doubt=joined(intervals.doubt(tell, "reciprocity", otherwise=""), tell.say(one_way)),
        not_said=tell.say("relational.not"),
        talk=tell.say("relational.talk"),
    )


def dynamic(tell: Telling, figure: Figure) -> Section:
    """In words only: the number of an index says little, and stands in the table."""
    doubt = intervals.of_words(tell, "centralization", tell.doubt())
    return worded_section(tell, "dynamic", figure, doubt=doubt)


def unnamed(tell: Telling, figure: Figure) -> Section:
    """In a small school the two lower bands are one, said as "at most" (rule R4)."""
    word = "at_most" if figure.get("end") else figure["word"]
    few = "_few" if word == "low" else ""
    doubt = tell.say(f"unnamed.doubt{few}")
    return worded_section(tell, "unnamed", {**figure, "word": word}, doubt=doubt)


def together(tell: Telling, figure: Figure) -> Section:
    return worded_section(
        tell,
        "together",
        figure,
        lines=(tell.say_share("together.share", figure, "times"),),
        doubt=tell.doubt(),
    )


def worded_section(
    tell: Telling, name: str, figure: Figure, *, doubt: str, lines: tuple[str, ...] = ()
) -> Section:
    """A section whose finding follows from the word of its figure alone."""
    return Section(
        id=name,
        part=PART,
        lead=tell.say(f"{name}.lead.{figure['word']}"),
        lines=lines,
        doubt=doubt,
        not_said=tell.say(f"{name}.not"),
        talk=tell.say(f"{name}.talk"),
    )
