"""Two servers and two workers on one PostgreSQL, behind nginx; one server is killed under load."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import psycopg
from tools.postgres import as_superuser, free_port, throwaway_postgres

from bench._namespaces import Machine, can_be_made, network
from bench.answer import crowd, plans_of
from bench.installation import ROOT, Installation, installation, run, stop
from bench.machine import describe_machine

NAMES = ("visitors", "one", "two")
SECONDS_TO_START = 120
TASKS = 20
"""How often the same work is put in the queue, for both workers to take from."""

READY = """
import sys, time, urllib.request
until = time.monotonic() + float(sys.argv[2])
while True:
    try:
        urllib.request.urlopen(sys.argv[1], timeout=5).read()
        break
    except OSError:
        if time.monotonic() > until:
            raise
        time.sleep(0.2)
"""

NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
    log_format upstream '$status $upstream_addr';
    access_log {folder}/asked.log upstream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream zwerm {{
        server {one} fail_timeout=2s;
        server {two} fail_timeout=2s;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://zwerm;
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-Proto https;
            proxy_set_header X-Forwarded-For $remote_addr;
        }}
    }}
}}
"""


def main() -> int:
    options = read_options()
    if not shutil.which("nginx"):
        raise SystemExit("This needs nginx: apt-get install nginx-light")
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    is_apart = can_be_made()
    apart = network(NAMES) if is_apart else nullcontext(dict.fromkeys(NAMES, HERE))
    where = "each in a network namespace of its own" if is_apart else "on ports of one machine"
    print(f"servers         {where}{'' if is_apart else ' (namespaces need root)'}", flush=True)
    with (
        apart as machines,
        throwaway_postgres(is_durable=True) as url,
        installation(database=by_socket(url)) as installed,
    ):
        told = measure(installed, machines, options)
    print(sentence(told), flush=True)
    return 0 if is_sound(told) else 1


HERE = Machine((), "127.0.0.1")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench servers", description=__doc__)
    parser.add_argument("--people", type=int, default=60, help="how many answer (60)")
    parser.add_argument("--kill-after", type=int, default=600, help="requests before (600)")
    return parser.parse_args()


def by_socket(url: str) -> str:
    """The same database by its socket: a folder is reached from every network namespace."""
    with psycopg.connect(as_superuser(url)) as connection:
        row = connection.execute("SHOW unix_socket_directories").fetchone()
    assert row
    start, _at, place = url.rpartition("@")
    port, _slash, name = place.rpartition(":")[2].partition("/")
    return f"{start}@/{name}?host={row[0]}&port={port}"


def measure(
    installed: Installation, machines: dict[str, Machine], options: argparse.Namespace
) -> dict[str, Any]:
    """Everybody answers; in the middle of it the first server is gone at once."""
    installed.settings["ZWERM_PROXIES"] = ",".join({one.address for one in machines.values()})
    installed.run("zwerm.cli", "migrate")
    begun = json.loads(installed.run("bench._answers", "begin", str(options.people)))
    with ExitStack() as running:
        places = {}
        for name in ("one", "two"):
            places[name] = f"{machines[name].address}:{free_port()}"
            site = program(installed, machines[name], "serve", "--bind", places[name])
            process = running.enter_context(site)
            wait_until_ready(installed, machines["visitors"], places[name], process)
            running.enter_context(program(installed, machines[name], "worker"))
            if name == "one":
                victim = process
        installed.run("bench._servers", "queue", str(TASKS))
        port = running.enter_context(proxy(installed.folder, machines["visitors"], places))
        return answered(installed, machines["visitors"], victim, port, begun, options, places)


@contextmanager
def program(
    installed: Installation, machine: Machine, *words: str
) -> Iterator[subprocess.Popen[bytes]]:
    """One of our programs on one of the machines, for as long as the block lasts."""
    log = installed.folder / f"{words[0]}-{free_port()}.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*machine.prefix, sys.executable, "-m", "zwerm.cli", *words],
            cwd=ROOT,
            env=installed.settings,
            start_new_session=True,
            stdout=written,
            stderr=written,
        )
    try:
        yield process
    finally:
        stop(process)


def wait_until_ready(
    installed: Installation, machine: Machine, place: str, process: subprocess.Popen[bytes]
) -> None:
    address = f"http://{place}/health/ready"
    command = [*machine.prefix, sys.executable, "-c", READY, address, str(SECONDS_TO_START)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or process.poll() is not None:
        logs = "".join(log.read_text(errors="replace") for log in installed.folder.glob("*.log"))
        raise SystemExit(f"A server did not start: {done.stderr[-300:]}\n{logs[-3000:]}")


@contextmanager
def proxy(folder: Path, machine: Machine, places: dict[str, str]) -> Iterator[int]:
    """nginx before both servers, among the visitors; its port."""
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port, **places), encoding="utf-8")
    command = [*machine.prefix, "nginx", "-e", f"{folder}/nginx.log", "-c", str(configuration)]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        yield port
    finally:
        stop(process)


def answered(
    installed: Installation,
    visitors: Machine,
    victim: subprocess.Popen[bytes],
    port: int,
    begun: dict[str, Any],
    options: argparse.Namespace,
    places: dict[str, str],
) -> dict[str, Any]:
    """Let everybody answer, kill, and compare the closed scan with what was acknowledged."""
    plans, journals = plans_of(installed.folder, port, begun, length=0, tries=60)
    asked = installed.folder / "asked.log"
    with crowd(plans, journals, visitors.prefix) as processes:
        before = kill_when(asked, options.kill_after, victim, processes)
        said = [json.loads(process.communicate()[0]) for process in processes]
    lines = asked.read_text(encoding="ascii").splitlines()
    return {
        "done": sum(one["done"] for one in said),
        "people": options.people,
        "faults": [fault for one in said for fault in one["faults"]],
        "asked": {name: sum(place in line for line in lines) for name, place in places.items()},
        "before": before,
        "after": len(lines) - before,
        "broken": sum(not line.startswith(("2", "3")) for line in lines),
        **json.loads(installed.run("bench._servers", "end", *map(str, journals))),
    }


def kill_when(
    asked: Path, count: int, victim: subprocess.Popen[bytes], crowd: list[subprocess.Popen[str]]
) -> int:
    """Kill a server with all its processes after so many requests; how many there were then."""
    while any(process.poll() is None for process in crowd):
        lines = asked.read_bytes().count(b"\n") if asked.exists() else 0
        if lines >= count:
            os.killpg(victim.pid, signal.SIGKILL)
            return lines
        time.sleep(0.02)
    raise SystemExit("Everybody was done before a server was killed: choose --kill-after smaller.")


def is_sound(told: dict[str, Any]) -> bool:
    """Everybody got through, nothing acknowledged is lost, and no work was done twice."""
    got_through = told["done"] == told["people"] and not told["faults"] and told["after"]
    both = all(told["asked"].values()) and told["workers"] == 2
    return bool(got_through and both and not (told["lost"] or told["twice"] or told["unmailed"]))


def sentence(told: dict[str, Any]) -> str:
    lines = [
        f"requests        {told['before']} before the kill, {told['after']} after it; "
        + ", ".join(f"{count} to server {name}" for name, count in told["asked"].items()),
        f"people          {told['done']} of {told['people']} got to the end; "
        f"{told['broken']} answers were broken off and asked for again",
        f"acknowledged    {told['acknowledged']} answers; lost {len(told['lost'])}",
        f"work            {told['tasks']} tasks by {told['workers']} workers; "
        f"done twice {told['twice']}; mails {told['mails']}, lacking {told['unmailed']}",
        *(f"FAULT           {fault}" for fault in told["faults"][:5]),
        *(f"LOST            {key}" for key in told["lost"][:5]),
        f"goal            nothing lost, nothing twice, everybody through: "
        f"{'met' if is_sound(told) else 'NOT met'}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    run(main)
