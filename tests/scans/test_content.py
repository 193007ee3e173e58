"""The words that ship: complete in two languages, plain, in step with each other and with tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from zwerm.scans import library
from zwerm.scans.library.agreements import RULES, every_promise
from zwerm.scans.library.texts import load

ROOT = Path(__file__).resolve().parents[2]
FILES = ("instruments.yaml", "agreements.yaml", "guide.yaml", "sentences.yaml")
MOST_WORDS = 14
SENTENCE_END = re.compile(r"(?<=[.?])\s+|\n\n+")
NAMELESS = re.compile(r"anoniem|anonymous", re.I)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
WITHOUT_A_NOUN = {"sentences.yaml.numbers.noun", "sentences.yaml.numbers.of_the"}
"""Beside a picture the noun is left out, on purpose."""


def pairs(content, place):
    """Every text in both languages, with the place where it stands."""
    if isinstance(content, dict):
        if {"nl", "en"} & set(content) and not isinstance(content.get("nl"), (dict, list)):
            yield place, content
        for name, part in content.items():
            yield from pairs(part, f"{place}.{name}")
    elif isinstance(content, list):
        for number, part in enumerate(content):
            yield from pairs(part, f"{place}.{number}")


def texts_of(name):
    """The texts of one file, with their places."""
    found = list(pairs(load(name), name))
    assert len(found) > 100
    return [
        (place, text)
        for place, text in found
        if not (place.endswith("beside_a_picture") and place.rsplit(".", 1)[0] in WITHOUT_A_NOUN)
    ]


def sentences(words):
    return [part for part in SENTENCE_END.split(words.strip()) if part]


def too_long(words):
    """Sentences of more words than people read in one go."""
    return [one for one in sentences(words) if len(one.split()) > MOST_WORDS]


@pytest.mark.parametrize("name", FILES)
def test_every_file_may_be_used_by_others(name):
    assert load(name)["licence"] == "CC BY 4.0"


@pytest.mark.parametrize("name", FILES)
def test_every_text_stands_in_both_languages_with_the_same_placeholders(name):
    faults = [
        place
        for place, text in texts_of(name)
        if not text.get("nl", "").strip()
        or not text.get("en", "").strip()
        or set(PLACEHOLDER.findall(text["nl"])) != set(PLACEHOLDER.findall(text["en"]))
    ]
    assert faults == []


@pytest.mark.parametrize("name", FILES)
def test_dutch_sentences_are_short(name):
    faults = {place: too_long(text["nl"]) for place, text in texts_of(name)}
    assert {place: found for place, found in faults.items() if found} == {}


def test_a_long_sentence_is_found():
    assert too_long("Kort. " + "woord " * 15 + "en meer.") == ["woord " * 15 + "en meer."]


@pytest.mark.parametrize("name", FILES)
def test_no_text_shouts(name):
    assert [place for place, text in texts_of(name) if "!" in text["nl"] + text["en"]] == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_promised_to_be_anonymous(name):
    """The word may stand only where we say that a scan is not anonymous."""
    said = {place: f"{text['nl']} {text['en']}" for place, text in texts_of(name)}
    denied = {
        place: words.replace("niet anoniem", "").replace("not anonymous", "")
        for place, words in said.items()
    }
    assert [place for place, words in denied.items() if NAMELESS.search(words)] == []


# --- questions ---------------------------------------------------------------------


def every_item():
    return [item for scale in load("instruments.yaml")["scales"] for item in scale["items"]]


def test_ids_are_unique():
    content = load("instruments.yaml")
    named = [*content["relations"], *content["scales"], *every_item(), content["comment"]]
    ids = [one["id"] for one in named]
    assert sorted(set(ids)) == sorted(ids)


def test_every_item_says_whether_it_is_reversed_and_short():
    assert all({"reversed", "short"} <= set(item) for item in every_item())


def test_every_scale_has_one_reversed_item_and_a_profile_has_none():
    for scale in load("instruments.yaml")["scales"]:
        reversed_items = sum(item["reversed"] for item in scale["items"])
        assert (scale["id"], reversed_items) == (scale["id"], int(scale["kind"] == "scale"))


@pytest.mark.parametrize("form", load("instruments.yaml")["forms"], ids=lambda form: form["id"])
def test_a_form_asks_as_much_and_takes_as_long_as_it_says(form):
    topic = library.Text("taal", "language")
    asked = library.questionnaire(form["id"], topic=topic)
    items = [one for one in asked.questions if one["kind"] == "item"]
    assert len(items) == form["item_count"]
    assert asked.expected_seconds(40) == form["expected_seconds_at_40"]


def test_the_short_form_is_the_default():
    assert [form["id"] for form in load("instruments.yaml")["forms"] if form["default"]] == [
        "short"
    ]


def test_every_family_of_the_report_is_asked_somewhere():
    families = {scale["family"] for scale in load("instruments.yaml")["scales"]}
    assert families == {one["id"] for one in load("instruments.yaml")["families"]}


# --- guides ------------------------------------------------------------------------


@pytest.mark.parametrize("guide", library.load_guides().guides, ids=lambda guide: guide.id)
def test_the_minutes_of_a_guide_add_up(guide):
    assert sum(step.minutes for step in guide.steps) == guide.duration_minutes


# --- promises ----------------------------------------------------------------------


def has_test(proof):
    """Whether the named test stands in the tree, and runs."""
    path, name = proof.split("::")
    file = ROOT / path
    if not file.exists():
        return False
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(
        isinstance(one, ast.FunctionDef) and one.name == name and not is_set_aside(one)
        for one in tree.body
    )


def is_set_aside(test):
    marks = [ast.unparse(one) for one in test.decorator_list]
    return any("skip" in one or "xfail" in one for one in marks)


def test_there_are_promises_to_look_at():
    assert len(every_promise()) > 40


@pytest.mark.parametrize("promise", every_promise(), ids=lambda promise: str(promise.get("id")))
def test_a_promise_rests_on_known_rules_and_says_what_keeps_it(promise):
    assert set(promise["rules"]) <= set(RULES)
    assert len({"proof", "needs", "agreement"} & set(promise)) == 1


def test_every_rule_stands_behind_a_promise():
    assert {rule for one in every_promise() for rule in one["rules"]} == set(RULES)


@pytest.mark.parametrize(
    "proof", sorted({proof for one in every_promise() for proof in one.get("proof", [])})
)
def test_the_test_that_proves_a_promise_exists(proof):
    assert has_test(proof)


def test_every_proof_is_a_list_of_tests():
    proofs = [one["proof"] for one in every_promise() if "proof" in one]
    assert len(proofs) > 15
    assert [one for one in proofs if not isinstance(one, list) or not one] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_promise_is_shown_only_when_it_is_proved_or_kept_by_people(language):
    """Every screen that shows promises, beside every line that may not be shown yet."""
    unproved = {one[language] for one in every_promise() if "needs" in one and language in one}
    words = dict.fromkeys(load("agreements.yaml")["placeholders"], "x")
    first = library.first_screen(language, **words)
    all_promises = library.promises(language, **words)
    council = library.council_page(language, **words)
    shown = [
        *first.who_sees_what,
        first.kept,
        first.council,
        *(one.words for one in all_promises.items),
        *all_promises.choices,
        *(point for section in council.sections for point in section.points),
    ]
    assert len(shown) > 20
    assert [one for one in unproved if PLACEHOLDER.sub("x", one) in shown] == []


def test_a_proof_that_is_gone_is_noticed():
    assert has_test("tests/scans/test_content.py::test_a_proof_that_is_gone_is_noticed")
    assert not has_test("tests/scans/test_content.py::test_of_something_else")
    assert is_set_aside(ast.parse("@pytest.mark.skip(reason='later')\ndef test(): pass").body[0])
    assert not has_test("tests/scans/test_nothing.py::test_a_proof_that_is_gone_is_noticed")


# --- forbidden words ---------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_pattern_of_a_report_holds_a_forbidden_word(language):
    content = load("sentences.yaml")
    forbidden = content["forbidden"][language]
    assert len(forbidden) > 15
    found = re.compile(rf"\b(?:{'|'.join(map(re.escape, forbidden))})\b", re.I)
    hits = [
        place
        for place, text in pairs(content, "sentences")
        if ".forbidden" not in place and found.search(text[language])
    ]
    assert hits == []
