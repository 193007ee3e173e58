"""Reports and posters on paper: the same sentences and pictures, as PDF."""

from __future__ import annotations

import atexit
import gc
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from threading import Lock
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from zwerm.core.templatetags.look import static_file
from zwerm.pictures.ornament import ornament_flock
from zwerm.pictures.palette import for_print
from zwerm.scans import library
from zwerm.scans.models import Scan
from zwerm.scans.report_page import compose

STYLES = ("core/tokens.css", "core/base.css", "core/report.css", "core/paper.css")
PARTS = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class NoPrinter(Exception):
    """The libraries that make a PDF are not on this machine. The message says what to install."""

    def __init__(self) -> None:
        words = _(
            "This machine cannot make a PDF. Nothing is lost. Who runs it installs: %(parts)s"
        )
        super().__init__(words % {"parts": PARTS})


def print_snapshot(snapshot: dict[str, Any], kind: str, language: str) -> bytes:
    """The report or its poster of one snapshot in one language, as PDF."""
    return pdf_of(snapshot_page(snapshot, kind, language))


def snapshot_page(snapshot: dict[str, Any], kind: str, language: str) -> str:
    """The page that is printed of it: from the snapshot and from nothing else."""
    with override(language):
        context = {
            "page": compose(snapshot, language, printed=True),
            "snapshot": snapshot,
            "language": language,
            "flock": ornament(11 if kind == "report" else 12),
            "guides": library.load_guides(),
        }
        return render_to_string(f"scans/print_{kind}.html", context)


def print_invitation(scan: Scan, language: str, placeholders: dict[str, str]) -> bytes:
    """The A3 poster with the code that leads to the questions, as PDF."""
    return pdf_of(invitation_page(scan, language, placeholders))


def invitation_page(scan: Scan, language: str, placeholders: dict[str, str]) -> str:
    """The page of that poster."""
    address = settings.SITE_URL + reverse("scans:ask", args=[scan.pk])
    code = segno.make(address, error="m").svg_inline(scale=10, border=0, omitsize=True)
    with override(language):
        context = {
            "scan": scan,
            "poster": library.poster(language, **placeholders),
            "site": settings.SITE_URL.partition("://")[2],
            "code": mark_safe(code),  # noqa: S308  # drawn by segno from our own address
            "flock": ornament(13),
            "language": language,
        }
        return render_to_string("scans/print_invitation.html", context)


def ornament(seed: int) -> SafeString:
    # Drawn by our own pictures from a number: nobody's input comes into it.
    return mark_safe(for_print(ornament_flock(seed, 680, 300)))  # noqa: S308


def printer() -> Any:
    """What makes PDFs of pages.

    Raises:
        NoPrinter: Pango is not installed.
    """
    try:
        # When its libraries are absent it prints a page about that; one sentence of ours is enough.
        with redirect_stdout(StringIO()):
            # Heavy (half a second), and absent on machines that never print: import where used.
            from weasyprint import HTML  # noqa: PLC0415
    except OSError as fault:
        raise NoPrinter from fault
    return HTML


@dataclass(frozen=True, slots=True)
class Paper:
    """The styles and fonts of everything that is printed."""

    styles: list[Any]
    fonts: Any


@lru_cache(maxsize=1)
def paper() -> Paper:
    """Read once in each process: it takes as long as some pages. Raises `NoPrinter`."""
    printer()
    # Heavy, as above.
    from weasyprint import CSS  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    styles = [CSS(url=static_file(name), font_config=fonts) for name in STYLES]
    atexit.register(put_away)
    return Paper(styles, fonts)


def put_away() -> None:
    """Forget styles and fonts. The fonts lie unpacked in a folder, which goes with them."""
    paper.cache_clear()
    # They point at each other: without this the folder would outlive the process.
    gc.collect()


_one_at_a_time = Lock()
"""Pages that share their fonts are not made by two threads at once."""


def pdf_of(html: str) -> bytes:
    """The page as a tagged PDF with its fonts inside. Raises `NoPrinter` without Pango."""
    with _one_at_a_time:
        shared = paper()
        page = printer()(string=html, base_url="file:///")
        pdf: bytes = page.write_pdf(
            pdf_variant="pdf/ua-1", stylesheets=shared.styles, font_config=shared.fonts
        )
    return pdf
