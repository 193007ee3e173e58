"""A browser of one person, as far as a server can tell: cookies, one connection, real forms."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

SECONDS_REUSED = 1.0
"""Shorter than the server keeps an idle connection: so none breaks in the middle."""

PATIENCE = 30
PAUSE = 0.25
AWAY = {502, 503, 504}
STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    place: str
    """Where it sends the browser next, when it does."""
    text: str


@dataclass
class Browser:
    """Talks to the site as through the proxy before it: https outside, plain on loopback."""

    port: int
    host: str
    cookies: dict[str, tuple[str, str]] = field(default_factory=dict)
    fetched: set[str] = field(default_factory=set)
    page_seconds: list[float] = field(default_factory=list)
    connection: http.client.HTTPConnection | None = None
    used_at: float = 0.0
    tries: int = 1
    """How often the same is asked when a server is away: as often as a person would try again."""

    def open(self, path: str) -> str:
        """A page with its files, of which a browser fetches each once."""
        began = time.perf_counter()
        page = self.ask("GET", path)
        if page.status != 200:
            raise Unexpected("GET", path, page)
        self.page_seconds.append(time.perf_counter() - began)
        for file in dict.fromkeys(STATIC.findall(page.text)):
            if file not in self.fetched:
                self.fetched.add(file)
                self.ask("GET", file)
        return page.text

    def send(self, path: str, page: str, fields: Fields) -> str:
        """Send the form of `page`; where the server leads next."""
        answer = self.ask("POST", path, [("csrfmiddlewaretoken", token_of(page)), *fields])
        if answer.status != 302:
            raise Unexpected("POST", path, answer)
        return urlsplit(answer.place).path

    def ask(self, method: str, path: str, fields: Fields | None = None) -> Answer:
        """One request, and the same again when no server answered it."""
        for _ in range(self.tries - 1):
            answer = self.ask_if_there(method, path, fields)
            if answer and answer.status not in AWAY:
                return answer
            time.sleep(PAUSE)
        return self.ask_once(method, path, fields)

    def ask_if_there(self, method: str, path: str, fields: Fields | None) -> Answer | None:
        try:
            return self.ask_once(method, path, fields)
        except (OSError, http.client.HTTPException):
            self.close()
            return None

    def ask_once(self, method: str, path: str, fields: Fields | None) -> Answer:
        """One request on the connection that is open, or on a new one."""
        headers = {"Host": self.host, "X-Forwarded-Proto": "https", "Cookie": self.cookie(path)}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Origin"] = f"https://{self.host}"
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = self.connected()
        connection.request(method, path, body, headers)
        found = connection.getresponse()
        text = found.read().decode(errors="replace")
        self.used_at = time.monotonic()
        for line in found.headers.get_all("Set-Cookie", []):
            self.keep(line)
        return Answer(found.status, found.headers.get("Location", ""), text)

    def connected(self) -> http.client.HTTPConnection:
        if self.connection and time.monotonic() - self.used_at < SECONDS_REUSED:
            return self.connection
        self.close()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        return self.connection

    def close(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None

    def keep(self, line: str) -> None:
        """Take a cookie, or let it go when the server says so."""
        for name, cookie in SimpleCookie(line).items():
            self.cookies[name] = (cookie.value, cookie["path"] or "/")
            if cookie["max-age"] == "0":
                del self.cookies[name]

    def cookie(self, path: str) -> str:
        """The cookies that belong to this path."""
        fitting = {n: value for n, (value, under) in self.cookies.items() if path.startswith(under)}
        return "; ".join(f"{name}={value}" for name, value in fitting.items())


class Unexpected(Exception):
    """The server answered something else than a person would be content with."""

    def __init__(self, method: str, path: str, answer: Answer) -> None:
        super().__init__(f"{method} {path} {answer.status} {answer.text[:200]}")


def token_of(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise ValueError("the page has no form")
    return unescape(found[1])
