"""What was ended after a backup was made, ended again when that backup is put back."""

from __future__ import annotations

from zwerm.people.actions import staff
from zwerm.people.models import Member


def leave(member_key: str) -> None:
    """Who left after the backup comes in no more; nothing when the backup does not know them."""
    for member in Member.objects.filter(pk=member_key, left_on__isnull=True):
        staff.leave(member)
