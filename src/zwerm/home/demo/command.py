"""`zwerm demo`: make what is not there yet, then start the site and a worker."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zwerm.settings")
if "ZWERM_SITE_URL" not in os.environ:
    os.environ["ZWERM_SITE_URL"] = "http://127.0.0.1:8000"


def run(argv: Sequence[str]) -> int:
    """Start the demo on a free port of this machine."""
    parser = argparse.ArgumentParser(prog="zwerm demo")
    parser.add_argument("--port", type=int, default=0, help="port (default 8000 or the next free)")
    parser.add_argument("--prepare", action="store_true", help="only make the data, do not start")
    options = parser.parse_args(list(argv))
    port = options.port or free_port(8000)
    os.environ["ZWERM_SITE_URL"] = f"http://127.0.0.1:{port}"
    import django  # noqa: PLC0415  # the address must be known before settings are read

    django.setup()
    from zwerm.home import serving  # noqa: PLC0415  # Django must be ready first
    from zwerm.home.demo import building  # noqa: PLC0415  # the same

    if not building.build():
        return 2
    for lack in serving.missing_parts():
        print(f"{lack}\nThe demo goes on without.", flush=True)
    return 0 if options.prepare else start(port)


def free_port(first: int) -> int:
    """The first port from `first` on which nobody listens."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise SystemExit("No free port between 8000 and 8100. Choose one with --port.")


def start(port: int) -> int:
    """Run the worker beside the site; Ctrl-C stops both."""
    python = [sys.executable, "-m"]
    address = ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--no-control-socket"]
    gunicorn = ["gunicorn", "zwerm.wsgi:application", "--workers", "2", "--threads", "4"]
    worker = subprocess.Popen([*python, "zwerm.cli", "worker"])  # noqa: S603  # our own command
    site = subprocess.Popen([*python, *gunicorn, *address])  # noqa: S603  # our own command
    signal.signal(signal.SIGTERM, lambda *_: site.terminate())
    print(f"\nZwerm is ready: http://127.0.0.1:{port}\nStop with Ctrl-C.", flush=True)
    try:
        return site.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (site, worker):
            process.terminate()
        for process in (site, worker):
            process.wait(timeout=20)
