"""Settings come from the environment, from files, and from the address of a database."""

from pathlib import Path

import pytest

from zwerm.core.environment import (
    POSTGRES_PATIENCE,
    Misconfigured,
    database_from_url,
    env,
    env_flag,
    env_key,
    env_list,
)

NAME = "ZWERM_TEST_ONE"
FILE = Path("data/zwerm.sqlite3")


def test_a_setting_is_read_from_the_environment_or_from_its_file(monkeypatch, tmp_path):
    assert env(NAME, "default") == "default"
    monkeypatch.setenv(NAME, "set")
    assert env(NAME, "default") == "set"
    (tmp_path / "secret").write_text(" from a file \n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert env(NAME, "default") == "from a file"


def test_a_setting_that_is_missing_or_a_file_that_is_gone_is_named(monkeypatch, tmp_path):
    with pytest.raises(Misconfigured, match=f"Set {NAME} "):
        env(NAME)
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "gone"))
    with pytest.raises(Misconfigured, match=f"{NAME}_FILE names .*gone"):
        env(NAME)


@pytest.mark.parametrize(
    ("value", "is_on"),
    [("1", True), ("true", True), ("Yes", True), ("ON", True), ("0", False), ("off", False),
     ("", False)],
)  # fmt: skip
def test_a_flag_is_on_for_few_words_only(monkeypatch, value, is_on):
    monkeypatch.setenv(NAME, value)
    assert env_flag(NAME, default=not is_on) == is_on


def test_a_list_is_split_by_commas_without_spaces_or_empty_words(monkeypatch):
    monkeypatch.setenv(NAME, " a.example, b.example ,, ")
    assert env_list(NAME, "x") == ["a.example", "b.example"]


def test_a_key_is_invented_once_for_a_demo_and_kept_for_its_owner_alone(tmp_path):
    file = tmp_path / "keys" / "seal"
    key = env_key(NAME, file, invent=True, testing=False)
    assert len(key) == 64
    assert env_key(NAME, file, invent=False, testing=False) == key
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o077 == 0


def test_a_key_is_never_invented_for_real_use(tmp_path):
    assert env_key(NAME, tmp_path / "seal", invent=False, testing=False) == ""
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_was_set_goes_before_the_kept_one(monkeypatch, tmp_path):
    (tmp_path / "seal").write_text("kept", encoding="utf-8")
    monkeypatch.setenv(NAME, "set")
    assert env_key(NAME, tmp_path / "seal", invent=True, testing=False) == "set"


def test_without_an_address_the_database_is_a_file_that_survives_a_power_cut():
    database = database_from_url("", FILE)
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == FILE
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_of_postgresql_is_taken_apart():
    database = database_from_url("postgresql://zo%40e:ge%3Aheim@db.example:5433/zwerm", FILE)
    assert {name: database[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "zwerm",
        "USER": "zo@e",
        "PASSWORD": "ge:heim",
        "HOST": "db.example",
        "PORT": 5433,
    }


def test_what_an_address_asks_of_the_connection_is_kept():
    address = "postgres://zoe@db.example/zwerm?sslmode=verify-full&sslrootcert=/etc/root.pem"
    assert database_from_url(address, FILE)["OPTIONS"] == POSTGRES_PATIENCE | {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/root.pem",
    }
    assert database_from_url("postgres:///zwerm", FILE)["OPTIONS"] == POSTGRES_PATIENCE


def test_how_long_a_database_is_waited_for_can_be_chosen_in_its_address():
    options = database_from_url("postgres://db.example/zwerm?connect_timeout=9", FILE)["OPTIONS"]
    assert options == POSTGRES_PATIENCE | {"connect_timeout": "9"}


def test_a_password_that_cannot_stand_in_an_address_is_told_without_showing_it():
    with pytest.raises(Misconfigured, match=r"/ as %2F") as told:
        database_from_url("postgres://zoe:ge/heim@db.example/zwerm", FILE)
    assert "heim" not in str(told.value)


def test_another_database_is_refused_in_a_sentence():
    with pytest.raises(Misconfigured, match=r"begins with 'mysql'\. Use postgres://"):
        database_from_url("mysql://x", FILE)
