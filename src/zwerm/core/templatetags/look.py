"""Template tags for the look: icons, the mark, flocks, initials, progress, files on disk."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_CORE = Path(__file__).resolve().parent.parent
_ICONS = _CORE / "static" / "core" / "icons"
_ART = _CORE / "templates" / "core" / "art"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FRAME = re.compile(r"</?svg\b[^>]*>")
_PARTICLE = re.compile(
    "aan|al|bij|da|de|del|den|der|di|el|het|in|la|le|op|'t|te|ten|ter|tot|van|von|y", re.IGNORECASE
)
"""A part of a surname that gives no initial."""


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """The icon `name` as inline SVG. It says nothing to a screen reader: words stand beside it.

    Example: `{% icon "scan" %}`, `{% icon "check" "icon-s" %}`.
    """
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{}</svg>',
        f"icon {css}".strip(),
        _strokes(name),
    )


@register.simple_tag
def mark() -> SafeString:
    """The mark: a wing of birds, one ahead. Ornament: the name stands beside it."""
    return _drawing("mark")


@register.simple_tag
def flock(name: str) -> SafeString:
    """An ornamental flock (`start-wide`, `start-narrow`, `thanks-wide`, `thanks-narrow`)."""
    return _drawing(f"flock-{name}")


@register.filter
def initials(name: str) -> str:
    """At most two letters for a name: the first name and the surname, without its particles.

    Example:
        >>> initials("Sanne van der Bos"), initials("Jamie"), initials("")
        ('SB', 'J', '')
    """
    words = str(name).split()
    firm = [word for word in words if not _PARTICLE.fullmatch(word)] or words
    letters = [_first_letter(word) for word in (firm[:1] + firm[-1:] if len(firm) > 1 else firm)]
    return "".join(letters).upper()


@register.inclusion_tag("core/progress.html")
def progress(value: float, maximum: float, label: str, said: str = "") -> dict[str, object]:
    """A progress line. `label` is read aloud; `said` is shown beside it ("4 minutes left")."""
    return {"value": value, "maximum": maximum, "label": label, "said": said}


@register.simple_tag
def static_file(path: str) -> str:
    """The address of a static file on this disk, for a PDF that is made without a server.

    Raises:
        ValueError: no app has that file.
    """
    found = finders.find(path)
    if not isinstance(found, str):
        raise ValueError(f"no static file {path!r}")
    return Path(found).as_uri()


def _first_letter(word: str) -> str:
    return next((letter for letter in word if letter.isalnum()), "")


@lru_cache(maxsize=256)
def _strokes(name: str) -> SafeString:
    return _trusted(_FRAME.sub("", _read(_ICONS, name)))


@lru_cache(maxsize=32)
def _drawing(name: str) -> SafeString:
    return _trusted(_read(_ART, name))


def _read(folder: Path, name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a drawing")
    return (folder / f"{name}.svg").read_text(encoding="utf-8").strip()


def _trusted(drawing: str) -> SafeString:
    # Only files of this package come here; nobody's input does.
    return mark_safe(drawing)  # noqa: S308
