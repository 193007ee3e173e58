"""How the house is built: short files, short functions, rooms that say what they hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from statistics import median, quantiles

from tools.checks.tree import project_files, text_of, written_here

LONGEST_FILE = 400
HALF_UNDER = 8
NINE_IN_TEN_UNDER = 36
ROOMS_OF_NOTHING = {"utils", "helpers", "services", "managers", "signals"}

# Put together from parts, or this file would be the first to be found.
MACHINE_PATH = re.compile("/(?:work|tmp|root|Users)" + "/")
UNFINISHED = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX"]) + r")\b")
NO_CHECK = re.compile(
    "|".join(
        [
            r"\bassert " + "True$",
            r"# type: " + r"ignore$",
            r"# no" + r"qa$",
            r"pytest\." + r"skip\(\s*\)",
            r"@pytest\.mark\.(?:skip|xfail)(?:\(\s*\))?$",
        ]
    )
)
WORDS = {
    "a path of one machine": MACHINE_PATH,
    "a mark of unfinished work": UNFINISHED,
    "a check that does not check, or an exception without its reason": NO_CHECK,
}


@dataclass(frozen=True, slots=True)
class Function:
    """A function and the lines it takes, from its `def` to its end."""

    name: str
    path: PurePosixPath
    line: int
    lines: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name} ({self.lines} lines)"


def long_files() -> list[str]:
    """Files of more than 400 lines."""
    lengths = {
        path: text_of(path).count("\n")
        for path in written_here(".py", ".html", ".css", ".js", ".sh", ".mjs")
    }
    return [
        f"{path} has {lines} lines; split it by noun"
        for path, lines in lengths.items()
        if lines > LONGEST_FILE
    ]


def long_functions() -> list[str]:
    """Half of the functions under 8 lines, nine in ten under 36: else the longest are named."""
    found = [
        function
        for path in written_here(".py")
        if path.parts[0] == "src"
        for function in functions_of(path, text_of(path))
    ]
    return quantile_faults(found)


def quantile_faults(found: list[Function]) -> list[str]:
    lengths = [function.lines for function in found]
    faults = []
    if median(lengths) >= HALF_UNDER:
        faults.append(f"the median is {median(lengths):g} lines, it must be under {HALF_UNDER}")
    if (tenth := quantiles(lengths, n=10)[-1]) >= NINE_IN_TEN_UNDER:
        faults.append(f"a tenth is {tenth:g} lines or more, it must be under {NINE_IN_TEN_UNDER}")
    longest = sorted(found, key=lambda function: -function.lines)[:12]
    return [*faults, *(f"long: {function}" for function in longest)] if faults else []


def functions_of(path: PurePosixPath, source: str) -> Iterator[Function]:
    """Every function and method of a module, also those inside others."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Function(node.name, path, node.lineno, lines)


def rooms_of_nothing() -> list[str]:
    """Files and folders whose name does not say what is in them."""
    return nameless(written_here(".py", ".js", ".mjs"))


def nameless(paths: Iterable[PurePosixPath]) -> list[str]:
    return [
        f"{path}: say what it is, or put it where it is used"
        for path in paths
        if {path.stem, *path.parent.parts} & ROOMS_OF_NOTHING
    ]


def untidy_text() -> list[str]:
    """Tabs, spaces at the end of a line, no end of line at the end of a file."""
    return [f"{path}: ./zwerm fix mends it" for path in written_text() if is_untidy(text_of(path))]


def written_text() -> list[PurePosixPath]:
    return written_here(".html", ".css", ".js", ".mjs", ".md", ".yaml", ".toml", ".po", ".sh")


def is_untidy(text: str) -> bool:
    return tidied(text) != text


def tidied(text: str) -> str:
    lines = [line.rstrip().replace("\t", "  ") for line in text.rstrip().split("\n")]
    return "\n".join(lines) + "\n" if text.strip() else ""


NO_TEXT = {".lock", ".woff2", ".png", ".ico", ".xls"}


def unwanted_words() -> list[str]:
    """Paths of one machine, marks of unfinished work, exceptions without their reason."""
    return [
        fault
        for path in project_files()
        if "vendor" not in path.parts and path.suffix not in NO_TEXT
        for fault in unwanted_words_of(path, text_of(path))
    ]


def unwanted_words_of(path: PurePosixPath, text: str) -> list[str]:
    return [
        f"{path}:{number} has {what}"
        for number, line in enumerate(text.splitlines(), start=1)
        for what, pattern in WORDS.items()
        if pattern.search(line.rstrip())
    ]
