"""Machines of a small network of their own: namespaces of Linux, joined by one switch.

Nothing of it can be reached from outside this machine, nor from its other programs.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a program runs: what stands before its command, and its address."""

    prefix: tuple[str, ...]
    address: str


def can_be_made() -> bool:
    """Only root may make them, and only with iproute2."""
    if os.geteuid() or not shutil.which("ip"):
        return False
    name = f"zwerm-{secrets.token_hex(3)}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
    if made.returncode:
        return False
    ip("netns", "del", name)
    return True


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def network(names: Sequence[str]) -> Iterator[dict[str, Machine]]:
    """So many machines that reach each other; gone when the block ends."""
    mark = f"zw{secrets.token_hex(2)}"
    spaces = [f"{mark}-{name}" for name in ("switch", *names)]
    try:
        for space in spaces:
            ip("netns", "add", space)
            ip("-n", space, "link", "set", "lo", "up")
        ip("-n", spaces[0], "link", "add", "bridge", "type", "bridge")
        ip("-n", spaces[0], "link", "set", "bridge", "up")
        yield {
            name: plugged_in(spaces[0], space, number)
            for number, (name, space) in enumerate(zip(names, spaces[1:], strict=True), start=1)
        }
    finally:
        for space in spaces:
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)


def plugged_in(switch: str, space: str, number: int) -> Machine:
    """A cable from this machine to the switch."""
    address = f"10.77.0.{number}"
    cable = ("link", "add", "eth0", "netns", space, "type", "veth", "peer", "name")
    ip(*cable, f"port{number}", "netns", switch)
    ip("-n", switch, "link", "set", f"port{number}", "master", "bridge", "up")
    ip("-n", space, "addr", "add", f"{address}/24", "dev", "eth0")
    ip("-n", space, "link", "set", "eth0", "up")
    return Machine(("ip", "netns", "exec", space), address)
