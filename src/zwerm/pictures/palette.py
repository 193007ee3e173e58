"""The colours of the pictures: the names of the design tokens, each with its light value."""

import re
from collections.abc import Mapping

TOKENS: dict[str, str] = {
    "paper": "#FAF7F1",
    "sunk": "#F1ECE1",
    "ink": "#1A262D",
    "ink-soft": "#4C5B63",
    "line": "#DDD6C8",
    "edge": "#857C6B",
    "teal": "#0B6B6B",
    "teal-mid": "#468985",
    "teal-wash": "#DCEBE8",
    "on-teal": "#FFFFFF",
    "saffron": "#A9520A",
    "context": "#8A8272",
    "band": "#CFE3E0",
    "band-edge": "#468985",
    "doubt": "#93C2BC",
    "bird": "#1A262D",
    "pic-blue": "#0072B2",
    "pic-vermillion": "#C2500A",
    "pic-purple": "#9A4A7C",
}

_VARIABLE = re.compile(r"var\(--([a-z-]+),\s*(#[0-9A-Fa-f]{3,8})\)")


def colour(name: str) -> str:
    """A paint that follows the theme of the page and stands alone as well.

    >>> colour("teal")
    'var(--teal,#0B6B6B)'
    """
    return f"var(--{name},{TOKENS[name]})"


def for_print(svg: str, tokens: Mapping[str, str] | None = None) -> str:
    """The same drawing for an engine without `var()`: on white paper unless told otherwise.

    `tokens` overrides single colours, for a board with a house style of its own.

    >>> for_print('<path fill="var(--teal,#0B6B6B)"/><path fill="var(--paper,#FAF7F1)"/>')
    '<path fill="#0B6B6B"/><path fill="#FFFFFF"/>'
    """
    chosen = {"paper": "#FFFFFF", **(tokens or {})}
    return _VARIABLE.sub(lambda found: chosen.get(found[1], found[2]), svg)
