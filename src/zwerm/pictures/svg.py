"""A sheet to draw on, and the two drawings every picture consists of."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from zwerm.pictures.palette import colour

TEXT_FACE = "Atkinson Hyperlegible Next Variable, Atkinson Hyperlegible, sans-serif"
HEAD_FACE = "Fraunces Variable, Fraunces, Georgia, serif"

WIDE = 920.0
NARROW = 356.0

Attribute = str | float | None


@dataclass(frozen=True)
class Words:
    """What a person who does not see the picture hears: a name, and what is to be seen."""

    title: str
    description: str


@dataclass(frozen=True)
class Picture:
    """The same picture drawn for a broad page and, anew, for a phone."""

    wide: str
    narrow: str


def number(value: float) -> str:
    """At most one decimal: fine enough for the eye, and the same on every machine.

    >>> number(12.04), number(-0.04), number(0.26)
    ('12', '0', '.3')
    """
    rounded = f"{value:.1f}"
    if rounded.endswith(".0"):
        rounded = rounded[:-2]
    if rounded == "-0":
        return "0"
    return rounded.replace("0.", ".", 1) if rounded.lstrip("-").startswith("0.") else rounded


def plain(words: str) -> str:
    """Text without the control characters that XML forbids."""
    return "".join(letter for letter in words if letter in "\t\n" or _is_allowed(letter))


def _is_allowed(letter: str) -> bool:
    point = ord(letter)
    return 0x20 <= point < 0xD800 or 0xE000 <= point < 0xFFFE or point > 0xFFFF


def tag(name: str, words: str | None = None, /, **attributes: Attribute) -> str:
    """One element; `stroke_width=2` becomes `stroke-width="2"`, `None` is left out.

    >>> tag("text", "a < b", x=1.25, font_size=None)
    '<text x="1.2">a &lt; b</text>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if words is None:
        return f"<{name}{written}/>"
    return f"<{name}{written}>{escape(plain(words))}</{name}>"


def _attribute(key: str, value: Attribute) -> str:
    if value is None:
        return ""
    shown = value if isinstance(value, str) else number(value)
    return f" {key.rstrip('_').replace('_', '-')}={quoteattr(plain(shown))}"


@dataclass
class Sheet:
    """Elements in the order in which they are laid down."""

    width: float
    height: float = 0.0
    parts: list[str] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        """Whether this is the drawing for a broad page."""
        return self.width > NARROW

    def add(self, name: str, words: str | None = None, /, **attributes: Attribute) -> None:
        """Lay one element on top of what is there."""
        self.parts.append(tag(name, words, **attributes))

    def line(self, x1: float, y1: float, x2: float, y2: float, **look: Attribute) -> None:
        """A straight line; a hair in the colour of decoration unless told otherwise."""
        look = {"stroke": colour("line"), "stroke_width": 1.0, **look}
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, **look)

    def circle(self, x: float, y: float, r: float, fill: str, **look: Attribute) -> None:
        """A round; `fill` is the name of a token."""
        self.add("circle", cx=x, cy=y, r=r, fill=colour(fill), **look)

    def bar(
        self, x1: float, x2: float, y: float, thick: float, fill: str, **look: Attribute
    ) -> None:
        """A bar with round ends from x1 to x2, its middle at y."""
        left, right = min(x1, x2), max(x1, x2)
        radius = min(thick, right - left) / 2
        look = {"rx": radius, **look}
        self.add(
            "rect",
            x=left,
            y=y - thick / 2,
            width=right - left,
            height=thick,
            fill=colour(fill),
            **look,
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 15.0,
        fill: str = "ink",
        anchor: str = "start",
        weight: float | None = None,
        **look: Attribute,
    ) -> None:
        """One line of text, its baseline at y."""
        self.add(
            "text",
            words,
            x=x,
            y=y,
            font_size=size,
            fill=colour(fill),
            text_anchor=None if anchor == "start" else anchor,
            font_weight=weight,
            **look,
        )

    def head(self, x: float, y: float, words: str, size: float) -> None:
        """One line in the face of the headings."""
        self.add(
            "text",
            words,
            class_="h",
            x=x,
            y=y,
            font_size=size,
            fill=colour("ink"),
            font_family=HEAD_FACE,
            font_weight=450.0,
        )

    def grow(self, height: float) -> None:
        """Make the sheet at least this high."""
        self.height = max(self.height, height)

    def svg(self, words: Words) -> str:
        """The drawing as an image with a name, valid alone and inside a page."""
        kind = "only-wide" if self.is_wide else "only-narrow"
        box = f"0 0 {number(self.width)} {number(max(self.height, 1.0))}"
        opening = (
            f'<svg class="fig {kind}" xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
            f'role="img" font-family="{TEXT_FACE}">'
        )
        # Read in the order of drawing, the words inside say something else than the picture does.
        inner = f'<g aria-hidden="true">{"".join(self.parts)}</g>'
        return opening + spoken(words) + inner + "</svg>"


def spoken(words: Words) -> str:
    """The name and the description, as the first children of an image."""
    return tag("title", words.title) + tag("desc", words.description)
