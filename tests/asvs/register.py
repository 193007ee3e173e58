"""Reads docs/admin/asvs.md, and says what is wrong with it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache

from tools.checks.tree import ROOT

from tests.asvs.requirements import asked

PAGE = "docs/admin/asvs.md"
VERDICTS = ("test", "setting", "paper", "open", "n/a")
LEAST_TESTED = 0.7
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (\S+) \| (.+) \|$", re.MULTILINE)
IN_CODE = re.compile(r"`([^`]+)`")
SETTING = re.compile(r"ZWERM_\w+|DATABASE_URL")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the register says of one requirement."""

    name: str
    asks: str
    word: str
    said: str

    @property
    def named(self):
        return IN_CODE.findall(self.said)


def read(text):
    return [Verdict(*found) for found in ROW.findall(text)]


def faults(verdicts):
    """Each fault in a sentence; none for a register that holds."""
    names = [one.name for one in verdicts]
    missing = [name for name in asked() if name not in names]
    strange = [name for name in names if name not in asked() or names.count(name) > 1]
    found = [f"{name} has no verdict" for name in missing]
    found += [f"{name} is asked by nobody, or twice" for name in dict.fromkeys(strange)]
    return found + [fault for one in verdicts for fault in of_one(one)] + too_few(verdicts)


def of_one(one):
    if one.word not in VERDICTS:
        return [f"{one.name}: {one.word} is no verdict"]
    if one.word in {"open", "n/a"}:
        return [] if len(one.said) >= len("No SAML.") else [f"{one.name} gives no reason"]
    if not one.named:
        return [f"{one.name} names nothing"]
    is_there = test_is_there if one.word == "test" else thing_is_there
    return [f"{one.name}: {name} is not there" for name in one.named if not is_there(name)]


def too_few(verdicts):
    tested, applicable = counted(verdicts)
    if tested >= LEAST_TESTED * applicable:
        return []
    return [f"only {tested} of {applicable} that apply are tested"]


def counted(verdicts):
    """How many are tested, of how many that apply."""
    apply = [one for one in verdicts if one.word != "n/a"]
    return sum(one.word == "test" for one in apply), len(apply)


def test_is_there(name):
    """`file.py::function`, from the folder tests, where pytest finds it."""
    path, _colons, function = name.partition("::")
    file = ROOT / "tests" / path
    is_test = file.name.startswith("test_") and function.startswith("test_")
    return is_test and file.is_file() and function in functions_of(file)


@cache
def functions_of(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def thing_is_there(name):
    """A setting that is documented, or a file of the project."""
    if SETTING.fullmatch(name):
        documented = (ROOT / "docs/admin/settings.md").read_text(encoding="utf-8")
        return f"| `{name}` |" in documented
    return (ROOT / name).is_file()
