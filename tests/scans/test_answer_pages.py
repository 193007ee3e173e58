"""The screens of answering: agreements first, one thing at a time, with and without script."""

import datetime as dt
import json
from itertools import pairwise
from typing import Any

import pytest
from django.urls import reverse

from tests.scans.pages import queries, words
from tests.scans.scans import entries_of, invitation_of, make_open_scan
from zwerm.core import clock
from zwerm.scans import library, link, sealed
from zwerm.scans.actions import answering
from zwerm.scans.library.questionnaire import ask_comment, ask_relation
from zwerm.scans.library.texts import Text
from zwerm.scans.models import AnswerBlob, Invitation, RosterEntry, Scan
from zwerm.scans.views import asked

NO_SCRIPT = {"HTTP_ACCEPT": "text/html"}
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def scan(school):
    return make_open_scan(school)


@pytest.fixture
def entry(scan):
    return entries_of(scan)[0]


@pytest.fixture
def others(scan):
    return entries_of(scan)[1:]


@pytest.fixture
def here(client, scan, entry):
    """Who came in by a personal link."""
    come_in(client, scan, entry)
    return client


def come_in(client, scan, entry):
    token = link.make_token(scan, invitation_of(entry))
    return client.post(reverse("scans:with", args=[scan.pk, token]))


def page(scan, name, *more):
    return reverse(f"scans:{name}", args=[scan.pk, *more])


def kept(scan, entry, question="advice"):
    answers = sealed.read_answers(scan, entry)
    return answers.answer(question) if answers else None


def save(client, scan, question, **sent):
    return client.post(page(scan, "save", question), sent, **SCRIPT)


# --- the first screen --------------------------------------------------------------


def test_the_agreements_come_before_the_first_question(here, scan, entry):
    said = words(here.get(page(scan, "ask")))

    for one in (
        f"Scan autumn · for {entry.name}",
        "This scan comes from the team.",
        "We want to see how teachers help each other",
        "It takes about 2 minutes. You may take part. You do not have to.",
        "Who sees what?",
        "Nothing from this scan may be used to appraise you.",
        "Read exactly what we promise",
        "Legal basis legitimate interest",
        "Privacy impact assessment DPIA 1",
        "Privacy mode protected",
        f"from {clock.today().day} {clock.today():%B %Y} to {scan.closes_on.day}",
        "Take part",
        "Not now",
    ):
        assert one in said
    assert f'href="{page(scan, "question", "advice")}"' in str(here.get(page(scan, "ask")).content)


def test_looking_at_every_screen_writes_nothing(here, scan):
    before = list(Invitation.objects.order_by("pk").values())
    for question in ("advice", "outside", "culture_1", "comment"):
        assert here.get(page(scan, "question", question)).status_code == 200
    for name in ("ask", "thanks", "withdraw"):
        assert here.get(page(scan, name)).status_code == 200

    assert list(Invitation.objects.order_by("pk").values()) == before
    assert AnswerBlob.objects.count() == 0


def test_answering_is_resumed_where_it_was_left(here, scan, entry):
    save(here, scan, "advice", nobody="on", counter=1)

    said = here.get(page(scan, "ask")).content.decode()

    assert "Go on where you were" in said
    assert page(scan, "question", "outside") in said


# --- without script ----------------------------------------------------------------


def test_the_whole_scan_is_answered_without_script(here, scan, entry, others):
    kinds = [one["id"] for one in scan.questionnaire["questions"][1]["kinds"]]
    steps: list[tuple[str, dict[str, Any], str | None]] = [
        ("advice", {"named": [others[0].number, others[2].number]}, "outside"),
        ("outside", {"kinds": kinds[:2]}, "culture_1"),
        ("culture_1", {"value": "4"}, "comment"),
        ("comment", {"text": "Samen\r\nverder."}, None),
    ]
    for question, sent, after in steps:
        counter = here.get(page(scan, "question", question)).context["counter"] + 1
        answer = here.post(page(scan, "question", question), sent | {"counter": counter})
        goal = page(scan, "question", after) if after else page(scan, "thanks")
        assert answer.headers["Location"] == goal

    said = words(here.get(page(scan, "thanks")))
    for one in (
        "Done. Thank you",
        "This is what you answered Only you see it. You can change it until",
        f"{others[0].name}, {others[2].name}",
        "Agree",
        "Samen verder.",
    ):
        assert one in said
    assert kept(scan, entry)["named"] == sorted([others[0].number, others[2].number])
    assert (invitation_of(entry).is_respondent, invitation_of(entry).is_finished) == (True, True)


def test_every_question_can_be_passed_without_an_answer(here, scan, entry):
    """Skipping is going on: a link to what comes next. The last one is passed by "Done"."""
    ids = [one["id"] for one in scan.questionnaire["questions"]]
    for question, after in pairwise(ids):
        shown = here.get(page(scan, "question", question)).content.decode()
        assert f'href="{page(scan, "question", after)}">Skip this question</a>' in shown
    assert "Skip this question" not in words(here.get(page(scan, "question", ids[-1])))

    answer = here.post(page(scan, "question", ids[-1]), {"counter": 1})

    assert answer.headers["Location"] == page(scan, "thanks")
    assert [kept(scan, entry, one) for one in ids] == [None] * 4
    assert invitation_of(entry).is_finished


def test_enter_presses_go_on_and_nothing_before_it(here, scan):
    """The first button of a form is the one that Enter presses."""
    for question in ("advice", "outside", "culture_1", "comment"):
        shown = here.get(page(scan, "question", question)).content.decode()
        form = shown[shown.index('class="answering"') :]
        buttons = [one for one in form.split("<button")[1:] if 'type="button"' not in one[:80]]
        assert buttons[0].lstrip().startswith("data-next")


def test_an_older_page_without_script_is_shown_what_another_device_saved(here, scan, entry):
    save(here, scan, "culture_1", value="2", counter=3)

    answer = here.post(page(scan, "question", "culture_1"), {"value": "5", "counter": 1})

    assert answer.headers["Location"] == page(scan, "question", "culture_1")
    said = words(here.get(answer.headers["Location"]))
    assert "On another device you answered this later. That answer is kept: here it is." in said
    assert kept(scan, entry, "culture_1") == 2


def test_what_was_answered_is_shown_again_and_changed(here, scan, entry, others):
    save(here, scan, "advice", named=[others[1].number], counter=1)
    save(here, scan, "culture_1", value="0", counter=1)

    roster = here.get(page(scan, "question", "advice"))
    assert [one.is_chosen for one in roster.context["tiles"]] == [False, True, False, False, False][
        : len(others)
    ]
    assert (
        'name="value" value="0" checked'
        in here.get(page(scan, "question", "culture_1")).content.decode()
    )

    save(here, scan, "advice", nobody="on", counter=2)
    assert here.get(page(scan, "question", "advice")).context["is_nobody"] is True
    assert kept(scan, entry) == {"named": [], "may_know": []}


def test_back_leads_to_the_question_before_and_from_the_first_to_the_agreements(here, scan):
    for question, before in (("outside", page(scan, "question", "advice")), ("advice", None)):
        shown = here.get(page(scan, "question", question)).content.decode()
        assert f'data-back href="{before or page(scan, "ask")}"' in shown


def test_progress_tells_the_minutes_that_are_left(client, school):
    short = library.questionnaire("short", topic=Text("taal", "language"))
    scan = make_open_scan(school, questions=short)
    come_in(client, scan, entries_of(scan)[0])
    ids = [one["id"] for one in short.questions]

    left = [client.get(page(scan, "question", one)).context["place"] for one in ids[::6]]

    assert [one.percent for one in left] == [0, 24, 48, 72, 96]
    assert [one.minutes_left for one in left] == [3, 2, 1, 1, 1]


# --- with script -------------------------------------------------------------------


def test_a_tap_is_acknowledged_after_it_was_saved(here, scan, entry):
    answer = save(here, scan, "culture_1", value="4", counter=1)

    assert json.loads(answer.content) == {"saved": True, "counter": 1}
    assert kept(scan, entry, "culture_1") == 4
    assert answer.headers["Cache-Control"] == (
        "max-age=0, no-cache, no-store, must-revalidate, private"
    )


def test_an_older_tap_is_told_which_one_stands(here, scan, entry):
    save(here, scan, "culture_1", value="4", counter=5)

    answer = save(here, scan, "culture_1", value="1", counter=2)

    assert json.loads(answer.content) == {"saved": False, "counter": 5}
    assert kept(scan, entry, "culture_1") == 4


def test_a_name_of_the_roster_in_the_open_question_is_noticed_while_typing(here, scan, others):
    RosterEntry.objects.filter(pk=others[0].pk).update(name="Yara van den Berg")

    named = json.loads(save(here, scan, "comment", text="Vraag het Yara, die helpt.").content)
    plain = json.loads(save(here, scan, "comment", text="Wij helpen elkaar.").content)

    assert named["warning"] == ("There is a name in it: Yara. A text with a name is not published.")
    assert plain["warning"] == ""


def test_a_name_in_the_open_question_is_told_without_script_too(here, scan, others):
    RosterEntry.objects.filter(pk=others[0].pk).update(name="Yara van den Berg")
    warning = "There is a name in it: Yara. A text with a name is not published."

    answer = here.post(page(scan, "question", "comment"), {"text": "Yara helpt.", "counter": 1})

    assert warning in words(here.get(answer.headers["Location"]))
    assert warning in words(here.get(page(scan, "question", "comment")))


WRONG = {
    "six": ("culture_1", {"value": "6"}, "That is not one of the answers."),
    "words": ("culture_1", {"value": "yes"}, "That is not one of the answers."),
    "long": ("comment", {"text": "x" * 501}, "This text is longer than 500 characters."),
    "unknown": ("culture_99", {"value": "3"}, "This question is not part of this scan."),
}


@pytest.mark.parametrize(("question", "sent", "sentence"), WRONG.values(), ids=WRONG)
def test_an_impossible_answer_is_refused_in_a_sentence(here, scan, entry, question, sent, sentence):
    answer = save(here, scan, question, **sent, counter=1)

    assert answer.status_code == 409
    content = json.loads(answer.content)
    assert (content["saved"], content["sentence"][: len(sentence)]) == (False, sentence)
    assert AnswerBlob.objects.count() == 0


def test_nobody_names_themselves_somebody_of_elsewhere_or_who_objects(here, scan, entry, others):
    answering.change_being_named(others[0].member, may_be_named=False)

    save(here, scan, "advice", named=[entry.number, others[0].number, 999, "x"], counter=1)
    assert kept(scan, entry) is None
    save(here, scan, "advice", named=[entry.number, others[1].number], counter=2)
    assert kept(scan, entry)["named"] == [others[1].number]


def test_an_exclusive_kind_never_stands_beside_another(here, scan, entry):
    kinds = scan.questionnaire["questions"][1]["kinds"]
    alone = next(one["id"] for one in kinds if one.get("exclusive"))
    other = next(one["id"] for one in kinds if not one.get("exclusive"))

    save(here, scan, "outside", kinds=[alone, other, "nonsense"], counter=1)

    assert kept(scan, entry, "outside") == [other]


@pytest.mark.parametrize("counter", ["", "-1", "1e9", "x", "٣", "9" * 50])
def test_a_strange_counter_loses_no_answer(here, scan, entry, counter):
    assert json.loads(save(here, scan, "culture_1", value="3", counter=counter).content)["saved"]
    assert kept(scan, entry, "culture_1") == 3
    assert json.loads(save(here, scan, "culture_1", value="4").content)["saved"]
    assert kept(scan, entry, "culture_1") == 4


def test_taps_that_come_too_fast_are_kept_by_the_page_for_a_moment(here, scan, entry, monkeypatch):
    monkeypatch.setattr(asked, "SAVES_A_MINUTE", 2)
    answers = [save(here, scan, "culture_1", value="3", counter=one) for one in (1, 2, 3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert json.loads(answers[2].content)["sentence"].startswith("That went very fast.")


def test_a_page_that_was_open_when_the_scan_closed_is_told_so(here, scan, entry):
    save(here, scan, "culture_1", value="3", counter=1)
    closed = "This scan is closed. What was saved before is kept; nothing more can be added."

    with clock.at(scan.closes_on + dt.timedelta(days=1)):
        tap = save(here, scan, "culture_1", value="5", counter=2)
        form = here.post(page(scan, "question", "culture_1"), {"value": "5"}, **NO_SCRIPT)
        look = here.get(page(scan, "question", "culture_1"))

    assert (tap.status_code, json.loads(tap.content)["sentence"]) == (409, closed)
    assert (form.status_code, look.status_code) == (409, 200)
    assert "What you saved before is kept; nothing more can be added." in words(form)
    assert kept(scan, entry, "culture_1") == 3


# --- size --------------------------------------------------------------------------


def relations(number):
    """A questionnaire with so many relations."""
    found = [one for one in library.load_instruments().relations if one.kind == "roster"]
    topic = Text("taal", "language")
    questions = [ask_relation(one, topic) for one in found[:number]]
    return library.Questionnaire([*questions, ask_comment(library.load_instruments().comment)], [])


@pytest.mark.parametrize("name", ["ask", "thanks", "question", "save"])
def test_more_colleagues_and_questions_cost_no_more_queries(client, school, name):
    costs = []
    for members, number in ((2, 1), (30, 3)):
        scan = make_open_scan(school, members=members, questions=relations(number))
        entry, *others = entries_of(scan)[:3]
        come_in(client, scan, entry)
        for one in relations(number).questions[:-1]:
            save(client, scan, one["id"], named=[other.number for other in others], counter=1)
        more = ("advice",) if name == "question" else ()
        address = page(scan, "question", "comment") if name == "save" else page(scan, name, *more)
        costs.append(queries(client, address))
        Scan.objects.filter(pk=scan.pk).update(status="released", released_at=clock.now())
        client.cookies.clear()

    assert costs[0] == costs[1] <= 25
