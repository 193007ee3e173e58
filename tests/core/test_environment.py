"""How settings are read from the environment, from files and from a database address."""

from __future__ import annotations

import stat

import pytest

from zwerm.core.environment import (
    Misconfigured,
    database_from_url,
    env,
    env_choice,
    env_flag,
    env_key,
    env_list,
    env_number,
)


def test_a_setting_comes_from_the_environment_or_else_from_its_default(monkeypatch):
    monkeypatch.setenv("ZWERM_SMTP_USER", "zwerm")
    monkeypatch.delenv("ZWERM_SMTP_HOST", raising=False)
    assert env("ZWERM_SMTP_USER", "") == "zwerm"
    assert env("ZWERM_SMTP_HOST", "localhost") == "localhost"


def test_a_setting_comes_from_the_file_that_is_named(monkeypatch, tmp_path):
    (tmp_path / "mail").write_text("geheim\n", encoding="utf-8")
    monkeypatch.setenv("ZWERM_SMTP_PASSWORD", "another")
    monkeypatch.setenv("ZWERM_SMTP_PASSWORD_FILE", str(tmp_path / "mail"))
    assert env("ZWERM_SMTP_PASSWORD", "") == "geheim"


def test_a_file_that_cannot_be_read_is_told_with_its_setting(monkeypatch, tmp_path):
    monkeypatch.setenv("ZWERM_SEAL_KEY_FILE", str(tmp_path / "gone"))
    with pytest.raises(Misconfigured, match=r"^ZWERM_SEAL_KEY_FILE names .*gone, which cannot"):
        env("ZWERM_SEAL_KEY", "")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xfd")
    monkeypatch.setenv("ZWERM_SEAL_KEY_FILE", str(tmp_path / "binary"))
    with pytest.raises(Misconfigured, match=r"^ZWERM_SEAL_KEY_FILE names .*binary, which cannot"):
        env("ZWERM_SEAL_KEY", "")


def test_a_setting_that_must_be_there_is_named_when_it_is_not(monkeypatch):
    monkeypatch.delenv("ZWERM_DATA", raising=False)
    with pytest.raises(Misconfigured, match=r"^Set ZWERM_DATA "):
        env("ZWERM_DATA")


@pytest.mark.parametrize(
    ("word", "on"), [("1", True), ("On", True), ("yes", True), ("", False), ("off", False)]
)
def test_a_flag_is_on_with_a_few_words_only(monkeypatch, word, on):
    monkeypatch.setenv("ZWERM_DEBUG", word)
    assert env_flag("ZWERM_DEBUG") is on


def test_a_flag_that_is_not_set_has_its_default(monkeypatch):
    monkeypatch.delenv("ZWERM_SMTP_TLS", raising=False)
    assert [env_flag("ZWERM_SMTP_TLS"), env_flag("ZWERM_SMTP_TLS", default=True)] == [False, True]


def test_a_word_that_is_no_choice_is_told_with_the_choices(monkeypatch):
    monkeypatch.setenv("ZWERM_MAIL", "post")
    with pytest.raises(Misconfigured) as told:
        env_choice("ZWERM_MAIL", "smtp", {"smtp": "a", "file": "b"})
    assert str(told.value) == "ZWERM_MAIL is 'post'. It can be: smtp, file."
    monkeypatch.setenv("ZWERM_MAIL", "file")
    assert env_choice("ZWERM_MAIL", "smtp", {"smtp": "a", "file": "b"}) == "b"


def test_a_number_that_is_none_is_told(monkeypatch):
    monkeypatch.setenv("ZWERM_SMTP_PORT", "five")
    with pytest.raises(Misconfigured) as told:
        env_number("ZWERM_SMTP_PORT", "587")
    assert str(told.value) == "ZWERM_SMTP_PORT is 'five'. It must be a whole number."
    monkeypatch.delenv("ZWERM_SMTP_PORT")
    assert env_number("ZWERM_SMTP_PORT", "587") == 587


def test_a_list_is_words_between_commas(monkeypatch):
    monkeypatch.setenv("ZWERM_HOSTS", "zwerm.example.org, www.example.org,")
    assert env_list("ZWERM_HOSTS", "") == ["zwerm.example.org", "www.example.org"]


def test_a_key_is_invented_once_for_a_demo_and_only_its_owner_can_read_it(monkeypatch, tmp_path):
    monkeypatch.delenv("ZWERM_SEAL_KEY", raising=False)
    file = tmp_path / "keys" / "seal"
    assert env_key("ZWERM_SEAL_KEY", file, invent=False, testing=False) == ""
    assert not file.exists()
    key = env_key("ZWERM_SEAL_KEY", file, invent=True, testing=False)
    assert len(key) == 64
    assert env_key("ZWERM_SEAL_KEY", file, invent=False, testing=False) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_key_of_the_environment_goes_before_the_file(monkeypatch, tmp_path):
    (tmp_path / "seal").write_text("of the file", encoding="utf-8")
    monkeypatch.setenv("ZWERM_SEAL_KEY", "of the environment")
    key = env_key("ZWERM_SEAL_KEY", tmp_path / "seal", invent=False, testing=False)
    assert key == "of the environment"


def test_an_address_of_another_kind_of_database_is_told(tmp_path):
    with pytest.raises(Misconfigured, match=r"^DATABASE_URL begins with 'mysql'"):
        database_from_url("mysql://x", tmp_path / "zwerm.sqlite3")


def test_a_socket_of_this_machine_needs_no_host(tmp_path):
    found = database_from_url("postgres:///zwerm", tmp_path / "zwerm.sqlite3")
    assert [found["NAME"], found["HOST"], found["USER"]] == ["zwerm", "", ""]
