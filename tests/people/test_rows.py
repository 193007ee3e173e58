"""From one line to one person, with a sentence for each fault."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.lists import as_csv
from zwerm.core import clock
from zwerm.people.staff_list.columns import FIELDS
from zwerm.people.staff_list.headings import recognise
from zwerm.people.staff_list.reading import Line, Table, read_table
from zwerm.people.staff_list.rows import Row, read_rows


def read(*rows):
    table = read_table(as_csv(*rows))
    return read_rows(table, recognise(table.headings))


def one(headings, *cells):
    rows, faults = read(headings, list(cells))
    return rows[0], [(fault.row, fault.column, fault.sentence) for fault in faults]


DUTCH = ["Roepnaam", "Tussenvoegsel", "Achternaam", "E-mail (werk)", "Pers.nr.", "Vaksectie 1",
         "Vaksectie 2", "Functie", "Functieschaal", "Betrekkingsomvang", "Taak", "Datum in dienst",
         "Voorkeurstaal"]  # fmt: skip
ENGLISH = ["First name", "Prefix", "Surname", "E-mail address", "Staff number", "Team 1", "Team 2",
           "Job title", "Pay scale", "Working time", "Role", "Start date", "Language"]  # fmt: skip


@pytest.mark.parametrize("headings", [DUTCH, ENGLISH])
def test_every_column_is_recognised_in_both_languages(headings):
    cells = ["Femke", "van der", "Meer", "F.vanderMeer@School.example", "00123", "Talen", "Zorg",
             "leraar", "lb", "0,8", "mentor", "1-8-2021", "Engels"]  # fmt: skip

    row, faults = one(headings, *cells)

    assert faults == []
    assert row == Row(
        number=2,
        name="Femke van der Meer",
        email="f.vandermeer@school.example",
        staff_number="00123",
        teams=("Talen", "Zorg"),
        post="leraar",
        pay_scale="LB",
        fte=Decimal("0.800"),
        role="mentor",
        started_on=dt.date(2021, 8, 1),
        language="en",
    )


def test_a_column_that_is_absent_is_none_and_an_empty_cell_is_not():
    row, faults = one(["naam", "functie"], "Noor", "")
    assert faults == []
    assert row == Row(number=2, name="Noor", post="")


def test_teams_are_separated_by_semicolons_and_each_counts_once():
    row, _faults = one(["naam", "teams"], "Noor", "Balie/roosters; talen;Talen | Zorg, sport")
    assert row.teams == ("Balie/roosters", "talen", "Zorg, sport")


@pytest.mark.parametrize(
    ("words", "fte"),
    [("1", "1"), ("0,8", ".8"), ("0.8", ".8"), ("80%", ".8"), ("80 %", ".8"), ("1,0 fte", "1"),
     ("0,6666666666", ".667"), ("2", "2"), ("0", "0")],
)  # fmt: skip
def test_fte_is_read_with_comma_point_or_percent(words, fte):
    row, faults = one(["naam", "fte"], "Noor", words)
    assert (row.fte, faults) == (Decimal(fte).quantize(Decimal("0.001")), [])


@pytest.mark.parametrize("words", ["veel", "2,1", "80", "nan", "Infinity", "1e1", "0_8", "-0,5"])
def test_what_is_no_fte_is_told(words):
    row, faults = one(["naam", "fte"], "Noor", words)
    assert row.fte is None
    assert faults == [(2, "FTE", f"{words} is no FTE. Write for example 0,8.")]


@pytest.mark.parametrize(
    ("heading", "column", "cell", "sentence"),
    [
        ("naam", "name", "=A1", "This is a formula, not a name. Type the name itself."),
        ("naam", "name", "+31", "This is a formula, not a name. Type the name itself."),
        ("naam", "name", "-2", "This is a formula, not a name. Type the name itself."),
        ("naam", "name", "@SUM(A1)", "This is a formula, not a name. Type the name itself."),
        ("naam", "name", "0", "0 is no name. Type the name itself."),
        ("naam", "name", "#REF!", "#REF! is no name. Type the name itself."),
        ("naam", "name", "n" * 121, "This is longer than 120 letters. Shorten it."),
        ("email", "mail address", "noor", "noor is not a mail address. Mend it."),
        ("email", "mail address", "noor@x", "noor@x is not a mail address. Mend it."),
        (
            "email",
            "mail address",
            f"noor@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.example",
            "This is longer than 254 letters. Shorten it.",
        ),
        ("nummer", "staff number", "1" * 41, "This is longer than 40 letters. Shorten it."),
        ("team", "teams, the home team first", "=1",
         "This is a formula. Type the words themselves."),
        ("team", "teams, the home team first", "t" * 121,
         "This is longer than 120 letters. Shorten it."),
        ("functie", "post", "=1+1", "This is a formula. Type the words themselves."),
        ("functie", "post", "p" * 400, "This is longer than 120 letters. Shorten it."),
        ("schaal", "pay scale", "s" * 13, "This is longer than 12 letters. Shorten it."),
        ("rol", "role", "@x", "This is a formula. Type the words themselves."),
        ("in dienst", "started on", "31-2-2021",
         "31-2-2021 is no date. Write for example 1-8-2021."),
        ("taal", "language", "Duits", "Duits is not known here. Write nl or en."),
    ],
)  # fmt: skip
def test_each_fault_names_its_row_and_column_and_what_to_do(heading, column, cell, sentence):
    headings = [heading] if heading == "naam" else ["naam", heading]
    _row, faults = one([*headings, "x"], *(["Noor"] if len(headings) == 2 else []), cell, "")
    assert faults == [(2, column, sentence)]


def test_a_name_that_is_missing_is_told():
    _row, faults = one(["naam", "mail"], "", "noor@school.example")
    assert faults == [(2, "name", "The name is missing. Fill it in.")]


def test_an_apostrophe_that_stops_a_formula_is_no_part_of_the_words():
    row, faults = one(["naam", "nummer", "mail"], "'t Hart", "'-12", "'=a@school.example")
    assert faults == []
    assert (row.name, row.staff_number, row.email) == ("'t Hart", "-12", "=a@school.example")


def test_a_dash_is_an_empty_cell():
    row, faults = one(["voornaam", "tussenvoegsel", "achternaam", "fte"], "Noor", "-", "Bos", "-")
    assert (row.name, row.fte, faults) == ("Noor Bos", None, [])


def test_two_people_with_one_address_or_number_are_told_in_both_rows():
    headings = ["naam", "mail", "nummer"]
    _rows, faults = read(
        headings,
        ["Noor", "team@school.example", "7"],
        ["Daan", "Team@school.example", "8"],
        ["Eva", "", "8"],
        ["Sara", "", ""],
    )
    twice = "stands here more than once. Give each person their own."
    assert [(one.row, one.column, one.sentence) for one in faults] == [
        (2, "mail address", f"team@school.example {twice}"),
        (3, "mail address", f"team@school.example {twice}"),
        (3, "staff number", f"8 {twice}"),
        (4, "staff number", f"8 {twice}"),
    ]


def test_one_person_who_stands_there_twice_is_told_to_go_once():
    _rows, faults = read(
        ["Naam", "E-mailadres"],
        ["Noor Bos", "noor@school.example"],
        ["Daan Kok", "daan@school.example"],
        ["noor bos", "Noor@school.example"],
    )
    told = "This person stands here more than once, with noor@school.example."
    assert [(one.row, one.column, one.sentence) for one in faults] == [
        (2, "mail address", f"{told} Remove all rows but one."),
        (4, "mail address", f"{told} Remove all rows but one."),
    ]


def test_a_fault_names_its_column_as_the_file_does():
    headings = ["Voornaam", "Achternaam", "E-mailadres", "Team 1", "Team 2"]
    _rows, faults = read(headings, ["", "", "noor", "", "=1+1"])
    assert [(one.column, one.heading) for one in faults] == [
        ("name", ""),
        ("mail address", "E-mailadres"),
        ("teams, the home team first", ""),
    ]


@given(st.lists(st.lists(st.text(max_size=30), min_size=13, max_size=13), max_size=4))
def test_any_cells_are_read_with_faults_or_without(cells):
    table = Table(list(FIELDS), [Line(i, row) for i, row in enumerate(cells, start=2)])
    rows, faults = read_rows(table, {field: [place] for place, field in enumerate(FIELDS)})
    assert [row.number for row in rows] == [line.number for line in table.lines]
    faulty = {fault.row for fault in faults}
    for row in rows:
        if row.number not in faulty:
            assert row.name
            assert len(row.name) <= 120
            assert row.fte is None or 0 <= row.fte <= 2
            assert row.started_on is None or row.started_on.year <= clock.today().year + 2
