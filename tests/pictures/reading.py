"""Reads a drawing back: its texts as rectangles, its shapes as numbers."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from zwerm.pictures.lettering import width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Said:
    words: str
    left: float
    top: float
    right: float
    bottom: float
    fill: str

    def meets(self, other: "Said") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 -- our own drawing


def sheet(svg: str) -> tuple[float, float]:
    _, _, wide, high = (float(part) for part in parsed(svg).attrib["viewBox"].split())
    return wide, high


def said(svg: str) -> list[Said]:
    return [_said(text) for text in parsed(svg).iter(f"{SVG}text")]


def words(svg: str) -> list[str]:
    return [text.words for text in said(svg)]


def _said(text: ET.Element) -> Said:
    size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
    wide = width(text.text or "", size, head=text.attrib.get("class") == "h")
    left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "start")]
    bounds = (left, y - 0.72 * size, left + wide, y + 0.2 * size)
    return Said(text.text or "", *bounds, text.attrib["fill"])


def bars(svg: str, token: str) -> list[tuple[float, float]]:
    """Left and right of every rectangle filled with a token, from left to right."""
    found = [
        (float(rect.attrib["x"]), float(rect.attrib["width"]))
        for rect in parsed(svg).iter(f"{SVG}rect")
        if rect.attrib["fill"].startswith(f"var(--{token},")
    ]
    return sorted((left, left + wide) for left, wide in found)


def rounds(svg: str, token: str) -> list[tuple[float, float, float]]:
    """x, y and radius of every circle filled with a token."""
    return [
        (float(circle.attrib["cx"]), float(circle.attrib["cy"]), float(circle.attrib["r"]))
        for circle in parsed(svg).iter(f"{SVG}circle")
        if circle.attrib["fill"].startswith(f"var(--{token},")
    ]


def birds(svg: str) -> list[tuple[float, float]]:
    """Where every bird is."""
    number = r"-?(?:\d+\.?\d*|\.\d+)"
    places = re.findall(rf"M({number})\s?({number})l", svg)
    return [(float(x), float(y)) for x, y in places]


def paths(svg: str) -> list[ET.Element]:
    return list(parsed(svg).iter(f"{SVG}path"))


def collisions(svg: str) -> list[tuple[str, str]]:
    """Pairs of texts that touch."""
    texts = said(svg)
    return [
        (one.words, other.words)
        for place, one in enumerate(texts)
        for other in texts[place + 1 :]
        if one.meets(other)
    ]


def outside(svg: str) -> list[str]:
    """Texts that stick out of the sheet."""
    wide, high = sheet(svg)
    return [
        text.words
        for text in said(svg)
        if text.left < -0.5 or text.top < -0.5 or text.right > wide + 0.5 or text.bottom > high
    ]
