"""A file that means harm crashes nothing, fills nothing and writes nothing; a sentence says so.

The bombs stand in bombs.py. What each costs is measured in processes of their own, as
`./zwerm bench bombs` does; the test of the test takes the limits away and sees bombs go off.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from bench.bombs import MOST_MEBIBYTES, MOST_SECONDS
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attacks.bombs import BOMBS
from tests.attacks.fuzz import at_random
from tests.fingerprint import everything
from tests.people.lists import HEADINGS, NOOR, as_csv, as_xlsx
from tests.people.pages import confirm, looked_at, send
from tests.people.test_reading import read_here_or_refused, read_or_refused
from zwerm.people import command
from zwerm.people.staff_list import apart, sheet
from zwerm.people.staff_list.bounds import Limits, Unfit
from zwerm.people.staff_list.reading import UnreadableFile, read_table

ROOT = Path(__file__).resolve().parents[2]

WORK = "This file asks for far more work than a staff list."
DAMAGED = "This is not a workbook that can be read."
ONE_ROW = "This file has one row only."
QUOTES = "Row {} cannot be read. Look at the quotation marks there."
WIDE = "This file has more than 60 columns, so it is not a staff list."
EMPTY = "This file is empty."
READ = "read: 1 rows"

SAID = {
    "zeros, packed": WORK,
    "zeros, packed, with a wrong size": DAMAGED,
    "zips within zips": DAMAGED,
    "one part, named often": WORK,
    "40,000 parts": WORK,
    "a part cut off": DAMAGED,
    "a part that is damaged": DAMAGED,
    "a zip with a password": "This file has a password.",
    "a cell in the last corner": WORK,
    "a cell far down": WORK,
    "a cell far to the right": WORK,
    "a cell in the last corner of old size": WORK,
    "old Excel, in circles": WORK,
    "old Excel, to the last corner": WORK,
    "a cell that is repeated": WORK,
    "a cell that never ends": DAMAGED,
    "one word, said often": WORK,
    "words that unfold": DAMAGED,
    "words that unfold, OpenDocument": DAMAGED,
    "words from outside": DAMAGED,
    "four billion words, it says": WORK,
    "a million merged cells": WORK,
    "50 million spaces": READ,
    "millions of styles": READ,
    "elements within elements": READ,
    "elements within elements, OpenDocument": READ,
    "a quotation mark that stays open": QUOTES.format(2),
    "cells of many lines": ONE_ROW,
    "quotation marks only": QUOTES.format(1),
    "millions of columns": WIDE,
    "millions of columns, below": WIDE,
    "delimiters only": EMPTY,
    "millions of empty lines": ONE_ROW,
    "millions of empty rows": ONE_ROW,
    "millions of rows of spaces": ONE_ROW,
    "a cell of 5 MB": QUOTES.format(2),
    "headings that unfold": QUOTES.format(1),
    "UTF-16 of empty lines": EMPTY,
    "zeros": DAMAGED,
    "a zero among the words": DAMAGED,
}
"""How what is said begins. What is read after all cost little enough: then it is a staff list."""

HARMFUL = [name for name, said in SAID.items() if said != READ]
GO_OFF = ("a cell that is repeated", "one word, said often", "a million merged cells")


def measured(tmp_path, *words):
    """What `./zwerm bench bombs` found, by the name of each file."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.bombs", "--json", *words],
        cwd=ROOT,
        env={**os.environ, "ZWERM_DATA": str(tmp_path)},
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    )
    return {one["name"]: one for one in json.loads(done.stdout)}


def too_costly(found):
    return {
        name
        for name, one in found.items()
        if one["busy"] >= MOST_SECONDS or one["mebibytes"] >= MOST_MEBIBYTES
    }


# --- seconds and memory ---------------------------------------------------------------------------


def test_every_bomb_has_its_sentence_here():
    assert list(SAID) == list(BOMBS)


def test_every_bomb_costs_little_and_is_refused_in_a_sentence(tmp_path):
    """Seconds of CPU, ours and of the process apart, so that a busy machine fails nothing."""
    found = measured(tmp_path)
    assert {name: one["said"][: len(SAID[name])] for name, one in found.items()} == SAID
    assert too_costly(found) == set()


def test_without_the_limits_bombs_go_off(tmp_path):
    """The test of the test: the same files, the same measure, and only the limits are gone."""
    found = measured(tmp_path, "--loose", "--only", *GO_OFF)
    assert too_costly(found) == set(GO_OFF)


# --- the process apart ----------------------------------------------------------------------------


def children():
    """The processes that this one started and that did not end yet."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


def spied(content):
    """What the process apart shows of itself to the system while it reads this file."""
    before, seen = children(), {}
    reading = threading.Thread(target=read_or_refused, args=(content,))
    reading.start()
    while reading.is_alive():
        for pid in children() - before:
            place = Path("/proc") / pid
            try:
                seen = {
                    "environment": (place / "environ").read_bytes(),
                    "files": {str(one.readlink()) for one in (place / "fd").iterdir()},
                    "limits": (place / "limits").read_text(),
                    "command": (place / "cmdline").read_bytes(),
                    "where": str((place / "cwd").readlink()),
                }
            except OSError:
                continue
            if "Max processes             0 " in seen["limits"]:
                reading.join()
                return seen
        time.sleep(0.002)
    return seen


def test_the_process_apart_holds_no_key_no_connection_and_no_room_to_move(monkeypatch):
    monkeypatch.setenv("ZWERM_SEAL_KEY", "canary")
    seen = spied(BOMBS["millions of empty lines"]())
    assert seen["environment"] == b""
    assert b"canary" not in seen["command"]
    assert seen["where"] == "/"
    assert {one.partition(":")[0].partition(" ")[0] for one in seen["files"]} <= {
        "/memfd",
        "/dev/null",
    }
    limits = {line[:26].strip(): line[26:].split()[:2] for line in seen["limits"].splitlines()[1:]}
    assert limits["Max address space"] == ["188743680", "188743680"]
    assert limits["Max cpu time"] == ["2", "2"]
    assert limits["Max file size"] == ["16777216", "16777216"]
    assert limits["Max core file size"] == ["0", "0"]
    assert limits["Max processes"] == ["0", "0"]


def test_an_ordinary_process_would_have_known_the_key(monkeypatch):
    """The test of the test: what we start without care inherits all that we know."""
    monkeypatch.setenv("ZWERM_SEAL_KEY", "canary")
    # It reads its own: seen from outside, a process that only just begins has none yet.
    careless = subprocess.run(["cat", "/proc/self/environ"], capture_output=True, check=True)
    assert b"ZWERM_SEAL_KEY=canary" in careless.stdout


def test_a_file_that_takes_long_is_ended_and_nothing_stays_behind():
    before = children()
    began = time.process_time()
    with pytest.raises(Unfit, match="too_much"):
        apart.read_apart(BOMBS["millions of empty lines"](), Limits(seconds=0.1))
    assert time.process_time() - began < 0.5
    assert children() == before


def test_a_file_that_says_too_much_is_ended():
    with pytest.raises(Unfit, match="too_much"):
        apart.read_apart(as_xlsx(HEADINGS, NOOR), Limits(letters=10))


def test_a_machine_that_is_too_busy_says_so_and_nothing_stays_behind(monkeypatch):
    monkeypatch.setattr(apart, "MOST_WAIT", 0.01)
    before = children()
    with pytest.raises(UnreadableFile) as no:
        read_table(as_csv(HEADINGS, NOOR))
    busy = "The server is too busy to look at a file. Nothing was loaded. Try again in a minute."
    assert str(no.value) == busy
    assert children() == before


def test_two_files_are_read_at_once_and_a_third_waits_for_its_turn(monkeypatch):
    monkeypatch.setattr(apart, "_PLACES", threading.BoundedSemaphore(2))
    assert read_table(as_csv(HEADINGS, NOOR)).lines[0].cells == NOOR
    for _ in range(2):
        apart._PLACES.acquire()
    monkeypatch.setattr(apart, "MOST_WAIT", 0.01)
    with pytest.raises(UnreadableFile, match="too busy"):
        read_table(as_csv(HEADINGS, NOOR))


def test_an_installation_that_cannot_start_it_says_so_in_its_log(monkeypatch, caplog):
    monkeypatch.setattr(sheet, "__name__", "zwerm.nowhere")
    with pytest.raises(UnreadableFile, match="too busy"):
        read_table(as_csv(HEADINGS, NOOR))
    told = "The process that reads staff lists ended with 1 before it read anything"
    assert [one.getMessage() for one in caplog.records] == [told]


def test_the_site_goes_on_while_a_file_is_read():
    """The thread that waits for the process apart takes nothing from the others."""
    reading = threading.Thread(target=read_or_refused, args=(BOMBS["millions of empty lines"](),))
    reading.start()
    turns = 0
    while reading.is_alive():
        time.sleep(0.001)
        turns += 1
    assert turns > 20


# --- nothing is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", HARMFUL)
def test_a_bomb_on_the_page_writes_nothing(school, keeper, name):
    before = everything()
    page = send(keeper, BOMBS[name](), "staff.xlsx")
    assert page.status_code == 400
    told = re.findall(r'role="alert"><p class="head">(.*?)</p>', page.content.decode())
    assert [one[: len(SAID[name])] for one in told] == [SAID[name]]
    assert b"Nothing was loaded." in page.content
    assert everything() == before


def test_a_bomb_for_the_command_writes_nothing(school, tmp_path, capsys):
    before = everything()
    for name in ("a cell in the last corner", "words that unfold", "millions of columns"):
        file = tmp_path / "staff.xlsx"
        file.write_bytes(BOMBS[name]())
        assert command.import_staff([str(file), "--school", school.name, "--yes"]) != 0
        assert SAID[name] in capsys.readouterr().err
    assert everything() == before


def test_a_file_that_was_read_once_and_now_is_too_much_is_told_in_a_sentence(
    school, keeper, monkeypatch
):
    """On a busy machine the dry run may come out otherwise than the look before it."""
    page = looked_at(keeper, NOOR)
    before = everything()
    monkeypatch.setattr(apart, "MOST_WAIT", 0.01)
    again = keeper.get(reverse("people:plan", args=[page.context["upload"].pk]))
    assert again.status_code == 409
    assert b"The server is too busy to look at a file." in again.content
    assert confirm(keeper, page).status_code == 409
    assert everything() == before


# --- at random ------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_list_that_was_changed_anywhere_is_read_or_refused_here(chance):
    content = at_random(chance)
    if content[:4] != b"PK\x03\x04" and content[:2] != b"\xd0\xcf":
        assert read_here_or_refused(content)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_a_list_that_was_changed_anywhere_is_read_or_refused(chance):
    assert read_or_refused(at_random(chance))
