"""A site with holes in it, on loopback: what looks for holes must find these first."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

PAGE = """<html><body><a href="/?q=x">words</a><a href="/go?to=/">elsewhere</a>
<form action="/"><input name="q"></form>{words}</body></html>"""


class Quiet(WSGIRequestHandler):
    """Says nothing of each visit."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name of Python
        return


def leaky(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Shows what was sent as it came, and sends on to wherever one asks."""
    sent = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    if environ["PATH_INFO"] == "/go":
        start("302 Found", [("Location", sent.get("to", "/").splitlines()[0])])
        return [b""]
    start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [PAGE.format(words=sent.get("q", "")).encode()]


@contextmanager
def leaky_site() -> Iterator[str]:
    """The address of that site, for as long as this block lasts."""
    server = make_server("127.0.0.1", 0, leaky, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
