"""The site that a browser test visits: the same process, so that the test sees its database."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from pytest_django.live_server_helper import LiveServer


class InTurn(StaticFilesHandler):
    """SQLite in memory has one connection for the whole process: two requests never share it."""

    turn = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        with self.turn:
            return super().__call__(environ, start_response)


def start_site() -> LiveServer:
    """A server on a free port of this machine; on another database requests need no turns."""
    site = LiveServer("127.0.0.1", start=False)
    if site.thread.connections_override:
        site.thread.static_handler = InTurn
    site.start()
    return site
