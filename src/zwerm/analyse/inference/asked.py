"""Which terms are tested: those that were asked for, or else those that follow from the options."""

from __future__ import annotations

from dataclasses import dataclass

from zwerm.analyse.options import Options
from zwerm.analyse.words import Fault
from zwerm.analysis.terms import KINDS, Wording, parse, parse_sum


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms of one run, taken apart. `is_default`: nobody asked for these by name."""

    qap: tuple[Wording, ...]
    mrqap: tuple[Wording, ...]
    is_default: bool

    @property
    def relations(self) -> list[str]:
        """The other relations that the terms speak of, each once."""
        both = [*self.qap, *self.mrqap]
        return list(dict.fromkeys(one.column for one in both if one.kind == "tie"))


def asked_of(options: Options) -> Asked:
    """The terms of `--qap` and `--mrqap`; without both, those of `--position` and `--team`.

    Raises:
        Fault: a term is not as a term is written, or stands twice.
    """
    if options.qap or options.mrqap:
        single = tuple(taken_apart("--qap", term) for term in options.qap)
        check_once("--qap", single)
        return Asked(single, sum_of(options), is_default=False)
    likely = likely_terms(options)
    return Asked(likely, likely, is_default=True)


def sum_of(options: Options) -> tuple[Wording, ...]:
    if len(options.mrqap) > 1:
        raise Fault("one_mrqap")
    terms = () if not options.mrqap else parts_of(options.mrqap[0])
    check_once("--mrqap", terms)
    return terms


def parts_of(text: str) -> tuple[Wording, ...]:
    """The terms between plus signs."""
    try:
        return parse_sum(text)
    except ValueError:
        # Which of them is wrong; when none is by itself, one stands twice.
        return tuple(taken_apart("--mrqap", part) for part in text.split("+"))


def taken_apart(option: str, text: str) -> Wording:
    try:
        return parse(text)
    except ValueError as fault:
        kinds = ", ".join(f"{kind}(...)" for kind in KINDS)
        raise Fault("not_a_term", option=option, found=text.strip(), kinds=kinds) from fault


def check_once(option: str, terms: tuple[Wording, ...]) -> None:
    texts = [term.text for term in terms]
    twice = next((text for text in texts if texts.count(text) > 1), None)
    if twice:
        raise Fault("term_twice", option=option, found=twice)


def likely_terms(options: Options) -> tuple[Wording, ...]:
    """Is a higher post asked more, and does one ask within the team?"""
    terms = []
    if options.position:
        terms.append(Wording(f"receiver({options.position})", "receiver", options.position))
    if options.team:
        terms.append(Wording(f"same({options.team})", "same", options.team))
    return tuple(terms)
