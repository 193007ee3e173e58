"""The benchmarks run, in a size at which their figures mean nothing, and see what they look for."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest
from bench import _answers, _servers, machine, pages, spread
from bench.school import open_scan
from tools import benching

from zwerm.people.scope import school_scope
from zwerm.scans import sealed
from zwerm.scans.models import RosterEntry
from zwerm.scans.sealed import Answers, Given

SMALL = {
    "attackers": ["--seeds", "2", "--rows", "30", "--sizes", "12/10"],
    "answer": ["--people", "3", "--seconds", "2", "--database", "sqlite"],
    "bombs": ["--fuzz", "20", "--only", "zeros", "a quotation mark that stays open"],
    "coefficients": ["--schools", "3", "--people", "50"],
    "pages": ["--people", "12", "--rounds", "1"],
    "report": ["--people", "12", "--rounds", "1"],
    "servers": ["--people", "3", "--kill-after", "60"],
    "verdicts": ["--seeds", "2", "--rows", "20", "--sizes", "25/24"],
}

if not shutil.which("nginx"):
    del SMALL["servers"]  # it stands before two servers


def started(name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tools.benching", name, *SMALL[name]],
        cwd=benching.FOLDER.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_every_benchmark_is_listed_with_a_line(capsys):
    assert benching.main([]) == 0
    listed = re.findall(r"^  (\w+) +(\S.+)$", capsys.readouterr().out, re.MULTILINE)
    assert {name for name, _line in listed} >= SMALL.keys()
    assert all(line.endswith(".") for _name, line in listed)


def test_every_benchmark_runs_and_leaves_nothing_to_be_desired():
    """All at once: each mostly waits for programs that start."""
    running = {name: started(name) for name in SMALL}
    said = {name: process.communicate(timeout=300)[0] for name, process in running.items()}
    assert {name: (process.returncode, said[name]) for name, process in running.items()} == {
        name: (0, said[name]) for name in SMALL
    }
    assert re.search(r"answered +3 people .*\n.*\n.*\n +errors +0\n", said["answer"])
    told = re.search(
        r"acknowledged +(\d+) answers; in the closed scan (\d+), others 0", said["answer"]
    )
    assert told
    assert int(told[1]) == int(told[2]) > 30
    assert re.search(r"^ +12 +10 +0\.\d\d +0\.\d\d ", said["attackers"], re.MULTILINE)
    assert re.search(r"\n2 files; the worst took \d\.\d\d s of CPU.*\n.*MiB: met\n", said["bombs"])
    assert re.search(r"\n20 files at random: .*\n  goal: no crash: met\n", said["bombs"])
    assert re.search(r"^ +25 +24 +0\.\d\d +0\.\d\d ", said["verdicts"], re.MULTILINE)
    assert re.search(r"^ +50 +3 +exact +1\.00 ", said["coefficients"], re.MULTILINE)
    assert re.search(r"print the report twice +\d+\.\d\d s", said["report"])
    assert re.search(r"files: nl \d+ kB, en \d+ kB", said["report"])
    assert re.search(
        r"^scans:question open roster +by link +[1-9]\d* ", said["pages"], re.MULTILINE
    )


def test_of_two_servers_a_lost_answer_is_found_and_a_later_one_is_not_lost():
    told = {("zoe", name): (2, name) for name in ("kept", "later", "older", "other", "nowhere")}
    kept = {
        ("zoe", "kept"): (2, "kept"),
        ("zoe", "later"): (3, "changed"),
        ("zoe", "older"): (1, "older"),
        ("zoe", "other"): (2, "kept"),
    }
    assert [name for _who, name in _servers.lost(told, kept)] == ["older", "other", "nowhere"]


def line(entry: RosterEntry, question: str, counter: int, answer: object) -> str:
    kept = {"person": str(entry.pk), "question": question, "counter": counter, "answer": answer}
    return json.dumps(kept) + "\n"


def test_an_acknowledged_answer_that_is_missing_is_found(db, tmp_path):
    """Four are in the journal: one is kept, one is older, one is another one, one is nowhere."""
    scan = open_scan(12)
    with school_scope(scan.school):
        entry = RosterEntry.objects.filter(scan=scan)[0]
        questions = [one["id"] for one in (scan.questionnaire or {})["questions"]]
        items = [one for one in questions if one.startswith("culture")][:2]
        given = {"advice": Given(2, {"named": [], "may_know": []})} | dict.fromkeys(
            items, Given(1, 4)
        )
        sealed.write_answers(scan, entry, Answers(given))
    journal = tmp_path / "journal.jsonl"
    journal.write_text(
        line(entry, "advice", 2, [])
        + line(entry, items[0], 2, 4)
        + line(entry, items[1], 1, 5)
        + line(entry, questions[-1], 1, "weg"),
        encoding="utf-8",
    )
    found = _answers.end([journal])
    assert (found["acknowledged"], found["respondents"]) == (4, 1)
    assert [key.split()[1] for key in found["lost"]] == [*items, questions[-1]]


def test_an_answer_that_nobody_acknowledged_is_found(db, tmp_path):
    scan = open_scan(12)
    with school_scope(scan.school):
        entry = RosterEntry.objects.filter(scan=scan)[0]
        given = {"advice": Given(1, {"named": [], "may_know": []})}
        sealed.write_answers(scan, entry, Answers(given))
    journal = tmp_path / "journal.jsonl"
    journal.touch()
    assert _answers.end([journal])["more"] == 1


def test_a_page_with_too_many_queries_is_found():
    found = {"pages": [{"page": "light", "queries": 25}, {"page": "heavy", "queries": 26}]}
    assert pages.heavy(found) == ["heavy"]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)])
def test_a_percentile_is_one_of_the_values(share, expected):
    assert spread.percentile(range(100, 0, -1), share) == expected


def test_a_table_stands_in_columns():
    assert spread.table(("page", "ms"), [["start", "7"], ["report", "12.5"]]) == (
        "page    ms\n------  ----\nstart      7\nreport  12.5"
    )


def test_the_machine_is_described():
    described = machine.describe_machine()
    assert re.search(r"^Machine   .+, \d+ cores, ", described)
    assert re.search(r"Python 3\.\d+\.\d+, django 5\.", described)
