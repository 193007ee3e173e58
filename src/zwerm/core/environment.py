"""How settings are read from the environment, from files and from a database address."""

from __future__ import annotations

import os
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class Misconfigured(Exception):
    """A setting is missing or unsafe. The message says which and what to set."""


def env(name: str, default: str | None = None) -> str:
    """The setting `name`, or the content of the file that `name`_FILE points to."""
    if file := os.environ.get(f"{name}_FILE"):
        return content_of(name, Path(file))
    value = os.environ.get(name, default)
    if value is None:
        raise Misconfigured(f"Set {name} (or {name}_FILE). See docs/admin/settings.md.")
    return value


def content_of(name: str, file: Path) -> str:
    """What stands in the file of a setting, without the end of its last line."""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise Misconfigured(f"{name}_FILE names {file}, which cannot be read: {fault}.") from fault


def env_choice(name: str, default: str, choices: dict[str, str]) -> str:
    """What belongs to the word that the setting `name` holds."""
    word = env(name, default)
    if word not in choices:
        raise Misconfigured(f"{name} is {word!r}. It can be: {', '.join(choices)}.")
    return choices[word]


def env_number(name: str, default: str) -> int:
    """A whole number."""
    word = env(name, default)
    if not word.isdigit():
        raise Misconfigured(f"{name} is {word!r}. It must be a whole number.")
    return int(word)


def env_flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes or on."""
    return env(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str) -> list[str]:
    """Words separated by commas."""
    return [word.strip() for word in env(name, default).split(",") if word.strip()]


def env_networks(name: str, default: str) -> list[IPv4Network | IPv6Network]:
    """Addresses, or networks such as 172.16.0.0/12, separated by commas."""
    try:
        return [ip_network(word) for word in env_list(name, default)]
    except ValueError as fault:
        raise Misconfigured(f"{name} must hold addresses or networks: {fault}.") from fault


def env_key(name: str, file: Path, *, invent: bool, testing: bool) -> str:
    """A secret: from the setting, else from `file`; invented and kept there if `invent`."""
    if testing:
        return f"{name} of the tests"
    if value := env(name, ""):
        return value
    if file.exists():
        return content_of(name, file)
    if not invent:
        return ""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    value = secrets.token_hex(32)
    file.touch(mode=0o600)
    file.write_text(value, encoding="utf-8")
    return value


SQLITE_OPENING = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;"
)
"""FULL rather than NORMAL: an acknowledged answer must survive a power cut."""


POSTGRES_PATIENCE = {
    "connect_timeout": "3",
    "tcp_user_timeout": "3000",
    "keepalives_idle": "2",
    "keepalives_interval": "1",
    "keepalives_count": "3",
}
"""A server that is cut off says nothing, not even no. By itself libpq waits two minutes for a
connection, and Linux a quarter of an hour for an answer; a person hears it within 8 seconds."""


def database_from_url(url: str, sqlite_file: Path) -> dict[str, Any]:
    """Django's database settings: SQLite in the data folder, or PostgreSQL by its address.

    Example:
        >>> database_from_url("postgres://zoe:geheim@db:5433/zwerm", Path("x"))["PORT"]
        5433
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_file,
            # Opened for each tap and closed again, SQLite tidies its log each time as well: a
            # save takes twice as long.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_OPENING,
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Misconfigured(
            f"DATABASE_URL begins with {parts.scheme!r}. "
            "Use postgres://, or leave it out for SQLite."
        )
    try:
        port = parts.port or ""
    except ValueError:
        raise Misconfigured(
            "DATABASE_URL has a port that is no number. Write each sign of the password that is "
            "no letter or digit as a code: / as %2F, : as %3A, @ as %40, # as %23."
        ) from None
    return {
        "ENGINE": "zwerm.core.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        # What a host asks of the connection, such as sslmode=require, is never passed over.
        "OPTIONS": {**POSTGRES_PATIENCE, **dict(parse_qsl(parts.query))},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
