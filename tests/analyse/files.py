"""Small files of somebody's own, and the command run on them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from zwerm.analyse import command


def put(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def put_ties(folder: Path, *lines: str) -> Path:
    """ties.csv with source and target, or with the headings that the first line gives."""
    has_headings = lines and lines[0].startswith("source")
    return put(folder, "ties.csv", *([] if has_headings else ["source,target"]), *lines)


def put_people(folder: Path, *lines: str) -> Path:
    has_headings = lines and lines[0].startswith("id")
    return put(folder, "people.csv", *([] if has_headings else ["id"]), *lines)


def figures(folder: Path, *options: str | Path) -> Any:
    """The JSON that the command makes; the command must succeed."""
    out = folder / "figures.json"
    assert command.main([*map(str, options), "--language=en", "--json", str(out)]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def only_network(folder: Path, *options: str | Path) -> Any:
    return figures(folder, *options)["networks"]["all"]


def refusal(capsys, *options: str | Path) -> str:
    """What the command says when it refuses: one sentence, and that nothing was written."""
    assert command.main([*map(str, options), "--language=en"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    *lines, last = said.err.splitlines()
    assert last == "Nothing was written."
    return "\n".join(lines)
