"""The command `zwerm`, as it starts: what is wrong is one sentence, and nothing was made."""

from __future__ import annotations

import os
import subprocess
import sys


def started(*arguments, **settings):
    """A command in a process of its own: settings are read once, when it starts."""
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "zwerm.cli", *arguments],
        env={**known, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wrong_setting_ends_a_command_with_one_sentence(tmp_path):
    done = started("migrate", ZWERM_DATA=str(tmp_path), ZWERM_MAIL="post")
    told = "Zwerm does not start: ZWERM_MAIL is 'post'. It can be: smtp, file, console.\n"
    assert [done.returncode, done.stdout, done.stderr] == [1, "", told]
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_there_yet_is_told_by_who_needs_it(tmp_path):
    keys = {"ZWERM_SECRET_KEY": "a" * 64, "ZWERM_SEAL_KEY": "b" * 64}
    done = started("add-school", "Board", "School", ZWERM_DATA=str(tmp_path), **keys)
    told = "The database is not at this version. Run `zwerm migrate` first.\n"
    assert [done.returncode, done.stdout, done.stderr] == [1, "", told]


def test_serve_names_every_setting_that_is_not_safe(tmp_path):
    done = started("serve", ZWERM_DATA=str(tmp_path))
    named = [line.split()[1] for line in done.stderr.splitlines() if line.startswith("  - ZWERM_")]
    assert done.returncode == 2
    assert named == [
        "ZWERM_SECRET_KEY",
        "ZWERM_SEAL_KEY",
        "ZWERM_SITE_URL",
        "ZWERM_OPERATOR",
        "ZWERM_MAIL_FROM",
    ]
    assert list(tmp_path.iterdir()) == []


def test_serve_says_what_a_proxy_needs(tmp_path):
    done = started("serve", ZWERM_DATA=str(tmp_path), ZWERM_SITE_URL="https://zwerm.example.org")
    assert done.returncode == 2
    assert "ZWERM_SITE_URL must begin with https://" not in done.stderr
    assert "\n  - ZWERM_BEHIND_PROXY is off." in done.stderr


def test_a_command_that_is_none_is_told_with_those_that_are():
    done = started("analyze")
    assert done.returncode == 2
    assert done.stderr.startswith("There is no command 'analyze'.\n\nzwerm COMMAND [OPTIONS]\n")
