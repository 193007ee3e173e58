"""What Zwerm is built from may be given away under the AGPL, and comes from the public indexes."""

from __future__ import annotations

import importlib.metadata
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from tools.checks.tree import ROOT

COMPATIBLE = {
    "0BSD",
    "AGPL-3.0-or-later",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "GPL-2.0-or-later",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "OFL-1.1",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
}
"""Licences (SPDX) whose code may be part of a work under AGPL-3.0-or-later."""

FOR_TOOLS = COMPATIBLE | {"CNRI-Python"}
"""A tool of developers runs beside Zwerm and is never given away with it: any free licence."""

OTHER_NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}

READ_BY_HAND = {
    # Its own data says "GPL" without a version; the sources say version 2 or any later.
    "igraph": "GPL-2.0-or-later",
    # No data; its file LICENSE is MIT.
    "axe-playwright-python": "MIT",
    # Locked for other systems than this, so their data are not here to be read.
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}

PYTHON_HOSTS = {"pypi.org", "files.pythonhosted.org"}
FRONTEND_HOSTS = {"registry.npmjs.org"}


def python_lock() -> dict[str, dict[str, Any]]:
    """The locked packages by name."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    return {package["name"]: package for package in lock["package"]}


def frontend_lock() -> dict[str, dict[str, Any]]:
    content = (ROOT / "frontend/package-lock.json").read_text(encoding="utf-8")
    packages: dict[str, dict[str, Any]] = json.loads(content)["packages"]
    return {name: package for name, package in packages.items() if name}


def licence_faults() -> list[str]:
    """Locked packages whose licence does not fit, or is not known."""
    locked = python_lock()
    product = closure(locked, "zwerm")
    python = {name: licence_of(name) for name in locked}
    frontend = {name: entry.get("license", "") for name, entry in frontend_lock().items()}
    return [
        *unfit({name: word for name, word in python.items() if name in product}, COMPATIBLE),
        *unfit({name: word for name, word in python.items() if name not in product}, FOR_TOOLS),
        *unfit(frontend, COMPATIBLE),
    ]


def closure(locked: Mapping[str, Mapping[str, Any]], name: str) -> set[str]:
    """A package with everything it stands on, whatever the system or the extra."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [needed["name"] for needed in needs(locked[name])]
    return found


def needs(package: Mapping[str, Any]) -> list[dict[str, Any]]:
    extras: dict[str, list[dict[str, Any]]] = package.get("optional-dependencies", {})
    return [
        *package.get("dependencies", []),
        *(need for extra in extras.values() for need in extra),
    ]


def unfit(licences: Mapping[str, str], allowed: set[str]) -> list[str]:
    return [
        f"{name}: {licence or 'licence unknown'}"
        for name, licence in sorted(licences.items())
        if not is_allowed(licence, allowed)
    ]


def is_allowed(expression: str, allowed: set[str]) -> bool:
    """True when one of the alternatives consists of nothing but allowed licences."""
    alternatives = re.sub(r"[()]", "", expression).split(" OR ")
    return any(set(words.split(" AND ")) <= allowed for words in alternatives)


def licence_of(name: str) -> str:
    """The licence as an SPDX expression; empty when it cannot be known."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    try:
        described = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    if expression := described.get_all("License-Expression"):
        return str(expression[0])
    classifiers = described.get_all("Classifier") or []
    named = [word.rpartition(" :: ")[2] for word in classifiers if word.startswith("License ::")]
    # Several of them are a choice; the field of old is used when there is none.
    return " OR ".join(spdx(named or described.get_all("License") or [""]))


def spdx(names: Iterable[str]) -> list[str]:
    return [OTHER_NAMES.get(name, name) for name in names]


def host_faults() -> list[str]:
    """Addresses in a lock file that the public cannot reach."""
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    resolved = " ".join(entry.get("resolved", "") for entry in frontend_lock().values())
    return [
        *strange_hosts("uv.lock", text, PYTHON_HOSTS),
        *strange_hosts("frontend/package-lock.json", resolved, FRONTEND_HOSTS),
    ]


def strange_hosts(file: str, text: str, public: set[str]) -> list[str]:
    hosts = {urlsplit(address).hostname for address in re.findall(r"\w+://[^\s\"']+", text)}
    return [f"{file} names {host}" for host in sorted(map(str, hosts - public))]
