"""A scanner is believed only when it finds the holes that were planted."""

from __future__ import annotations

import http.client
import subprocess
import sys
from urllib.parse import urlsplit

from bench._leaky import leaky_site
from bench.scanners import said
from tools import benching


def asked(address, path):
    """Status, headers and page, without going where one is sent."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read()
    connection.close()
    return answer.status, answer.getheader("Location"), page


def test_the_site_with_holes_has_them():
    with leaky_site() as address:
        assert b"<b>x</b>" in asked(address, "/?q=%3Cb%3Ex%3C/b%3E")[2]
        assert asked(address, "/go?to=//evil.example")[:2] == (302, "//evil.example")


BLIND = """#!/bin/sh
while [ "$1" != "-o" ]; do shift; done
echo '{"vulnerabilities": {"Open Redirect": []}}' > "$2"
"""


def test_a_scanner_that_finds_nothing_is_not_believed(tmp_path):
    blind = tmp_path / "wapiti"
    blind.write_text(BLIND, encoding="utf-8")
    blind.chmod(0o700)
    done = subprocess.run(
        [sys.executable, "-m", "tools.benching", "scanners", "--wapiti", str(blind)],
        cwd=benching.FOLDER.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == [
        "a site with holes: 0 found",
        "It must find Open Redirect and Reflected Cross Site Scripting. Ours was not looked at.",
    ]


def test_each_hole_is_told_with_its_place():
    found = {"Open Redirect": [{"method": "GET", "path": "/go", "parameter": "to"}]}
    assert said(found) == "1 found\n    Open Redirect: GET /go to"
    assert said({}) == "0 found"
