"""How the house is built; each look is also given a planted fault that it must find."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from tools.checks import structure

HERE = PurePosixPath("src/zwerm/scans/views.py")


def test_no_file_is_longer_than_400_lines():
    assert structure.long_files() == []


def test_a_long_file_is_found(monkeypatch):
    monkeypatch.setattr(structure, "LONGEST_FILE", 20)
    assert any("tests/test_structure.py" in fault for fault in structure.long_files())


def test_functions_are_short():
    assert structure.long_functions() == []


def test_long_functions_are_found_and_named():
    short = [structure.Function("short", HERE, 1, 3)] * 80
    long = [structure.Function("long", HERE, 9, 50)] * 20
    assert structure.quantile_faults(short) == []
    assert structure.quantile_faults([*short, *long])[:2] == [
        "a tenth is 50 lines or more, it must be under 36",
        "long: src/zwerm/scans/views.py:9 long (50 lines)",
    ]


def test_the_lines_of_a_function_run_from_def_to_end():
    source = '@decorated\ndef outer():\n    """Text."""\n    def inner():\n        pass\n'
    found = [(function.name, function.lines) for function in structure.functions_of(HERE, source)]
    assert found == [("outer", 4), ("inner", 2)]


def test_no_room_has_a_name_without_a_meaning():
    assert structure.rooms_of_nothing() == []


def test_a_name_without_a_meaning_is_found():
    paths = [HERE, PurePosixPath("src/zwerm/utils.py"), PurePosixPath("src/zwerm/helpers/dates.py")]
    assert structure.nameless(paths) == [
        "src/zwerm/utils.py: say what it is, or put it where it is used",
        "src/zwerm/helpers/dates.py: say what it is, or put it where it is used",
    ]


def test_text_is_tidy():
    assert structure.untidy_text() == []


@pytest.mark.parametrize("text", ["a\tb\n", "a \nb\n", "a", "a\n\n"])
def test_untidy_text_is_found_and_mended(text):
    assert structure.is_untidy(text)
    assert not structure.is_untidy(structure.tidied(text))


def test_no_file_holds_a_word_that_should_not_be_there():
    assert structure.unwanted_words() == []


# Each is written in two parts, or this very file would be a fault.
@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("open('/ro" + "ot/answers.csv')", "a path of one machine"),
        ("see /Us" + "ers/zoe/scan", "a path of one machine"),
        ("# TO" + "DO: later", "a mark of unfinished work"),
        ("    assert Tr" + "ue", "a check that does not check, or an exception without its reason"),
        ("x = y  # no" + "qa", "a check that does not check, or an exception without its reason"),
        (
            "@pytest.mark.sk" + "ip",
            "a check that does not check, or an exception without its reason",
        ),
    ],
)
def test_a_word_that_should_not_be_there_is_found(line, what):
    assert structure.unwanted_words_of(HERE, f"\n{line}\n") == [f"{HERE}:2 has {what}"]


def test_words_that_only_look_like_it_are_left_alone():
    fine = "icons/todo.svg zwerm/home/views.py assert True is found  # noqa: S603  # our own words"
    assert structure.unwanted_words_of(HERE, fine) == []
