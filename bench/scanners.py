"""Lets a scanner from elsewhere (Wapiti) look for holes, first in a site that has them."""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tools.postgres import free_port

from bench._leaky import leaky_site
from bench.installation import ROOT, Installation, installation, run, stop

WAPITI = "wapiti3==3.2.3"
FOLDER = ROOT / ".boot/scanners"
LOOKS = "xss,permanentxss,sql,exec,file,redirect,crlf,csrf"
"""What needs no other server: nothing is asked outside this machine."""
PLANTED = {"Reflected Cross Site Scripting", "Open Redirect"}
ROLES = ("nobody", "teacher", "facilitator", "privacy_officer")
SECONDS_TO_START = 90


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n", flush=True)
    scanner = options.wapiti or installed_scanner()
    if scanner is None:
        return 2
    with leaky_site() as address:
        found = holes(scanner, address, seconds=options.seconds)
    print(f"a site with holes: {said(found)}", flush=True)
    if not found.keys() >= PLANTED:
        print(f"It must find {' and '.join(sorted(PLANTED))}. Ours was not looked at.")
        return 1
    return 1 if looked_at_ours(scanner, options) else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench scanners", description=__doc__)
    parser.add_argument("--people", type=int, default=12, help="in the school that is made (12)")
    parser.add_argument("--seconds", type=int, default=300, help="for each role at most (300)")
    parser.add_argument("--roles", nargs="+", choices=ROLES, default=ROLES, help="who looks")
    parser.add_argument("--wapiti", type=Path, help="a wapiti that is there, instead of our own")
    return parser.parse_args()


def installed_scanner() -> Path | None:
    """In a place of its own: it needs older packages than ours, and no site may get those."""
    scanner = FOLDER / "bin/wapiti"
    if not scanner.exists():
        uv = str(sorted((ROOT / ".boot").glob("uv-*"))[-1])
        print(f"Fetching {WAPITI}, once.", flush=True)
        made = subprocess.run([uv, "venv", "-q", "--clear", str(FOLDER)], check=False)
        into = ["--python", str(FOLDER / "bin/python"), WAPITI]
        fetched = subprocess.run([uv, "pip", "install", "-q", *into], check=False)
        if made.returncode or fetched.returncode:
            print(f"{WAPITI} could not be fetched. Nothing was looked at.", file=sys.stderr)
            return None
    return scanner


def looked_at_ours(scanner: Path, options: argparse.Namespace) -> int:
    """How many holes were found in our own site, by everybody together."""
    count = 0
    with installation(demo=True) as installed:
        cookies = json.loads(installed.run("bench._scanned", str(options.people)).splitlines()[-1])
        with demo_site(installed) as address:
            for role in options.roles:
                found = holes(scanner, address, cookies.get(role), seconds=options.seconds)
                print(f"ours, as {role}: {said(found)}", flush=True)
                count += sum(map(len, found.values()))
    print(f"  goal: no hole in ours: {'met' if not count else f'NOT met, {count}'}")
    return count


@contextmanager
def demo_site(installed: Installation) -> Iterator[str]:
    """The site of a demo over http: a scanner has no certificate."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "zwerm.wsgi:application", "--threads", "4"]
    with (installed.folder / "site.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}", "--no-control-socket"],
            cwd=ROOT,
            env={**installed.settings, "PYTHONPATH": str(ROOT / "src")},
            start_new_session=True,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        stop(process)


def wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("The site did not start.")


def holes(
    scanner: Path, address: str, cookie: str | None = None, *, seconds: int
) -> dict[str, list[Any]]:
    """What the scanner calls a vulnerability, by its kind; never anything outside `address`."""
    with tempfile.TemporaryDirectory(prefix="zwerm-scan-") as name:
        folder = Path(name)
        stores = ["--store-session", f"{name}/s", "--store-config", f"{name}/c", "--no-bugreport"]
        bounds = ["--max-scan-time", str(seconds), "--max-attack-time", str(seconds // 2)]
        bounds += ["--scope", "folder", "-x", f"{address}account/sign-out/"]
        signed = ["-C", f"sessionid={cookie}", "--drop-set-cookie"] if cookie else []
        told_in = ["-f", "json", "-o", f"{name}/found.json", "-v", "0"]
        subprocess.run(
            [str(scanner), "-u", address, "-m", LOOKS, *stores, *bounds, *signed, *told_in],
            env={"HOME": name, "PATH": os.environ["PATH"]},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        told = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    return {kind: found for kind, found in told["vulnerabilities"].items() if found}


def said(found: dict[str, list[Any]]) -> str:
    lines = [
        f"\n    {kind}: {one['method']} {one['path']} {one['parameter']}"
        for kind, all_found in found.items()
        for one in all_found
    ]
    return f"{len(lines)} found{''.join(lines)}"


if __name__ == "__main__":
    run(main)
