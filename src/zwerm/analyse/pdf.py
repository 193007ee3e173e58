"""The report on paper: the same page as a PDF."""

from __future__ import annotations

import io
import logging

from zwerm.analyse.words import Fault
from zwerm.pictures.palette import for_print

INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def check_printer() -> None:
    """Find out whether a PDF can be made here.

    Raises:
        Fault: Pango is not installed; says the one line that installs it.
    """
    # Heavy (half a second), and absent on machines that never print: import where used.
    try:
        import weasyprint  # noqa: F401, PLC0415
    except OSError as fault:
        raise Fault("no_printer", line=INSTALL) from fault


def pdf_of(report: str) -> bytes:
    """The page as a tagged PDF with its fonts inside. Nothing is fetched: the page has it all."""
    from weasyprint import HTML  # noqa: PLC0415  # as above
    from weasyprint.urls import URLFetcher  # noqa: PLC0415  # as above

    # It names every line of CSS that only browsers know: of no use to who waits for a PDF.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    written = io.BytesIO()
    HTML(string=for_print(report), url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf(
        written, pdf_variant="pdf/ua-1"
    )
    return written.getvalue()
