"""What the look promises: contrast, a small first load, files of others that match the lock."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/zwerm/core/static/core"
VENDOR = STATIC / "vendor"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
FIRST_LOAD_LIMIT = 150_000
PAGE_ALLOWANCE = 11_000
"""The heaviest page, the start page with its two flocks, compressed."""

GROUNDS = ("paper", "surface", "sunk")
TEXT = [(ink, ground) for ink in ("ink", "ink-soft", "teal", "saffron") for ground in GROUNDS]
TEXT += [(ink, ground) for ink in ("good", "warn", "bad") for ground in GROUNDS]
TEXT += [
    ("on-teal", "teal"),
    ("on-teal", "teal-strong"),
    ("teal-strong", "teal-wash"),
    ("ink", "teal-wash"),
    ("ink", "saffron-wash"),
    ("saffron", "saffron-wash"),
    ("warn", "saffron-wash"),
    ("ink-soft", "bad-wash"),
    ("bad", "bad-wash"),
    ("paper", "bad"),
    ("ink", "face"),
]
GRAPHICS = [
    (mark, ground)
    for mark in ("edge", "context", "pic-blue", "pic-vermillion", "pic-green", "pic-purple", "bird")
    for ground in GROUNDS
]
GRAPHICS += [("teal-mid", "paper"), ("teal-mid", "surface")]


def block(start: str) -> dict[str, str]:
    """The custom properties of the first rule at or after `start`."""
    rule = TOKENS[TOKENS.index(start) :]
    rule = rule[rule.index("{\n  ") if rule.startswith(":root") else rule.index(":root") :]
    return dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", rule[: rule.index("}")]))


LIGHT = block(":root {")
DARK = block(':root[data-theme="dark"] {')
DARK_BY_PREFERENCE = block("@media (prefers-color-scheme: dark)")
PRINT = block("@media print")


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2 of a `#RRGGBB` colour."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_text_stands_out_from_every_ground(theme):
    faint = [
        f"{ink} on {ground}: {contrast(theme[ink], theme[ground]):.2f}"
        for ink, ground in TEXT
        if contrast(theme[ink], theme[ground]) < 4.5
    ]
    assert faint == []


@pytest.mark.parametrize("theme", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_graphics_and_edges_of_controls_stand_out_from_every_ground(theme):
    faint = [
        f"{mark} on {ground}: {contrast(theme[mark], theme[ground]):.2f}"
        for mark, ground in GRAPHICS
        if contrast(theme[mark], theme[ground]) < 3
    ]
    assert faint == []


def test_dark_by_switch_equals_dark_by_preference():
    assert DARK == DARK_BY_PREFERENCE


def test_every_colour_has_a_value_in_each_theme():
    colours = {name for name, value in LIGHT.items() if value.startswith("#")}
    assert colours == {name for name, value in DARK.items() if value.startswith("#")}
    assert colours == {name for name, value in PRINT.items() if value.startswith("#")}


def test_every_custom_property_that_is_used_is_a_token():
    used = {
        name
        for sheet in STATIC.glob("*.css")
        for name in re.findall(r"var\(--([a-z0-9-]+)", sheet.read_text(encoding="utf-8"))
    }
    assert used - set(LIGHT) == set()


def test_colours_are_written_in_the_tokens_only():
    # paper.css is read by a PDF engine, which knows no theme: it repeats the light colours.
    sheets = [
        sheet for sheet in STATIC.glob("*.css") if sheet.name not in {"tokens.css", "paper.css"}
    ]
    written = {
        sheet.name: re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheet.read_text("utf-8"))
        for sheet in sheets
    }
    assert written == {sheet.name: [] for sheet in sheets}
    paper = (STATIC / "paper.css").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9A-F]{6}", paper)) <= set(LIGHT.values())


def test_no_style_sheet_is_longer_than_400_lines_or_fetches_from_elsewhere():
    for sheet in STATIC.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, sheet.name
        assert re.findall(r"@import|//[a-z]|url\(\s*[\"']?https?:", text) == [], sheet.name


def test_every_file_a_style_sheet_asks_for_is_there():
    asked = re.findall(r'url\("([^"]+)"\)', TOKENS)
    assert len(asked) == 4
    assert [name for name in asked if not (STATIC / name).is_file()] == []


def test_the_first_load_stays_under_150_kilobytes():
    """All that a page of the shell fetches; -ext fonts come only with names that need them."""
    document = (ROOT / "src/zwerm/core/templates/core/document.html").read_text(encoding="utf-8")
    sheets = (ROOT / "src/zwerm/core/templates/core/stylesheets.html").read_text(encoding="utf-8")
    names = set(re.findall(r'static "core/([^"]+)"', document + sheets))
    names |= {name for name in re.findall(r'url\("([^"]+)"\)', TOKENS) if "-ext-" not in name}
    weights = {name: weight(STATIC / name) for name in names}
    assert len([name for name in names if name.endswith(".woff2")]) == 2
    assert sum(weights.values()) + PAGE_ALLOWANCE < FIRST_LOAD_LIMIT, weights


def weight(file: Path) -> int:
    """The bytes that travel: text compressed, fonts as they are."""
    content = file.read_bytes()
    return len(content) if file.suffix == ".woff2" else len(gzip.compress(content, 9))


def test_vendor_files_are_those_the_lock_names():
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))
    listed = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    assert set(listed) == set(wanted["dependencies"])
    for name, entry in listed.items():
        locked = lock["packages"][f"node_modules/{name}"]
        assert wanted["dependencies"][name] == locked["version"] == entry["version"]
        assert locked["integrity"] == entry["integrity"]


def test_vendor_files_are_unchanged_and_none_is_there_unlisted():
    listed = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    promised = {path: sha for entry in listed.values() for path, sha in entry["files"].items()}
    found = {
        file.relative_to(VENDOR).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    assert found == promised


def test_the_lock_names_no_host_and_a_hash_for_every_package():
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) == 3
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_our_scripts_need_no_permission_beyond_self():
    for script in STATIC.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert re.findall(r"\beval\(|new Function|innerHTML|document\.write|https?://", text) == []
