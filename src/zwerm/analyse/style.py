"""The look of the product in one file: its tokens, its two faces, and the style of this page."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import zwerm

# Read as files: the room of the shell is not imported, only its colours and faces are shared.
STATIC = Path(zwerm.__file__).parent / "core/static/core"
PAGE = Path(__file__).with_name("page.css")

FACE = re.compile(r"@font-face \{.*?\}\n", re.DOTALL)
URL = re.compile(r'url\("([^"]+)"\)')


def stylesheet() -> str:
    """Everything the page needs, and no address outside it."""
    tokens = (STATIC / "tokens.css").read_text("utf-8")
    faces = [with_face_inside(face) for face in FACE.findall(tokens) if "-ext-" not in face]
    return "\n".join([*faces, FACE.sub("", tokens), PAGE.read_text("utf-8")])


def with_face_inside(rule: str) -> str:
    """The face itself in the place of its address."""
    return URL.sub(lambda found: f'url("{address_of(STATIC / found[1])}")', rule)


def address_of(font: Path) -> str:
    return f"data:font/woff2;base64,{base64.b64encode(font.read_bytes()).decode()}"
