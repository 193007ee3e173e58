"""`zwerm privacy-docs`: drafts for the school's own papers, made from what the models declare.

Register of processing, leaflet and impact assessment, each in Dutch and in English, as a page
that opens in a browser and in a word processor.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from zwerm.analysis.disclosure import FLOOR_NETWORK, FLOOR_SCALE
from zwerm.core import clock
from zwerm.core.privacy import Erase, Privacy
from zwerm.people.kept import LEAVERS_MONTHS, REQUESTS_MONTHS
from zwerm.people.rights import declared
from zwerm.scans.kept import RETAIN_MONTHS
from zwerm.scans.queries.mirror import MIRROR_DAYS

KINDS = ("register", "leaflet", "dpia")
LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Processing:
    """One kind of data, as a row of the register."""

    what: str
    why: str
    own: list[str]
    others: list[str]
    kept: str
    erased: str


def run(argv: Sequence[str]) -> int:
    """Write the six drafts in a folder, and say which."""
    parser = argparse.ArgumentParser(prog="zwerm privacy-docs")
    parser.add_argument("folder", type=Path, help="where the drafts are written")
    options = parser.parse_args(list(argv))
    for file in write(options.folder):
        print(file)
    print("These are drafts. A privacy officer completes, judges and signs them.")
    return 0


def write(folder: Path) -> list[Path]:
    """Write every draft in every language; the files, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for kind in KINDS:
        for language in LANGUAGES:
            file = folder / f"{kind}-{language}.html"
            file.write_text(draft(kind, language), encoding="utf-8")
            files.append(file)
    return files


def draft(kind: str, language: str) -> str:
    """One draft in one language."""
    with override(language):
        return render_to_string(f"home/draft_{kind}.html", facts())


def facts() -> dict[str, Any]:
    """What the drafts say, from the declarations and the constants that the code itself uses."""
    return {
        "on": clock.today(),
        "operator": settings.OPERATOR,
        "processings": [processing(one) for _model, one in declared() if one.is_about_people],
        "terms": terms(),
        "silent": [model._meta.label for model, one in declared() if not one.is_about_people],
        "floor_network": FLOOR_NETWORK,
        "floor_scale": FLOOR_SCALE,
        "retain_months": RETAIN_MONTHS,
        "mirror_days": MIRROR_DAYS,
        "leavers_months": LEAVERS_MONTHS,
        "requests_months": REQUESTS_MONTHS,
        "session_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
    }


def terms() -> dict[str, list[str]]:
    """What is kept of oneself by how long it is kept: each term once."""
    found: dict[str, list[str]] = {}
    for _model, one in declared():
        if one.own and one.kept:
            found.setdefault(str(one.kept.words), []).append(str(one.what))
    return found


def processing(one: Privacy) -> Processing:
    """What one declaration says, in words; each field once, however many ways lead to it."""
    labels = {str(label) for fields in one.own.values() for label in fields.values()}
    return Processing(
        what=str(one.what),
        why=str(one.why),
        own=sorted(labels),
        others=[str(words) for words in one.others.values()],
        kept=str(one.kept.words) if one.kept else "",
        erased=" ".join(filter(None, (erased_in_words()[one.erase], str(one.stays_because)))),
    )


def erased_in_words() -> dict[Erase, str]:
    """What becomes of a row when its person is erased, as a sentence."""
    return {
        Erase.NOTHING: "",
        Erase.GOES: _("It is deleted."),
        Erase.EMPTIED: _("What it holds of the person is emptied or deleted."),
        Erase.STAYS: _("It stays."),
        Erase.UNTRACED: _("It stays: nobody can tell whose it is. One text can be removed."),
    }
