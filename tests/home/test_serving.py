"""Starting an installation for real use: what is unsafe is named, and nothing starts."""

import pytest

from tests.home.installation import SAFE, asked_of_database, migrated, zwerm
from zwerm.home import serving

KEY = "Make one of 64 characters with `openssl rand -hex 32` and set"

UNSAFE = {
    "ZWERM_DEBUG": ("on", "ZWERM_DEBUG is on. Leave it out: error pages would show data."),
    "ZWERM_DEMO": ("on", "ZWERM_DEMO is on. Leave it out; a demo starts with `zwerm demo`."),
    "ZWERM_SECRET_KEY": (
        "short",
        f"ZWERM_SECRET_KEY is missing or short. {KEY} ZWERM_SECRET_KEY or ZWERM_SECRET_KEY_FILE.",
    ),
    "ZWERM_SEAL_KEY": (
        "",
        f"ZWERM_SEAL_KEY is missing or short. {KEY} ZWERM_SEAL_KEY or ZWERM_SEAL_KEY_FILE.",
    ),
    "ZWERM_SITE_URL": (
        "http://zwerm.example",
        "ZWERM_SITE_URL must begin with https://. Put a proxy with a certificate before it.",
    ),
    "ZWERM_HOSTS": (
        "elsewhere.example",
        "ZWERM_HOSTS lacks the host of ZWERM_SITE_URL: every visit would be refused.",
    ),
    "ZWERM_BEHIND_PROXY": (
        "off",
        "ZWERM_BEHIND_PROXY is off. Without it every visit is sent to https:// again and again.",
    ),
    "ZWERM_OPERATOR": ("", "ZWERM_OPERATOR is missing: every member reads who runs the server."),
    "ZWERM_SECURITY_CONTACT": (
        "security@zwerm.example",
        "ZWERM_SECURITY_CONTACT must begin with mailto: or https://.",
    ),
    "ZWERM_MAIL_FROM": (
        "Zwerm <zwerm@localhost>",
        "ZWERM_MAIL_FROM is missing: an address that people can receive mail from.",
    ),
}


def faults(done):
    return [line[4:] for line in done.stderr.splitlines() if line.startswith("  - ")]


@pytest.mark.parametrize("name", UNSAFE)
def test_one_unsafe_setting_is_named_alone_and_nothing_starts(tmp_path, name):
    value, sentence = UNSAFE[name]
    done = zwerm(tmp_path / "data", "serve", settings={**SAFE, name: value})
    assert (done.returncode, faults(done)) == (2, [sentence])
    assert not (tmp_path / "data/zwerm.sqlite3").exists()


def test_without_any_setting_each_that_is_needed_is_named(tmp_path):
    done = zwerm(tmp_path / "data", "serve")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    named = [fault.split()[0] for fault in faults(done)]
    assert named == [
        "ZWERM_SECRET_KEY",
        "ZWERM_SEAL_KEY",
        "ZWERM_SITE_URL",
        "ZWERM_OPERATOR",
        "ZWERM_MAIL_FROM",
    ]
    assert not (tmp_path / "data").exists()


def test_one_key_for_two_purposes_and_every_host_are_refused(tmp_path):
    same = {**SAFE, "ZWERM_SEAL_KEY": SAFE["ZWERM_SECRET_KEY"], "ZWERM_HOSTS": "*"}
    assert faults(zwerm(tmp_path, "serve", settings=same)) == [
        "ZWERM_SECRET_KEY and ZWERM_SEAL_KEY are the same. Make two.",
        "ZWERM_HOSTS holds *. Name the hosts.",
    ]


def test_keys_may_come_from_files(tmp_path):
    settings = {name: value for name, value in SAFE.items() if not name.endswith("_KEY")}
    for name in ("SECRET", "SEAL"):
        (tmp_path / name).write_text(f"{name * 12}\n")
        settings[f"ZWERM_{name}_KEY_FILE"] = str(tmp_path / name)
    done = zwerm(tmp_path / "data", "serve", settings={**settings, "ZWERM_OPERATOR": ""})
    assert [fault.split()[0] for fault in faults(done)] == ["ZWERM_OPERATOR"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ZWERM_MAIL", "pigeon", "ZWERM_MAIL is 'pigeon'. It can be: smtp, file, console."),
        ("ZWERM_SMTP_PORT", "abc", "ZWERM_SMTP_PORT is 'abc'. It must be a whole number."),
        (
            "DATABASE_URL",
            "mysql://x",
            "DATABASE_URL begins with 'mysql'. Use postgres://, or leave it out for SQLite.",
        ),
    ],
)
@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_setting_that_means_nothing_is_told_by_every_command(
    tmp_path, command, name, value, sentence
):
    done = zwerm(tmp_path, command, settings={**SAFE, name: value})
    assert done.returncode != 0
    assert done.stderr == f"Zwerm does not start: {sentence}\n"


def test_migrating_twice_and_working_once_leave_an_empty_installation(tmp_path):
    for command in (["migrate"], ["migrate"], ["worker", "--once"]):
        done = zwerm(tmp_path, *command, settings=SAFE)
        assert (done.returncode, done.stderr) == (0, "")
    assert asked_of_database(tmp_path, "Account.objects.count(), Scan.objects.count()") == "0 0"


def test_a_worker_refuses_unsafe_settings_too(tmp_path):
    migrated(tmp_path)
    done = zwerm(tmp_path, "worker", "--once", settings={**SAFE, "ZWERM_SITE_URL": "http://x"})
    assert [fault.split()[0] for fault in faults(done)] == ["ZWERM_SITE_URL", "ZWERM_HOSTS"]


def test_a_worker_without_a_database_says_what_to_do(tmp_path):
    migrated(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    done = zwerm(empty, "worker", "--once", settings=SAFE)
    assert done.returncode != 0
    assert "Run `zwerm migrate` first." in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


DATABASE = "__import__('django.db').db.connection"


def as_of_another_version(folder):
    """Take a table away that every start brings back."""
    asked_of_database(folder, f"{DATABASE}.cursor().execute('DROP TABLE zwerm_cache')")
    assert is_of_another_version(folder)


def is_of_another_version(folder):
    tables = asked_of_database(folder, f"{DATABASE}.introspection.table_names()")
    return "'people_school'" in tables and "'zwerm_cache'" not in tables


@pytest.mark.parametrize("command", [["serve"], ["worker", "--once"]])
def test_a_real_start_refuses_the_database_of_a_demo(tmp_path, command):
    migrated(tmp_path)
    assert asked_of_database(tmp_path, "Installation.objects.create(is_demo=True)") == "demo"
    as_of_another_version(tmp_path)

    done = zwerm(tmp_path, *command, settings=SAFE)
    assert done.returncode == 2
    assert done.stderr.startswith("This database holds a demo, so Zwerm does not start")
    assert is_of_another_version(tmp_path)


def test_a_demo_refuses_a_database_that_holds_anything_else(tmp_path):
    migrated(tmp_path)
    assert zwerm(tmp_path, "add-school", "Het Baken", "De Golf", settings=SAFE).returncode == 0
    as_of_another_version(tmp_path)

    done = zwerm(tmp_path, "demo", "--prepare")

    assert done.returncode == 2
    assert done.stderr.startswith("This database holds real data, so the demo does not start.")
    counted = "Board.objects.count(), Account.objects.count(), Installation.objects.count()"
    assert asked_of_database(tmp_path, counted) == "1 0 0"
    assert is_of_another_version(tmp_path)


def test_a_part_of_a_tick_that_fails_is_told_and_the_others_go_on(caplog):
    went = []

    def fails():
        raise RuntimeError("the database was away")

    serving.tick([fails, lambda: went.append("on")])

    assert went == ["on"]
    assert "failed; it is tried again" in caplog.text
    assert "the database was away" in caplog.text
