"""The real site in processes of its own: signals, several processes, and who stands before it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from bench.installation import HOST, ROOT, Installation, installation, stop, wait_for_site
from prometheus_client.parser import text_string_to_metric_families
from tools.postgres import free_port

PATIENCE = 60
FIRST, SECOND = "a" * 64, "b" * 64
COOKIE = "c" * 32


class Running:
    """A site with a token in a file, that logs as JSON."""

    def __init__(self, installed: Installation) -> None:
        self.token_file = installed.folder / "token"
        self.token_file.write_text(FIRST, encoding="utf-8")
        self.token_file.chmod(0o600)
        self.log = installed.folder / "site.log"
        self.port = free_port()
        settings = {
            **installed.settings,
            "ZWERM_LOGS": "json",
            "ZWERM_METRICS_TOKEN_FILE": str(self.token_file),
            "TMPDIR": str(installed.folder),
        }
        command = [sys.executable, "-m", "zwerm.cli", "serve", "--workers", "2"]
        with self.log.open("wb") as written:
            self.process = subprocess.Popen(
                [*command, "--bind", f"127.0.0.1:{self.port}"],
                cwd=ROOT,
                env=settings,
                start_new_session=True,
                stdout=written,
                stderr=written,
            )

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        told = answer.status, answer.read().decode()
        connection.close()
        return told

    def counts(self, token: str) -> dict[tuple[str, str], float]:
        status, text = self.ask("/metrics", Authorization=f"Bearer {token}")
        assert status == 200
        return {
            (sample.labels["route"], sample.labels["answer"]): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == "zwerm_requests_total"
        }

    def half_a_form(self) -> tuple[socket.socket, bytes]:
        """A form of which the site has begun to read, and what is still to come of it."""
        body = urlencode({"email": "x@nowhere.example", "csrfmiddlewaretoken": COOKIE}).encode()
        lines = [
            "POST /account/sign-in/ HTTP/1.1",
            f"Host: {HOST}",
            "X-Forwarded-Proto: https",
            f"Origin: https://{HOST}",
            f"Cookie: __Host-csrftoken={COOKIE}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Expect: 100-continue",
        ]
        sending = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        sending.sendall("\r\n".join([*lines, "", ""]).encode())
        assert sending.recv(100).startswith(b"HTTP/1.1 100 ")  # it reads, and waits for the rest
        return sending, body

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line[0] == "{"]

    def says(self, message: str) -> bool:
        return any(line["message"] == message for line in self.lines())


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def status_of(sending: socket.socket) -> int:
    answer = HTTPResponse(sending)
    answer.begin()
    answer.read()
    sending.close()
    return answer.status


@pytest.fixture(scope="module")
def running():
    with installation() as installed:
        site = Running(installed)
        try:
            wait_for_site(site.port, site.process, site.log)
            yield site
        finally:
            stop(site.process)


def test_a_monitor_asks_the_server_by_its_own_address(running):
    assert running.ask("/health/live") == (200, "alive\n")
    assert running.ask("/health/ready") == (200, "ready, but no worker looks\n")


def test_whichever_process_is_asked_tells_of_all(running):
    """Each time on a new connection: with two processes, either may take it."""
    before = running.counts(FIRST).get(("nowhere", "4xx"), 0)
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
    for _ in range(20):
        assert running.ask("/nowhere/", **headers)[0] == 404
    counted = {running.counts(FIRST)["nowhere", "4xx"] for _ in range(10)}
    assert counted == {before + 20}


def test_every_line_is_an_object_and_names_nobody(running):
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.77"}
    assert running.ask("/Kanarie/?zoe@school.example", **headers)[0] == 404
    sending = socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE)
    sending.sendall(b"Kanarie zoe@school.example\r\n\r\n")
    assert status_of(sending) == 400
    until(lambda: running.says("Invalid request"))
    text = running.log.read_text()
    assert not [word for word in ("Kanarie", "zoe@", "203.0.113.77") if word in text]
    assert len(running.lines()) == len(text.splitlines()) - text.count("The database is")
    visited = [line for line in running.lines() if line["logger"] == "zwerm.visits"]
    assert visited[-1]["route"] == "nowhere"


def test_a_reload_reads_secrets_anew_and_finishes_what_is_in_hand(running):
    sending, body = running.half_a_form()
    running.token_file.write_text(SECOND, encoding="utf-8")
    os.kill(running.process.pid, signal.SIGHUP)
    until(lambda: running.ask("/metrics", Authorization=f"Bearer {SECOND}")[0] == 200)
    sending.sendall(body)
    assert status_of(sending) == 302
    until(lambda: running.ask("/metrics", Authorization=f"Bearer {FIRST}")[0] == 404)


def test_a_stop_finishes_what_is_in_hand(running):
    """The last test of this file: after it the site is gone."""
    sending, body = running.half_a_form()
    running.process.terminate()
    until(lambda: running.says("Handling signal: term"))
    sending.sendall(body)
    assert status_of(sending) == 302
    assert running.process.wait(timeout=PATIENCE) == 0
    assert list(Path(running.token_file.parent).glob("zwerm-metrics-*")) == []
