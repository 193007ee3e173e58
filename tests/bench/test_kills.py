"""The benchmark that kills sees what is lost: a site that says "saved" too early is found out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench import _look, kills
from bench._stubborn import Crossing, Journal, StubbornBrowser
from bench.browser import Answer, Browser
from bench.installation import ROOT


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    options = ["--kills", "1", "--database", "sqlite", "--folder", str(folder), *words]
    return subprocess.Popen(
        [sys.executable, "-m", "bench.kills", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def told(said: str) -> str:
    """What was measured, without what is said of the machine."""
    return said.partition("\nsqlite\n")[2]


def test_nothing_is_lost_when_a_site_is_killed_and_a_careless_site_is_found_out(tmp_path):
    """The second is the control: the same blows on a site that answers before it commits."""
    true, careless = started(tmp_path), started(tmp_path, "--careless")
    said, found_out = (one.communicate(timeout=300)[0] for one in (true, careless))

    assert (true.returncode, careless.returncode) == (0, 1), said + found_out
    assert re.search(r"killed +1 times: process 1\n", said)
    assert int(re.findall(r"acknowledged +(\d+) answers", said)[0]) > kills.TAPS_BETWEEN
    assert re.search(r"\n  lost +0\n", said)
    assert not re.search(r"\n  lost +0\n", found_out)
    again = started(tmp_path)
    assert told(again.communicate(timeout=60)[0]) == told(said)
    assert len(list(tmp_path.iterdir())) == 2


def line(**words: object) -> str:
    return json.dumps({"person": "p", "question": "q", **words}) + "\n"


@pytest.mark.parametrize(
    ("kept", "is_lost"),
    [((2, 4), False), ((3, 5), False), ((1, 4), True), ((2, 3), True), (None, True)],
)
def test_only_what_was_acknowledged_or_is_under_way_may_be_there(tmp_path, kept, is_lost):
    """The second tap was acknowledged; the third was sent, and nobody knows what became of it."""
    journal = tmp_path / "journal"
    journal.write_text(
        line(counter=2, sent=4) + line(counter=2, answer=4) + line(counter=3, sent=5)
    )
    there = {} if kept is None else {("p", "q"): kept}
    assert _look.missing(there, journal) == (["p q"] if is_lost else [])


def test_a_journal_is_in_its_file_at_once(tmp_path):
    journal = Journal(tmp_path / "journal")
    journal.append({"answer": 1})
    assert (tmp_path / "journal").read_text() == '{"answer": 1}\n'
    assert journal.acknowledged == 1
    journal.close()


def test_a_browser_sends_again_until_the_site_is_back(monkeypatch):
    said = iter(
        [ConnectionResetError(), Answer(503, "", ""), Answer(500, "", ""), Answer(200, "", "")]
    )

    def answer(*_words):
        one = next(said)
        if isinstance(one, Exception):
            raise one
        return one

    monkeypatch.setattr(Browser, "ask", answer)
    crossing = Crossing(1)
    crossing.is_open.set()
    browser = StubbornBrowser(1, "host", crossing=crossing)
    assert browser.ask("POST", "/save/").status == 200
    assert browser.statuses == ["500 at POST /save/"]
