"""The library: questions in their order, filled in and scored; promises; a school's own file."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.scans import library
from zwerm.scans.library.scoring import scale_results, scale_values
from zwerm.scans.library.texts import Text

TOPIC = Text("het werken met ouders", "working with parents")
FORMS = [form.id for form in library.load_instruments().forms]

OWN = """\
name: Werkplezier
source: Onze eigen werkgroep, 2026
licence: CC BY 4.0
scales:
  - id: joy
    label: {nl: Plezier, en: Joy}
    items:
      - {id: joy_1, nl: "Ik ga met plezier naar school.", en: "I like going to school."}
      - {id: joy_2, nl: "Ik tel de dagen.", en: "I count the days.", reversed: true}
"""


def ask(form="short", **options):
    return library.questionnaire(form, topic=TOPIC, **options)


def items(asked):
    return [one for one in asked.questions if one["kind"] == "item"]


# --- texts -------------------------------------------------------------------------


def test_a_text_speaks_dutch_unless_english_is_asked():
    text = Text("ja", "yes")
    spoken = [text.in_(language) for language in ("nl", "en", "en-gb", "de", None)]
    assert spoken == ["ja", "yes", "yes", "ja", "ja"]


def test_filling_in_refuses_a_missing_word():
    with pytest.raises(library.MissingWord, match="topic"):
        library.fill("Praat over {topic} op {school}.", school="De Waterlelie")


def test_filled_in_words_are_not_filled_in_again():
    assert library.fill("{a}", a="{b}", b="geheim") == "{b}"


# --- the questionnaire ----------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_relations_come_first_then_families_in_order(form):
    kinds = [one["kind"] for one in ask(form).questions]
    network = [kind for kind in kinds if kind in {"roster", "kinds"}]
    assert kinds == network + ["item"] * (len(kinds) - len(network))
    families = [one["family"] for one in items(ask(form))]
    order = [family.id for family in library.load_instruments().families]
    assert families == sorted(families, key=order.index)


@pytest.mark.parametrize("form", FORMS)
def test_no_family_starts_with_a_reversed_item(form):
    starts: dict[str, bool] = {}
    for one in items(ask(form)):
        starts.setdefault(one["family"], one["reversed"])
    assert set(starts.values()) == {False}


def test_scales_are_mixed_within_a_family():
    conditions = [one["id"] for one in items(ask()) if one["family"] == "conditions"]
    assert conditions[:5] == ["culture_1", "structure_1", "vision_1", "environment_1", "culture_3"]


def test_the_topic_stands_in_the_advice_question():
    advice = ask().question("advice")
    assert advice["text"] == {
        "nl": "Bij wie vraag jij raad over het werken met ouders?",
        "en": "Whom do you ask for advice about working with parents?",
    }


def test_taking_the_lead_never_asks_who_may_know():
    may_know = {
        one["id"]: one["may_know"] for one in ask("long").questions if one["kind"] == "roster"
    }
    assert may_know == {"advice": True, "works_together": True, "takes_lead": False}


def test_the_open_question_comes_last_and_only_when_wanted():
    assert ask(has_comment=True).questions[-1]["kind"] == "comment"
    assert ask().question("comment") is None


def test_a_frozen_questionnaire_comes_back_the_same():
    asked = ask("long", has_comment=True)
    assert library.Questionnaire.from_json(asked.to_json()) == asked


def test_a_longer_roster_takes_longer():
    seconds = [ask().expected_seconds(colleagues) for colleagues in (10, 40, 150)]
    assert seconds == [258 - 65 * 0.3, 258, 258 + 65 * 1.1]


@given(roster=st.integers(0, 300), has_comment=st.booleans())
def test_the_box_holds_the_longest_answers(roster, has_comment):
    """Everybody named and told, every kind chosen, a comment of letters that take most room."""
    asked = ask("long", has_comment=has_comment)
    longest = {one["id"]: (99_999_999, longest_answer(one, roster)) for one in asked.questions}
    written = len(str({"q": longest, "r": 1, "f": 1}).encode())
    assert written <= asked.box_bytes(roster)


def longest_answer(question, roster):
    numbers = list(range(roster))
    return {
        "roster": {"named": numbers, "may_know": numbers},
        "kinds": [kind["id"] for kind in question.get("kinds") or ()],
        "item": 5,
        "comment": "\U0001f426" * question.get("maximum", 0),
    }[question["kind"]]


# --- scoring -----------------------------------------------------------------------


def result(form, name):
    lines = scale_results(ask(form).to_json())
    return next(one for one in lines if one.id == name)


def test_a_reversed_item_counts_the_other_way():
    answers = {"culture_1": 5, "culture_3": 4, "culture_4": 2}
    assert scale_values(result("short", "culture"), answers) == pytest.approx((5 + 4 + 4) / 3)


@pytest.mark.parametrize(
    ("form", "scale", "answers", "value"),
    [
        ("short", "culture", {"culture_1": 4, "culture_3": 2}, 3),  # two of three
        ("short", "culture", {"culture_1": 4}, None),
        ("short", "growth", {"growth_1": 4, "growth_2": 3}, 3.5),  # a pair needs both
        ("short", "growth", {"growth_1": 4}, None),
        ("long", "culture", {"culture_1": 4, "culture_2": 4, "culture_3": 4}, 4),  # three of four
        ("long", "culture", {"culture_1": 4, "culture_2": 4}, None),
        ("short", "change", {"change_3": 5}, 5),  # one item stands alone
        ("long", "focus_policy", {"focus_policy": 1}, 1),
        ("short", "culture", {}, None),
    ],
)
def test_a_value_needs_enough_answers(form, scale, answers, value):
    assert scale_values(result(form, scale), answers) == value


def test_i_do_not_know_is_missing_and_never_the_middle():
    answers = {"culture_1": 5, "culture_3": 5, "culture_4": 0}
    assert scale_values(result("short", "culture"), answers) == 5
    assert scale_values(result("short", "culture"), answers | {"culture_3": 0}) is None


def test_single_items_are_no_scale():
    kinds = {one.id: one.kind for one in scale_results(ask("short").to_json())}
    assert {kinds[name] for name in ("good_education", "change", "strategic")} == {"item"}
    assert kinds["culture"] == "scale"


def test_a_profile_falls_apart_and_a_line_keeps_its_ends():
    lines = scale_results(ask("long").to_json())
    reach = [one.kind for one in lines if one.family == "reach"]
    assert reach == ["profile_item"] * 4
    assert result("long", "formality").ends == [
        {"nl": "informeel", "en": "informal"},
        {"nl": "formeel", "en": "formal"},
    ]


@given(
    st.dictionaries(st.sampled_from([one["id"] for one in items(ask("long"))]), st.integers(0, 5))
)
def test_a_value_lies_on_the_scale(answers):
    for one in scale_results(ask("long").to_json()):
        value = scale_values(one, answers)
        assert value is None or 1 <= value <= 5


# --- promises and mails ------------------------------------------------------------------

WORDS = {
    name: f"<{name}>"
    for name in [
        "school",
        "facilitator",
        "asker",
        "topic",
        "minutes",
        "opens_on",
        "closes_on",
        "report_on",
        "consent_on",
        "consent_document",
        "dpia_reference",
        "legal_basis",
        "retain_until",
        "retain_months",
        "privacy_officer",
        "operator",
        "link",
        "site",
        "floor_network",
        "floor_scale",
        "floor_comments",
    ]
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_only_what_is_proved_or_kept_by_people_is_promised(language):
    """A promise of which the proof is still to come is on no screen."""
    shown = shown_words(language)
    for one in library.every_promise():
        words = library.fill(Text.of(one).in_(language), **WORDS) if "nl" in one else None
        if words and "needs" in one:
            assert words not in shown
        elif words:
            assert words in shown


def shown_words(language):
    """Everything that stands on the screens of a scan."""
    first, all_ = library.first_screen(language, **WORDS), library.promises(language, **WORDS)
    council = library.council_page(language, **WORDS)
    points = [point for section in council.sections for point in section.points]
    promised = [one.words for one in all_.items]
    return {*first.who_sees_what, first.kept, first.council, *promised, *all_.choices, *points}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "name", ["invitation", "reminder_1", "reminder_2", "extended", "cancelled", "report_ready"]
)
def test_a_mail_is_filled_in_and_its_subject_names_nobody(name, language):
    mail = library.mail(name, language, **WORDS)
    assert "{" not in mail.subject + mail.body
    assert "<school>" not in mail.subject
    assert "<facilitator>" not in mail.subject


def test_poster_thanks_and_roster_texts_are_filled_in():
    poster = library.poster("nl", **WORDS)
    title, lines = library.thanks_screen("nl", **WORDS)
    assert "{" not in " ".join([poster.headline, *poster.lines, poster.small, title, *lines])
    texts = library.roster_texts("nl", **WORDS)
    assert [name for name, words in texts.items() if "{" in words] == ["many_chosen"]


def test_the_answers_to_an_item_have_words():
    assert library.answer_words("en") == {
        0: "I do not know",
        1: "strongly disagree",
        2: "disagree",
        3: "neither agree nor disagree",
        4: "agree",
        5: "strongly agree",
    }


# --- a school's own questions -------------------------------------------------------------


def test_own_questions_are_read():
    read = library.read_instrument(OWN)
    assert (read.name, read.source, read.licence) == (
        "Werkplezier",
        "Onze eigen werkgroep, 2026",
        "CC BY 4.0",
    )
    joy = read.scales[0]
    assert joy.label == Text("Plezier", "Joy")
    assert [(one.id, one.reversed) for one in joy.items] == [("joy_1", False), ("joy_2", True)]


def test_own_questions_come_back_the_same_from_their_file():
    read = library.read_instrument(OWN)
    assert library.read_instrument(library.write_instrument(read)) == read


def test_one_language_is_enough():
    read = library.read_instrument(OWN.replace(', en: "I count the days."', ""))
    assert read.scales[0].items[1].text == Text("Ik tel de dagen.", "Ik tel de dagen.")


def test_own_questions_stand_behind_those_of_the_form():
    asked = ask(own=[library.read_instrument(OWN)], has_comment=True)
    assert [one["kind"] for one in asked.questions[-3:]] == ["item", "item", "comment"]
    assert asked.scales[-1]["family"] == "own"
    own = scale_results(asked.to_json())[-1]
    given_answers = {item["id"]: 2 for item in own.items}
    assert scale_values(own, given_answers) == 3


def test_two_own_sets_with_the_same_ids_do_not_clash():
    other = library.read_instrument(OWN.replace("Werkplezier", "Nog een"))
    asked = ask(own=[library.read_instrument(OWN), other])
    ids = [one["id"] for one in asked.questions]
    assert len(set(ids)) == len(ids)


def test_the_same_own_set_has_the_same_ids_in_the_next_scan():
    read = library.read_instrument(OWN)
    assert ask(own=[read]) == ask(own=[library.read_instrument(library.write_instrument(read))])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("licence: CC BY 4.0\n", "", "Line 1: licence is missing. Add it."),
        ("name: Werkplezier", "name: A\nname: B", "Line 2: name stands here twice. Keep one."),
        ("scales:", "schalen: x\nscales:", "Line 4: schalen is not known here."),
        ("id: joy_2", "id: joy_1", "Line 9: The id joy_1 is used already."),
        ("id: joy_1", "id: culture_1", "Line 8: The id culture_1 is used already."),
        ("- id: joy\n", "- id: advice\n", "Line 5: The id advice is used already."),
        ("id: joy_1", "id: 'joy 1'", "Line 8: An id has at most 40 letters"),
        ("reversed: true", "reversed: ja", "Line 9: Choose one of: true, false."),
        ("reversed: true", "revesed: true", "Line 9: revesed is not known here."),
        ('"Ik tel de dagen."', '""', "Line 9: Here words should stand."),
        ('"Ik tel de dagen."', "[Ik, tel]", "Line 9: Here words should stand."),
        ('"Ik tel de dagen."', f'"{"x" * 201}"', "Line 9: This is longer than 200 letters."),
        ("items:", "items: geen\n    anders:", "Line 8: anders is not known here."),
        ("name: Werkplezier", "name: &a Werkplezier\nsource2: *a", "Line 2: Write this out"),
        ("source: ", "source: {a: b}: ", "Line 2: This cannot be read as YAML."),
        ("name: ", "\tname: ", "Line 1: This cannot be read as YAML."),
        ("name: Werkplezier", "name: !!python/name:os.system x", "Line 1: Leave out the word"),
    ],
)
def test_a_fault_names_its_line_and_what_to_do(old, new, fault):
    assert old in OWN
    with pytest.raises(library.InstrumentFault) as raised:
        library.read_instrument(OWN.replace(old, new, 1))
    assert str(raised.value).startswith(fault)
    assert str(raised.value).endswith("Nothing was loaded.")


MALICIOUS = {
    "brackets": "[" * 100_000,
    "dashes": "- " * 99_999,
    "keys": "\n".join(f"k{i}: v" for i in range(15_000)),
    "bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "too large": "x" * 200_001,
    "nothing": "",
    "a null": "\x00",
    "a key that is a list": "? [a]\n: b\n",
    "two documents": "a: b\n---\nc: d\n",
    "a call": "name: !!python/object/apply:os.system ['true']\n",
    "many sentences": OWN
    + "".join(f'      - {{id: more_{i}, nl: "Zin {i}.", en: "Line {i}."}}\n' for i in range(60)),
}


@pytest.mark.parametrize("text", MALICIOUS.values(), ids=MALICIOUS)
def test_a_malicious_file_is_refused_at_once(text):
    start = time.process_time()
    with pytest.raises(library.InstrumentFault, match="Nothing was loaded"):
        library.read_instrument(text)
    assert time.process_time() - start < 2


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with pytest.raises(library.InstrumentFault):
        library.read_instrument(text)


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    min_size=1,
    max_size=60,
).filter(lambda one: one == " ".join(one.split()))


@given(name=words, sentence=words, is_reversed=st.booleans())
def test_whatever_is_written_is_read_back(name, sentence, is_reversed):
    item = library.Item("only", Text(sentence, sentence), reversed=is_reversed, short=True)
    scale = library.Scale("mine", "own", "scale", Text(name, name), (item,))
    instrument = library.Instrument(name, name, name, [scale])
    assert library.read_instrument(library.write_instrument(instrument)) == instrument
