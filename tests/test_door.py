"""The door: what `./zwerm` does on a fresh machine, the second time, and when something is wrong.

A copy of the door stands in a checkout of its own, with a package index on loopback that offers
an installer which writes down what it is asked.
"""

from __future__ import annotations

import hashlib
import http.server
import io
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import psycopg
import pytest
from tools import benching, fetch_uv, only_database, postgres, system_parts, testing

from zwerm.cli import COMMANDS
from zwerm.core.translations import compile_stale

ROOT = Path(__file__).resolve().parents[1]

INSTALLER = f"""#!/bin/sh
echo "$@" >> "$ASKED"
case $1 in
  venv) for last; do :; done; mkdir -p "$last/bin"; ln -sf {sys.executable} "$last/bin/python" ;;
  sync) exit "${{FAILS:-0}}" ;;
esac
"""
PRODUCT = '''
"""A product with one command."""
import os, sys

def greet(argv):
    """Say hello."""
    print("hello", *argv, os.environ["ZWERM_DATA"])

COMMANDS = {"greet": greet}
if __name__ == "__main__":
    COMMANDS[sys.argv[1]](sys.argv[2:])
'''


def wheel() -> bytes:
    """The installer as the index has it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"uv-{fetch_uv.VERSION}.data/scripts/uv", INSTALLER)
    return content.getvalue()


WHEEL = wheel()


class Index(http.server.BaseHTTPRequestHandler):
    """A package index with one project; as JSON for who asks, else as HTML."""

    content = WHEEL
    asked: list[tuple[str, str | None]]
    as_html = False

    def do_GET(self) -> None:  # the name that http.server calls
        self.asked.append((self.path, self.headers.get("Authorization")))
        name = fetch_uv.wanted()[0]
        if self.path.endswith(name):
            self.answer(self.content)
        elif self.path != "/simple/uv/":
            self.send_error(404)
        elif self.as_html:
            self.answer(f'<a href="../../files/{name}#sha256=0">a file</a>'.encode())
        else:
            page = f'{{"files": [{{"filename": "{name}", "url": "/files/{name}"}}]}}'
            self.answer(page.encode())

    def answer(self, content: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at what was asked."""


@pytest.fixture
def index(monkeypatch):
    """The index on loopback, and an environment that names it."""
    handler = type("IndexOfOneTest", (Index,), {"asked": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    for name in ("UV_INDEX_URL", "PIP_INDEX_URL", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{server.server_port}/simple")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def checkout(tmp_path, monkeypatch, index):
    """A folder with the door, a product of one command, and nothing installed."""
    folder = tmp_path / "checkout"
    (folder / "tools").mkdir(parents=True)
    (folder / "src/zwerm").mkdir(parents=True)
    for name in ("zwerm", "tools/door.py", "tools/fetch_uv.py"):
        shutil.copy(ROOT / name, folder / name)
    change(folder / "tools/fetch_uv.py", r"\b[0-9a-f]{64}\b", hashlib.sha256(WHEEL).hexdigest())
    (folder / "src/zwerm/__init__.py").touch()
    (folder / "src/zwerm/cli.py").write_text(PRODUCT, encoding="utf-8")
    (folder / "tools/__init__.py").touch()
    (folder / "tools/testing.py").write_text("print('testing')", encoding="utf-8")
    (folder / "uv.lock").write_text("one", encoding="utf-8")
    (folder / "pyproject.toml").touch()
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    monkeypatch.setenv("PYTHONPATH", str(folder / "src"))
    monkeypatch.delenv("ZWERM_DATA", raising=False)
    return folder


def change(file: Path, pattern: str, new: str) -> None:
    text, times = re.subn(pattern, new, file.read_text(encoding="utf-8"))
    assert times > 0
    file.write_text(text, encoding="utf-8")


def door(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "zwerm", *arguments], capture_output=True, text=True, check=False
    )


def asked(checkout: Path) -> list[str]:
    """What the installer was asked to do, since the last time we looked."""
    file = checkout.parent / "asked"
    words = [line.split()[0] for line in file.read_text("utf-8").splitlines()]
    without_tools = ["--no-dev" in line for line in file.read_text("utf-8").splitlines()]
    file.unlink()
    file.touch()
    return [
        f"{word} plain" if bare else word for word, bare in zip(words, without_tools, strict=True)
    ]


def test_help_lists_every_command_on_a_python_without_anything():
    door_alone = [sys.executable, "-S", "-E", "-I", str(ROOT / "tools/door.py")]
    shown = subprocess.run(door_alone, capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^  ([\w-]+) +(\S.*)$", shown, re.MULTILINE)
    assert [name for name, _ in listed] == [*COMMANDS, "test", "check", "fix", "bench"]


def test_the_first_start_installs_and_runs_the_command(checkout):
    done = door(checkout, "greet", "zoe")
    assert done.stdout == f"hello zoe {checkout}/data\n"
    assert "Installing the parts of Zwerm" in done.stderr
    assert asked(checkout) == ["venv", "sync plain"]


def test_the_second_start_installs_nothing(checkout, index):
    door(checkout, "greet")
    asked(checkout)
    index.asked.clear()
    done = door(checkout, "greet", "again")
    assert (done.stdout, done.stderr) == (f"hello again {checkout}/data\n", "")
    assert asked(checkout) == []
    assert index.asked == []


def test_another_lock_is_installed(checkout):
    door(checkout, "greet")
    asked(checkout)
    (checkout / "uv.lock").write_text("two", encoding="utf-8")
    door(checkout, "greet")
    assert asked(checkout) == ["sync plain"]


def test_tools_are_installed_when_first_asked_for_and_stay(checkout):
    door(checkout, "greet")
    asked(checkout)
    assert door(checkout, "test").stdout == "testing\n"
    assert asked(checkout) == ["sync"]
    (checkout / "uv.lock").write_text("two", encoding="utf-8")
    door(checkout, "greet")
    assert asked(checkout) == ["sync"]


def test_a_python_that_is_gone_is_replaced(checkout):
    door(checkout, "greet")
    asked(checkout)
    shutil.rmtree(checkout / ".venv/bin")
    assert door(checkout, "greet").returncode == 0
    assert asked(checkout) == ["venv", "sync plain"]


def test_a_stamp_that_was_cut_off_is_not_believed(checkout):
    door(checkout, "greet")
    asked(checkout)
    (checkout / ".venv/zwerm-stamp").write_text("half", encoding="utf-8")
    assert door(checkout, "greet").returncode == 0
    assert asked(checkout) == ["sync plain"]


def test_a_checkout_that_moved_is_installed_again(checkout, monkeypatch):
    door(checkout, "test")
    asked(checkout)
    elsewhere = checkout.rename(checkout.parent / "elsewhere")
    monkeypatch.setenv("PYTHONPATH", str(elsewhere / "src"))
    assert door(elsewhere, "greet").stdout == f"hello {elsewhere}/data\n"
    assert asked(elsewhere) == ["venv", "sync"]


def test_a_checkout_that_cannot_be_written_is_told(checkout):
    (checkout / ".boot").touch()
    done = door(checkout, "greet")
    assert done.returncode == 1
    assert f"Zwerm must be able to write in {checkout}" in done.stderr


def test_a_failed_install_says_what_to_do_and_is_tried_again(checkout, monkeypatch):
    monkeypatch.setenv("FAILS", "1")
    done = door(checkout, "greet")
    assert done.returncode == 1
    assert "The parts could not be installed" in done.stderr
    assert "start the same command again" in done.stderr
    monkeypatch.delenv("FAILS")
    assert door(checkout, "greet").returncode == 0


def test_the_data_stay_with_the_checkout_and_paths_with_the_person(checkout, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "os.py").write_text("raise SystemExit('taken from the wrong folder')", "utf-8")
    assert door(checkout, "greet", "staff.csv").stdout == f"hello staff.csv {checkout}/data\n"


def test_an_unknown_command_is_refused_and_nothing_is_installed(checkout):
    done = door(checkout, "gret")
    assert done.returncode == 2
    assert done.stderr.startswith("There is no command 'gret'.\n")
    assert not (checkout / ".boot").exists()


def test_an_old_python_is_told_what_is_needed(checkout):
    change(checkout / "tools/door.py", r"\(3, 11\)", "(99, 1)")
    done = door(checkout, "greet")
    assert done.returncode == 1
    assert done.stderr.startswith("Zwerm: Zwerm needs Python 3.11 or newer; this python3 is 3.")


def test_a_full_disk_is_told_before_anything_is_fetched(checkout, index):
    change(checkout / "tools/door.py", "900_000_000", "10**18")
    done = door(checkout, "greet")
    assert done.returncode == 1
    assert "Make room, and start the same command again." in done.stderr
    assert index.asked == []


@pytest.mark.parametrize("as_html", [False, True])
def test_the_installer_is_found_by_name_in_either_kind_of_index(checkout, index, as_html):
    index.as_html = as_html
    assert door(checkout, "greet").returncode == 0
    name = fetch_uv.wanted()[0]
    assert index.asked == [("/simple/uv/", None), (f"/files/{name}", None)]


def test_an_index_behind_a_password_gets_it_in_a_header_only(checkout, index, monkeypatch):
    address = os.environ["UV_DEFAULT_INDEX"].replace("http://", "mine=http://zoe:ge%40heim@")
    monkeypatch.setenv("UV_DEFAULT_INDEX", address)
    assert door(checkout, "greet").returncode == 0
    assert index.asked[0] == ("/simple/uv/", "Basic em9lOmdlQGhlaW0=")


def test_another_file_than_the_expected_one_is_refused(checkout, index):
    index.content = WHEEL + b"and something else"
    done = door(checkout, "greet")
    assert done.returncode == 1
    assert "is not the file that Zwerm expects" in done.stderr
    assert [file.name for file in (checkout / ".boot").iterdir()] == ["lock"]
    assert not (checkout / ".venv").exists()


def test_an_index_without_the_installer_is_named(checkout, index, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", os.environ["UV_DEFAULT_INDEX"] + "/elsewhere")
    done = door(checkout, "greet")
    assert done.returncode == 1
    assert "could not be fetched from 127.0.0.1: Not Found" in done.stderr
    assert "UV_DEFAULT_INDEX" in done.stderr


def test_a_machine_without_network_is_told_so(checkout, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    done = door(checkout, "greet")
    assert done.returncode == 1
    assert "Check the network. Behind a proxy, set HTTPS_PROXY. Nothing was changed." in done.stderr


def test_the_shell_says_what_to_install_without_python():
    done = subprocess.run(
        ["/bin/sh", ROOT / "zwerm"], env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == (
        "Zwerm needs Python 3.11 or newer. On Debian or Ubuntu: apt install python3\n"
    )


def test_catalogues_are_compiled_when_they_are_newer(tmp_path):
    catalogue = tmp_path / "room/locale/nl/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid "school"\nmsgstr "school"\n', encoding="utf-8")
    assert compile_stale(tmp_path) == [catalogue.with_suffix(".mo")]
    assert compile_stale(tmp_path) == []
    later = catalogue.with_suffix(".mo").stat().st_mtime + 5
    os.utime(catalogue, (later, later))
    assert compile_stale(tmp_path) == [catalogue.with_suffix(".mo")]
    assert [file.name for file in sorted(catalogue.parent.iterdir())] == ["django.mo", "django.po"]


def test_a_test_without_the_database_is_set_aside(request):
    assert not only_database.uses_database(request.node)


def test_a_test_with_the_database_is_kept(request, db):
    assert only_database.uses_database(request.node)


def test_a_run_fails_when_either_database_fails():
    def code(database, code, *, chosen=False):
        return testing.code_of(testing.Outcome(database, code, 1.0), some_chosen=chosen)

    assert code("SQLite", 1) == 1
    assert code("PostgreSQL", 1, chosen=True) == 1
    assert code("PostgreSQL", testing.NO_TEST_CHOSEN) == testing.NO_TEST_CHOSEN
    assert code("PostgreSQL", testing.NO_TEST_CHOSEN, chosen=True) == 0
    assert code("SQLite", testing.NO_TEST_CHOSEN, chosen=True) == testing.NO_TEST_CHOSEN


@pytest.mark.parametrize(("codes", "whole"), [([0, 0], 0), ([-9, 0], -9), ([0, 1], 1), ([1, 0], 1)])
def test_a_run_that_was_killed_is_no_success(codes, whole):
    assert testing.code_of_all(codes) == whole


def test_a_connection_that_was_left_open_does_not_keep_the_server():
    with postgres.throwaway_postgres() as address:
        left_open = psycopg.connect(address)
    with pytest.raises(psycopg.OperationalError):
        left_open.execute("SELECT 1")
    left_open.close()


def test_tests_do_not_see_the_settings_of_an_installation(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://zoe@db/school")
    monkeypatch.setenv("ZWERM_SECRET_KEY", "of the school")
    clean = testing.clean_environment()
    assert {"DATABASE_URL", "ZWERM_SECRET_KEY"} & set(clean) == set()
    assert clean["PATH"] == os.environ["PATH"]


def test_a_missing_library_is_noticed():
    assert not system_parts.is_loadable("libzwerm-is-no-library.so.0")


def test_a_missing_browser_stops_the_tests_and_a_missing_reader_of_pdf_does_not(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert {"chromium", "poppler-utils"} <= set(system_parts.missing_packages())
    assert not system_parts.provide()
    (tmp_path / "chromium").touch(mode=0o755)
    assert system_parts.provide() == (system_parts.missing_libraries() == [])
    assert capsys.readouterr().out.endswith(" poppler-utils\n")


def test_benchmarks_are_listed_with_their_first_line(tmp_path):
    (tmp_path / "answer.py").write_text('"""Answer.\n\nMore."""\nif __name__ == "__main__": ...')
    (tmp_path / "shared.py").write_text('"""Cannot be started."""')
    assert benching.benchmarks(tmp_path) == {"answer": "Answer."}
