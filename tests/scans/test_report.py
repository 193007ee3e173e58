"""The report: the same for everybody, on its day; page, PDF, poster, guide, and the board."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.factories import come_in_as, make_mandate, make_school, make_signed_member
from tests.scans.answered import answer_all, close, make_people, make_scan, read, release
from tests.scans.pages import body, sign_in
from tests.scans.snapshots import make_share, make_small_snapshot, make_snapshot, make_word
from zwerm.people.models import Account, School
from zwerm.people.scope import school_scope
from zwerm.scans import printing
from zwerm.scans.models import ReportFile, Scan, Snapshot
from zwerm.scans.report_page import compose
from zwerm.scans.sentences import report_text

STAFF = ("facilitator", "school_leader", "staff_council", "privacy_officer")


def reported(school: School, *, sizes: tuple[int, ...] = (30, 30), **fields: Any) -> Scan:
    """A released scan of which nothing was printed."""
    staff = make_people(school, sizes)
    scan = make_scan(school, staff, leaders=12 if sum(sizes) > 30 else 0, **fields)
    answer_all(scan, staff)
    return release(close(scan))


def address(name: str, scan: Scan, *more: str) -> str:
    return reverse(f"scans:{name}", args=[scan.pk, *more])


def get(client: Client, url: str) -> HttpResponse:
    answer: Any = client.get(url)
    found: HttpResponse = answer
    return found


def test_everybody_reads_the_same_report_to_the_byte(school: School, client: Client) -> None:
    scan = reported(school)
    seen = set()
    for kind in ("", "facilitator", "school_leader", "staff_council"):
        sign_in(client, school, *([kind] if kind else []), name="One Name")
        answer = get(client, address("report", scan))
        assert answer.status_code == 200
        article = re.search(rb"<article.*</article>", body(answer), re.S)
        assert article
        seen.add(article[0])
    assert len(seen) == 1


def test_before_its_day_nobody_reads_anything_of_the_report(school: School, client: Client) -> None:
    staff = make_people(school, [12])
    scan = make_scan(school, staff, is_for_board=True)
    answer_all(scan, staff)
    close(scan)
    lead = report_text(json.loads(scan.snapshot.text), "en").lead
    pages = [
        address("report", scan), address("file", scan, "nl"), address("report_poster", scan),
        address("mirror", scan),
    ]  # fmt: skip
    for kind in STAFF:
        sign_in(client, school, kind)
        assert {get(client, page).status_code for page in pages} == {404}
        assert lead not in read(client, address("detail", scan))
    board_account(client, school)
    assert get(client, address("board_report", scan)).status_code == 404


def board_account(client: Client, school: School) -> Account:
    """Somebody of the board, acting there, signed in."""
    member = make_signed_member(make_school(board=school.board), language="en")
    account = member.account
    assert account
    make_mandate(account, "board", board=school.board)
    come_in_as(client, account)
    session = client.session
    session["acting_at"] = f"board:{school.board_id}"
    session.save()
    return account


@pytest.mark.parametrize("for_board", [True, False])
def test_the_board_reads_a_report_only_if_it_was_released_to_it(
    school: School, client: Client, for_board: bool
) -> None:
    scan = reported(school, sizes=(12,), is_for_board=for_board)
    board_account(client, school)
    answer = get(client, address("board_report", scan))
    assert answer.status_code == (200 if for_board else 404)
    for name in ("report", "report_poster"):
        assert get(client, address(name, scan)).status_code in {403, 404}


def test_another_board_reads_nothing(school: School, client: Client) -> None:
    scan = reported(school, sizes=(12,), is_for_board=True)
    board_account(client, make_school())
    assert get(client, address("board_report", scan)).status_code == 404


def test_who_is_not_of_the_board_has_no_such_page(school: School, client: Client) -> None:
    scan = reported(school, sizes=(12,), is_for_board=True)
    sign_in(client, school, "school_leader")
    assert get(client, address("board_report", scan)).status_code == 403


def test_another_school_has_no_such_report(school: School, client: Client) -> None:
    scan = reported(school, sizes=(12,))
    elsewhere = make_school()
    with school_scope(elsewhere):
        sign_in(client, elsewhere, "facilitator", "school_leader")
    pages = ("report", "report_poster", "mirror")
    assert {get(client, address(page, scan)).status_code for page in pages} == {404}


def test_who_did_not_sign_in_is_asked_to(school: School, client: Client) -> None:
    scan = reported(school, sizes=(12,))
    for page in ("report", "report_poster", "mirror"):
        assert get(client, address(page, scan)).status_code == 302


def test_the_page_says_the_finding_and_every_section(school: School, client: Client) -> None:
    scan = reported(school)
    text = report_text(json.loads(scan.snapshot.text), "en")
    sign_in(client, school)
    said = read(client, address("report", scan))
    assert text.lead in said
    for section in text.sections:
        if section.part == "response" or section.id == section.part:
            assert section.lead.removesuffix(".") in said
    assert "De Jong e.a. 2022" in said
    assert "Do not measure your school against them." in said
    assert "what you expect to be different at the next scan." in said


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("snapshot", [make_snapshot(), make_small_snapshot()])
def test_every_picture_has_its_sentence_and_its_table(
    snapshot: dict[str, Any], language: str
) -> None:
    page = compose(snapshot, language)
    assert len(page.parts) >= 4
    for part in page.parts:
        assert part.title
        if part.wide:
            assert part.rows, part.id
            assert "<title" in part.wide or 'role="img"' in part.wide


def test_how_sure_what_not_and_what_to_talk_about_are_headings_under_their_finding(
    school: School, client: Client
) -> None:
    scan = reported(school)
    sign_in(client, school)
    page = get(client, address("report", scan)).content.decode()
    parts = [part for part in compose(json.loads(scan.snapshot.text), "en").parts if part.has_after]
    afters = re.findall(r'<div class="after">.*?</section>', page, re.S)
    told = [re.findall(r"<h3>(.*?)</h3>", one) for one in afters]
    three = ["How sure", "What this does not say", "To talk about"]
    heads = [(part.head.doubt, part.head.not_said, part.head.talk) for part in parts]
    # Who hears the page hears under which finding each stands.
    whose = [f'<span class="vh">: {part.menu}</span>' for part in parts]
    assert told == [
        [name + of for name, one in zip(three, head, strict=True) if one]
        for head, of in zip(heads, whose, strict=True)
    ]
    assert max(map(len, told)) == len(three)


def test_the_report_holds_every_section_that_was_designed() -> None:
    parts = [part.id for part in compose(make_snapshot(), "en").parts]
    designed = ["spread", "position", "across", "groups", "flock", "conditions", "drives"]
    designed.append("response")
    assert [part for part in parts if part in designed] == designed


def test_a_picture_changes_with_its_figure() -> None:
    """Each published figure that is drawn moves something in the picture of its part."""
    drawn = {part.id: part.wide for part in compose(make_snapshot(), "en").parts}
    moved: dict[str, dict[str, Any]] = {
        "spread": {"figures__reciprocity": make_share(0.6, 0.05, "high")},
        "position": {"figures__coupling": make_share(0.5, 0.1, "low")},
        "flock": {"figures__reciprocity": make_share(0.9, 0.05, "high")},
        "response": {"response__low": 0.9, "response__high": 1.0},
        "groups": {"groups__blocks": [{"a": 0, "b": 1, "strength": "few"}]},
    }
    for name, change in moved.items():
        after = {part.id: part.wide for part in compose(make_snapshot(**change), "en").parts}
        assert after[name] != drawn[name], name


def test_an_unnamed_share_of_a_small_school_can_be_drawn_and_told() -> None:
    figure = {**make_word("middle"), "end": "low"}
    page = compose(make_snapshot(figures__unnamed=figure), "en")
    [spread] = [part for part in page.parts if part.id == "spread"]
    assert "At most 1 in 4 people were named by nobody." in [one.lead for one in spread.sections]


def test_under_ten_answers_the_guide_takes_the_place_of_the_network(
    school: School, client: Client
) -> None:
    scan = reported(school, sizes=(9,))
    sign_in(client, school)
    said = read(client, address("report", scan))
    assert "There are too few answers for a picture of the network." in said
    text = report_text(json.loads(scan.snapshot.text), "en")
    assert text.guide == "under_ten"
    assert "Rules for every talk" in read(client, address("guide", scan, "under_ten"))


def test_a_guide_that_does_not_exist_is_not_found(school: School, client: Client) -> None:
    scan = reported(school, sizes=(9,))
    sign_in(client, school)
    assert get(client, address("guide", scan, "no-such-guide")).status_code == 404


def test_the_report_costs_the_same_for_a_small_and_for_a_large_school(
    school: School, client: Client
) -> None:
    sign_in(client, school)

    def cost(*sizes: int) -> int:
        scan = reported(school, sizes=sizes)
        get(client, address("report", scan))
        with CaptureQueriesContext(connection) as queries:
            get(client, address("report", scan))
        return len(queries)

    assert cost(12) == cost(20, 20, 20) <= 12


def test_a_held_back_report_says_why_and_tells_the_facilitator_which_groups_to_join(
    school: School, client: Client
) -> None:
    staff = make_people(school, [11, 14])
    scan = make_scan(school, staff)
    Scan.objects.filter(pk=scan.pk).update(status="closed", withheld_reason="subtraction")
    small, large = (member.teams.get().name for member in (staff[0], staff[-1]))
    sign_in(client, school, "facilitator")
    said = read(client, address("detail", scan))
    assert "This report may not appear." in said
    hint = f"The smallest group is {small}. Let it join {large} when you prepare the next scan."
    assert hint in said
    sign_in(client, school)
    said = read(client, address("detail", scan))
    assert "This report may not appear." in said
    assert "The smallest group" not in said


# --- on paper ----------------------------------------------------------------


@pytest.fixture(scope="module")
def _pdftotext() -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not on this machine")


def words_of(pdf: bytes, folder: Path) -> str:
    """What a PDF says, in one line."""
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    return " ".join(run("pdftotext", "-raw", path, "-").split())


def run(name: str, *more: str | Path) -> str:
    """What a program of poppler says."""
    program = shutil.which(name)
    assert program
    done = subprocess.run([program, *more], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.usefixtures("_pdftotext")
def test_the_printed_report_is_tagged_and_says_the_finding_in_its_language(
    school: School, client: Client, tmp_path: Path
) -> None:
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    release(close(scan, printed=True))
    snapshot = json.loads(Snapshot.objects.get().text)
    sign_in(client, school)
    for language in ("nl", "en"):
        answer = get(client, address("file", scan, language))
        pdf = answer.content
        assert answer["Content-Type"] == "application/pdf"
        assert pdf == bytes(ReportFile.objects.get(language=language).pdf)
        said = words_of(pdf, tmp_path)
        for sentence in re.split(r"(?<=[.]) ", report_text(snapshot, language).lead):
            assert sentence in said
        about = run("pdfinfo", tmp_path / "report.pdf")
        assert re.search(r"Tagged: +yes", about)
        fonts = run("pdffonts", tmp_path / "report.pdf").splitlines()[2:]
        assert {line.split()[-5] for line in fonts} == {"yes"}  # emb sub uni object id
        assert len(fonts) >= 2


def test_a_language_that_was_not_printed_is_not_found(school: School, client: Client) -> None:
    scan = reported(school, sizes=(12,))
    sign_in(client, school)
    assert get(client, address("file", scan, "fr")).status_code == 404


@pytest.mark.usefixtures("_pdftotext")
def test_the_poster_says_the_finding(school: School, client: Client, tmp_path: Path) -> None:
    scan = reported(school, sizes=(12,))
    sign_in(client, school)
    answer = get(client, address("report_poster", scan))
    assert answer["Content-Type"] == "application/pdf"
    text = report_text(json.loads(scan.snapshot.text), "en")
    said = words_of(answer.content, tmp_path)
    assert text.lead.split(". ")[0] in said
    assert text.sure.endswith("The report says how sure this is.")
    assert text.sure in " ".join(said.split())


def test_without_a_printer_the_poster_says_what_to_do(
    school: School, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pango(html: str) -> bytes:
        raise printing.NoPrinter

    scan = reported(school, sizes=(12,))
    sign_in(client, school)
    monkeypatch.setattr(printing, "pdf_of", no_pango)
    assert get(client, address("report_poster", scan)).status_code == 302
    with translation.override("en"):
        assert "This machine cannot make a PDF. Nothing is lost." in read(
            client, address("report", scan)
        )
