"""QAP and MRQAP of one network: what was tested, what could not be, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from zwerm.analyse.inference.asked import Asked
from zwerm.analyse.inference.chance import rng_of
from zwerm.analyse.inference.gaps import gaps_of, have_gaps, told_by_others, without_gaps
from zwerm.analyse.inference.known import Known, Option, with_values
from zwerm.analyse.inference.people_left import Mask, among, tied_among, without_value
from zwerm.analyse.networks import Network
from zwerm.analyse.options import Options
from zwerm.analyse.words import Fault, Sentence, sentence
from zwerm.analysis.mrqap import Family, Mrqap, mrqap
from zwerm.analysis.predictors import Ends, Predictor, Tied, receiver
from zwerm.analysis.qap import Qap, qap
from zwerm.analysis.regression.fits import FollowExactly
from zwerm.analysis.regression.pairwise import MOST as MOST_ONE_BY_ONE
from zwerm.analysis.terms import Wording, predictor_from

Progress = Callable[[float], None]

FEWEST = 3
"""Among fewer people nobody can change places in more than one way."""
MOST_WORK = 200_000_000
"""Arcs times permutations times terms above which nothing is tested unless it is asked for. With
logistic regression every pair counts as an arc."""

ALWAYS_TOLD = {
    *("people_without_value", "pairs_without_value"),
    *("ties_follow_logistic", "values_left_out", "logistic_too_large"),
}
"""Who and what is left out, and what came of the family that was asked for, whoever chose terms."""


@dataclass(slots=True)
class Tested:
    """What came out of one network. `noted` says what could not be tested, and why."""

    qap: dict[str, Qap] = field(default_factory=dict)
    mrqap: Mrqap | None = None
    family: Family = "linear"
    noted: list[Sentence] = field(default_factory=list)

    @property
    def is_there(self) -> bool:
        return bool(self.qap) or self.mrqap is not None


@dataclass(frozen=True, slots=True)
class Ready:
    """Ties and predictors about the people who have a value of each term."""

    ties: Tied
    terms: dict[str, Predictor]
    is_undirected: bool

    @property
    def counted(self) -> int:
        """How many pairs a regression stands on: without direction each counts once."""
        return self.pairs // 2 if self.is_undirected else self.pairs

    @property
    def pairs(self) -> int:
        """How many pairs there are to go by, each way counted."""
        rows = int(self.ties.known.sum())
        return rows * (self.ties.people - 1) - int(self.ties.known[self.ties.missing[0]].sum())

    @property
    def goes_by_pair(self) -> bool:
        """Whether single pairs lack a value, so that every pair must be looked at."""
        return have_gaps([self.ties, *self.terms.values()])

    @property
    def is_flat(self) -> bool:
        """Whether the ties are the same for every pair: none at all, or all alike."""
        extra = self.ties.extra
        if not len(extra):
            return True
        return len(extra) >= self.pairs and bool(np.ptp(extra) == 0)


def tested_in(
    network: Network, asked: Asked, options: Options, progress: Progress | None
) -> Tested:
    """Test every term by itself, and all of the sum together.

    Raises:
        Fault: a term speaks of a column, a pair or a relation that is not there.
    """
    found = Tested(family=options.family)
    terms = len(asked.qap) + len(asked.mrqap)
    if not terms:
        return found
    work = work_of(network, options) * options.permutations * terms
    if asked.is_default and work > MOST_WORK:
        found.noted.append(sentence("tests_left_out", name=network.name, ties=len(network.arcs)))
        return found
    for place, term in enumerate(asked.qap):
        correlate(found, network, term, options, part(progress, place, terms))
    if asked.mrqap:
        regress(found, network, asked, options, part(progress, len(asked.qap), terms))
    if asked.is_default:
        # Nobody asked for these terms, so nobody misses one that says nothing here.
        found.noted = [one for one in found.noted if one.key in ALWAYS_TOLD]
    return found


def work_of(network: Network, options: Options) -> int:
    """How much one order of one term takes."""
    people = len(network.people)
    return people * people if options.family == "logistic" else len(network.arcs) + 1


def part(progress: Progress | None, done: int, whole: int) -> Progress | None:
    """The stretch of the way that the next of `whole` terms takes."""
    return (lambda share: progress((done + share) / whole)) if progress else None


def correlate(
    found: Tested, network: Network, term: Wording, options: Options, progress: Progress | None
) -> None:
    """The correlation with one term; the reason where there is none."""
    ready = ready_for(found, network, (term,), "--qap")
    if reason := refused(ready, 1):
        found.noted.append(sentence(reason, name=network.name, term=term.text, kind="QAP"))
        return
    try:
        found.qap[term.text] = qap(
            ready.ties,
            ready.terms[term.text],
            rng=rng_of(options.seed, "qap", network.name, term.text),
            permutations=options.permutations,
            progress=progress,
        )
    except ValueError:
        found.noted.append(sentence("same_everywhere", name=network.name, term=term.text))


def regress(
    found: Tested, network: Network, asked: Asked, options: Options, progress: Progress | None
) -> None:
    """The regression on all terms that say something of their own; the others are named."""
    terms = asked.mrqap
    ready = for_regression(ready_for(found, network, terms, "--mrqap"), options)
    text = " + ".join(term.text for term in terms)
    reason = refused(ready, len(terms), options.family)
    kept = {} if reason else fitting(found, network.name, ready)
    if not reason and kept:
        try:
            found.mrqap = regression(network, ready.ties, kept, options, progress)
        except FollowExactly:
            reason = f"ties_follow_{options.family}"
    if found.mrqap is None:
        said = " + ".join(kept) or text
        reason = reason or "no_terms_left"
        found.noted.append(sentence(reason, name=network.name, term=said, kind="MRQAP"))
    elif options.family == "logistic" and (network.value != 1).any():
        found.noted.append(sentence("values_left_out", name=network.name))


def regression(
    network: Network,
    ties: Tied,
    terms: Mapping[str, Predictor],
    options: Options,
    progress: Progress | None,
) -> Mrqap:
    return mrqap(
        ties,
        told_by_others(terms),
        rng=rng_of(options.seed, "mrqap", network.name, *terms),
        permutations=options.permutations,
        family=options.family,
        undirected=network.is_undirected,
        progress=progress,
    )


def for_regression(ready: Ready, options: Options) -> Ready:
    """Without the pairs of which a term has no value; of 0 and 1 when it is to be logistic."""
    ties = without_gaps(ready.ties, ready.terms.values())
    if options.family == "logistic":
        ties = replace(ties, extra=np.ones(len(ties.extra)), rest=0.0)
    return replace(ready, ties=ties)


def refused(ready: Ready, terms: int, family: Family = "linear") -> str | None:
    """Why nothing can be tested at all, as a key of a sentence."""
    is_short = ready.ties.people < max(FEWEST, terms + 2) or ready.counted < terms + 2
    # Who changes places must have answered, so there must be two of them.
    if is_short or ready.ties.known.sum() < 2:
        return "few_people_to_test"
    is_large = ready.ties.people > MOST_ONE_BY_ONE
    if is_large and (family == "logistic" or ready.goes_by_pair):
        return "logistic_too_large" if family == "logistic" else "gaps_too_large"
    return "ties_are_flat" if ready.is_flat else None


def ready_for(found: Tested, network: Network, terms: Sequence[Wording], option: Option) -> Ready:
    """The ties and the terms, about who has a value of every term."""
    known = Known(network, option)
    predictors = {term.text: read_term(term, known) for term in terms}
    if network.is_undirected:
        predictors = {text: of_both(one) for text, one in predictors.items()}
    lacking = {text: without_value(one) for text, one in predictors.items()}
    gone = np.logical_or.reduce(list(lacking.values()))
    ties = with_values(network.arcs, network.value)
    if gone.any():
        found.noted += about_gaps(network, lacking, option)
        (places,) = np.nonzero(~gone)
        ties = tied_among(ties, places)
        predictors = {text: among(one, places) for text, one in predictors.items()}
    found.noted += about_pairs(network, predictors)
    return Ready(ties, predictors, network.is_undirected)


def read_term(term: Wording, known: Known) -> Predictor:
    """The predictor of one term; what is wrong with it in a sentence of ours."""
    try:
        return predictor_from(term, known)
    except ValueError as fault:
        # The only thing left to be wrong: nobody has this word in that column.
        people = known.network.people
        everywhere = people.table.column(term.column) if people.table else []
        if term.value in everywhere:
            # Somebody of another network has: here it says nothing, which is told as of any term.
            return receiver(np.zeros(len(people)))
        raise Fault(
            "nobody_has",
            option=known.option,
            term=term.text,
            found=term.value,
            column=term.column,
            words=", ".join(list(dict.fromkeys(filter(None, everywhere)))[:9]) or "–",
        ) from fault


def of_both(term: Predictor) -> Predictor:
    """Of a tie without direction nobody asks: what one person has is then that of both together."""
    if not isinstance(term, Ends):
        return term
    each = term.sender + term.receiver
    return Ends(each, each)


def about_gaps(network: Network, lacking: Mapping[str, Mask], option: str) -> Iterator[Sentence]:
    """Who is left out of a test, said once for each term with an empty cell."""
    for text, gone in lacking.items():
        if count := int(gone.sum()):
            yield sentence("people_without_value", name=network.name, term=text, count=count)


def about_pairs(network: Network, predictors: Mapping[str, Predictor]) -> Iterator[Sentence]:
    """The pairs that are left out of a test, for each term that has no value of them."""
    for text, one in predictors.items():
        if count := len(gaps_of(one)[0]):
            yield sentence("pairs_without_value", name=network.name, term=text, count=count)


def fitting(found: Tested, name: str, ready: Ready) -> dict[str, Predictor]:
    """The terms that vary and do not follow from those before them; the others are named."""
    kept: dict[str, Predictor] = {}
    for text, predictor in ready.terms.items():
        if fits(ready.ties, {**kept, text: predictor}):
            kept[text] = predictor
        elif fits(ready.ties, {text: predictor}):
            others = " + ".join(kept)
            found.noted.append(sentence("term_follows", name=name, term=text, others=others))
        else:
            found.noted.append(sentence("same_everywhere", name=name, term=text))
    return kept


def fits(ties: Tied, terms: Mapping[str, Predictor]) -> bool:
    """Whether each of these terms says something that the others do not."""
    try:
        mrqap(ties, told_by_others(terms), rng=np.random.default_rng(0), permutations=1)
    except FollowExactly:
        # They say all there is to say, which is told of all of them together.
        return True
    except ValueError:
        return False
    return True
