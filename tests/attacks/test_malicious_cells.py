"""What stands in a staff list is shown and handed out as words, never as something that runs."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.template import Context, Engine
from django.urls import reverse

from tests.attacks.bombs import SHEET, STRINGS, changed, entities, parts_of
from tests.factories import make_member
from tests.people.lists import DAAN, HEADINGS, NOOR, as_csv, as_xlsx, zipped
from tests.people.pages import confirm, looked_at, names, send
from zwerm.people.exporting import as_workbook
from zwerm.people.staff_list.plan import present_members
from zwerm.people.staff_list.reading import UnreadableFile, read_table

ROOT = Path(__file__).resolve().parents[2]

MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title><svg/onload=alert(1)>",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "<a href=javascript:alert(1)>",
)
RAW = ("<script>alert", "<img src=x", "' autofocus", "</title><svg", "<a href=javascript", "<b>x")


def raw_in(html):
    """What would run, had it come from a cell."""
    return {one for one in RAW if one in html}


def with_markup(of=8):
    """A list with markup in every cell and heading, in rows that are right and that are wrong."""
    rows = [[f"{word} {place}" for place in range(of)] for word in MARKUP]
    right = [["Noor " + word, "", "", word, word[:100], "", "", word[:100]] for word in MARKUP]
    return as_csv([*HEADINGS[:7], f"Rol <b>x {MARKUP[1]}"], *rows, *right)


def test_every_cell_that_is_shown_is_escaped(school, keeper):
    make_member(school, name=f"Left {MARKUP[0]}")
    page = keeper.get(send(keeper, with_markup(), f"{MARKUP[1]}.csv")["Location"])
    html = page.content.decode()
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 3
    assert raw_in(html) == set()
    assert page.content.count(b"{{ settings.SECRET_KEY }}") > 1
    again = keeper.post(reverse("people:columns", args=[page.context["upload"].pk]), {"name": "77"})
    assert raw_in(again.content.decode()) == set()

    confirm(keeper, page, without_faulty="on", many_leave="on")
    shown = keeper.get(reverse("people:staff")).content.decode()
    assert "Noor &lt;script&gt;" in shown
    assert raw_in(shown) == set()


def test_a_page_that_does_not_escape_is_seen(school, keeper):
    """The test of the test: the same page of the same list, drawn without care."""
    page = keeper.get(send(keeper, with_markup())["Location"])
    careful = Path(ROOT, "src/zwerm/people/templates/people/plan.html").read_text("utf-8")
    main = careful.partition("{% block main %}")[2].partition("{% endblock main %}")[0]
    template = "{% load i18n look %}{% autoescape off %}" + main + "{% endautoescape %}"
    context = Context({name: page.context[name] for name in ("upload", "plan", "form")})
    shown = Engine.get_default().from_string(template).render(context)
    assert raw_in(shown) == set(RAW) - {"<b>x"}


FORMULAS = ("=1+1", "+31 6", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "\uff20x")


@pytest.mark.parametrize("words", FORMULAS)
def test_a_cell_that_could_run_leaves_as_words(school, words):
    make_member(school, name=f"{words} Noor", email="n@x.example", staff_number=words[:9])
    parts = parts_of(as_workbook(present_members()))
    sheet = parts[SHEET].decode()
    kept = re.findall(r"<t[^>]*>(.*?)</t>", parts[STRINGS].decode(), re.DOTALL)
    assert "<f>" not in sheet
    assert [one for one in kept if one.startswith(words[0])] == []
    assert f"'{words} Noor" in [one.replace("_x000D_", "\r") for one in kept]


def test_a_cell_that_was_not_made_harmless_is_seen(school):
    """The test of the test: what a spreadsheet runs stands in a part of its own."""
    assert "<f>1+1</f>" in parts_of(as_xlsx(["=1+1"]))[SHEET].decode()


def test_formulas_of_a_workbook_come_in_as_values_and_formulas_as_words_do_not():
    linked = "='[http://evil.example/x.xlsx]Blad1'!A1"
    content = changed(
        SHEET,
        (b"</row>", b'<c r="Z1"><f>HYPERLINK("http://evil.example","x")</f><v>7</v></c></row>'),
        of=as_xlsx(HEADINGS, [linked, *NOOR[1:]]),
    )
    table = read_table(content)
    assert table.headings[-1] == "7"
    assert table.lines[0].cells[0] == "0"
    assert "evil" not in str(table)


def test_macros_and_other_parts_are_left_alone(school, keeper):
    """They wait a day at most with the file, are never opened, and leave in no export."""
    extra = {"xl/vbaProject.bin": b"Sub AutoOpen()", "xl/externalLinks/externalLink1.xml": b"<x/>"}
    farah = ["Farah", "farah@school.example", "1", "", "", "", "", ""]
    content = zipped(parts_of(as_xlsx(HEADINGS, farah, NOOR, DAAN)) | extra)
    page = keeper.get(send(keeper, content, "staff.xlsm")["Location"])
    confirm(keeper, page)
    assert names() == ["Daan Kok", "Farah", "Noor Bos"]
    with zipfile.ZipFile(io.BytesIO(as_workbook(present_members()))) as taken:
        assert [one for one in taken.namelist() if "vba" in one or "external" in one] == []


def test_words_from_outside_never_come_in():
    content = entities(b"<!DOCTYPE x [<!ENTITY a12 SYSTEM 'file:///etc/hostname'>]>")
    with pytest.raises(UnreadableFile):
        read_table(content)


def test_hundreds_of_teams_of_one_person_are_a_fault(school, keeper):
    page = looked_at(keeper, ["Noor", "", "", ";".join(map(str, range(60))), "", "", "", ""])
    told = [one.sentence for one in page.context["plan"].faults]
    assert told == ["These are more than 20 teams. Leave some out."]


def test_of_thousands_of_faults_the_first_are_shown_and_the_others_counted(school, keeper):
    page = looked_at(keeper, *[["=x", "no", "", "", "", "", "", ""]] * 1_000)
    html = page.content.decode()
    assert html.count('<tr class="fault">') == 200
    assert "2800 more faults are not shown. Mend these first, and load the file again." in html
