"""Which column holds what, and what a person calls it."""

from __future__ import annotations

from django.utils.translation import gettext as _

FIELDS = (
    "name",
    "first_name",
    "particle",
    "last_name",
    "email",
    "staff_number",
    "teams",
    "post",
    "pay_scale",
    "fte",
    "role",
    "started_on",
    "language",
)


def label_of(field: str) -> str:
    """What a person calls this column."""
    return {
        "name": _("name"),
        "first_name": _("first name"),
        "particle": _("particle before the surname"),
        "last_name": _("surname"),
        "email": _("mail address"),
        "staff_number": _("staff number"),
        "teams": _("teams, the home team first"),
        "post": _("post"),
        "pay_scale": _("pay scale"),
        "fte": _("FTE"),
        "role": _("role"),
        "started_on": _("started on"),
        "language": _("language"),
    }[field]
