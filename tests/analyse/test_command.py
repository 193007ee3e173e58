"""The command as a researcher starts it: in a process of its own, or by its function."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

from tests.analyse.files import figures, put_people, put_ties, refusal
from zwerm.analyse import command

RING = ("a,b", "b,c", "c,a", "a,c")


def run(*options, **settings):
    environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "", **settings}
    return subprocess.run(
        [sys.executable, "-m", "zwerm.cli", "analyse", *map(str, options)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def test_the_command_writes_what_is_asked_for_and_says_so(tmp_path):
    ties, out, page = put_ties(tmp_path, *RING), tmp_path / "out.json", tmp_path / "out.html"
    done = run("--ties", ties, "--json", out, "--html", page)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"Written: {out}\nWritten: {page}\n",
        "",
    )
    assert json.loads(out.read_text())["networks"]["all"]["ties"] == 4
    assert page.read_text().startswith("<!doctype html>\n<html")


def test_without_a_file_to_write_a_summary_is_printed(tmp_path):
    done = run("--ties", put_ties(tmp_path, *RING))
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[1].split() == ["Members", "3"]
    assert [line.split()[-1] for line in lines if line.startswith("Reciprocity of pairs")] == [
        "0.333"
    ]
    assert lines[-1] == "More, per person too, with --json or --html."
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]


def test_it_speaks_the_language_of_the_machine(tmp_path):
    done = run("--ties", tmp_path / "weg.csv", LANG="nl_NL.UTF-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Het bestand {tmp_path / 'weg.csv'} is er niet. Controleer de naam en de map.\n"
        "Er is niets geschreven.\n"
    )


def test_a_fault_ends_with_2_and_leaves_no_file(tmp_path):
    people, ties = put_people(tmp_path, "a"), put_ties(tmp_path, "a,b")
    out = tmp_path / "out.json"
    done = run("--ties", ties, "--people", people, "--json", out)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0].startswith("ties.csv, row 2, column 'target': 'b'")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.csv", "ties.csv"]


def test_an_option_that_is_not_there_is_not_accepted(tmp_path):
    done = run("--ties", put_ties(tmp_path, *RING), "--logistic")
    assert done.returncode == 2
    assert "unrecognized arguments: --logistic" in done.stderr


def test_it_starts_without_django():
    code = (
        "import sys; from zwerm.analyse import command, page, pdf;"
        "print([name for name in sys.modules if name.startswith(('django', 'scipy'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_ctrl_c_stops_with_130_and_leaves_nothing(tmp_path):
    """In the middle of real work: betweenness of 10,000 people takes many seconds."""
    people, arcs = 10_000, 100_000
    rows = (f"{i % people},{(i * 7919 + i // people * 31 + 1) % people}" for i in range(arcs))
    ties, out = tmp_path / "ties.csv", tmp_path / "out.json"
    os.mkfifo(ties)  # whoever opens it to write waits until the command reads
    process = subprocess.Popen(
        [sys.executable, "-m", "zwerm.cli", "analyse", "--ties", ties, "--json", out],
        stderr=subprocess.PIPE,
        text=True,
        # Who runs the tests in the background may have told everything to leave Ctrl-C alone.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    ties.write_text("\n".join(["source,target", *rows]), encoding="utf-8")
    time.sleep(1)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.splitlines()[-1] in {
        "Stopped. Nothing was written.",
        "Gestopt. Er is niets geschreven.",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]


def test_ctrl_c_in_the_middle_of_intervals_leaves_nothing(tmp_path):
    ties, out = put_ties(tmp_path, *(f"{i},{(i * 7 + 1) % 900}" for i in range(900))), "out.json"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "zwerm.cli", "analyse", "--ties", ties, "--intervals"),
            *("--json", tmp_path / out, "--csv", tmp_path / "sheets"),
        ],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(5)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=30)
    assert (process.returncode, err.splitlines()[-1].split(". ")[-1][:5]) in {
        (130, "Nothi"),
        (130, "Er is"),
    }
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]


def test_a_reader_who_stops_reading_is_no_fault(tmp_path):
    ties = put_ties(tmp_path, *RING)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "zwerm.cli", "analyse", "--ties", ties],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_same_seed_gives_the_same_file(tmp_path):
    rows = [f"{i},{(i * i + 3 * i + 1) % 30}" for i in range(30)]
    ties = put_ties(tmp_path, *rows)
    first = figures(tmp_path, "--ties", ties, "--seed", "7")
    assert figures(tmp_path, "--ties", ties, "--seed", "7") == first
    assert first["seed"] == 7


def test_the_json_tells_what_it_was_made_from(tmp_path):
    ties = put_ties(tmp_path, "source,target,relation", "a,b,advice")
    found = figures(tmp_path, "--ties", ties, "--relation", "advice")
    assert list(found) == ["version", "seed", "options", "warnings", "networks"]
    assert found["options"] == {
        "ties": str(ties),
        "relation": "advice",
        "family": "linear",
        "permutations": 2000,
        "seed": 1,
        "language": "en",
    }


def test_the_keys_of_a_network_are_those_that_are_promised(tmp_path):
    network = figures(tmp_path, "--ties", put_ties(tmp_path, *RING))["networks"]["all"]
    promised = [
        *("members", "respondents", "ties", "density", "mean_named", "reciprocity"),
        *("reciprocity_among_respondents", "reciprocity_dyadic", "indegree_centralization"),
        *("outdegree_centralization", "betweenness_centralization", "central_members"),
        *("gini_indegree", "unnamed_share", "isolates", "weak_components", "strong_components"),
        *("transitivity_weak", "transitivity_undirected", "triad_census", "indegree"),
        *("outdegree", "betweenness", "pagerank", "modularity", "communities"),
    ]
    ours = ["most_asked_share", "people", "constraint", "coreness"]
    sure = ["intervals", "intervals_withheld", "stability", "silent_asked_ratio"]
    assert sorted(network) == sorted([*promised, *ours, *sure])


def test_an_output_in_a_folder_that_is_not_there_is_refused_before_the_work(tmp_path, capsys):
    out = tmp_path / "results" / "out.json"
    assert refusal(capsys, "--ties", tmp_path / "never-read.csv", "--json", out) == (
        f"{out} cannot be written: there is no folder {out.parent}. Make it first."
    )


def test_an_input_is_never_written_over(tmp_path, capsys):
    ties = put_ties(tmp_path, *RING)
    before = ties.read_bytes()
    assert refusal(capsys, "--ties", ties, "--json", tmp_path / "." / "ties.csv") == (
        f"{tmp_path / 'ties.csv'} is one of the files that are read. "
        "Choose another name to write to."
    )
    assert ties.read_bytes() == before


def test_an_output_that_is_a_folder_is_refused(tmp_path, capsys):
    assert refusal(capsys, "--ties", put_ties(tmp_path, *RING), "--html", tmp_path) == (
        f"{tmp_path} is a folder. Add the name of a file."
    )


def test_two_outputs_with_one_name_are_refused(tmp_path, capsys):
    out = tmp_path / "out"
    asked = ("--ties", put_ties(tmp_path, *RING), "--json", out, "--html", out)
    assert refusal(capsys, *asked) == (
        "Two of the files to write have the same name. Give each its own."
    )


def test_no_direction_and_respondents_do_not_go_together(tmp_path, capsys):
    asked = ("--ties", put_ties(tmp_path, *RING), "--undirected", "--respondents", "answered")
    assert refusal(capsys, *asked) == (
        "--undirected and --respondents do not go together: a tie without direction has no asker. "
        "Leave one of them out."
    )


def test_an_older_file_is_replaced_as_a_whole_and_keeps_its_rights(tmp_path):
    ties, out = put_ties(tmp_path, *RING), tmp_path / "figures.json"
    out.write_text("old " * 10_000)
    out.chmod(0o600)
    figures(tmp_path, "--ties", ties)
    assert json.loads(out.read_text())["version"]
    assert out.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures.json", "ties.csv"]


def test_when_one_file_cannot_be_written_none_is(tmp_path, capsys):
    """The folder of running programs is there, and takes no files."""
    out = tmp_path / "out.json"
    asked = ("--ties", put_ties(tmp_path, *RING), "--json", out, "--html", "/proc/report.html")
    said = refusal(capsys, *asked)
    assert said.startswith("/proc/report.html cannot be written: ")
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]


def test_an_older_file_stays_when_the_work_fails(tmp_path, capsys):
    people, ties = put_people(tmp_path, "a"), put_ties(tmp_path, "a,b")
    out = tmp_path / "out.json"
    out.write_text("old")
    assert command.main(["--ties", str(ties), "--people", str(people), "--json", str(out)]) == 2
    assert out.read_text() == "old"
    capsys.readouterr()
