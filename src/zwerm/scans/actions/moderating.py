"""Comments beside a report: anybody reports one, the privacy officer removes it singly."""

from __future__ import annotations

from django.db import transaction

from zwerm.core import ledger
from zwerm.scans.models import Comment


@transaction.atomic
def report_comment(comment: Comment) -> None:
    """Mark a comment for the privacy officer. It stays until that person decides."""
    comment.is_reported = True
    comment.save(update_fields=["is_reported"])


@transaction.atomic
def remove_comment(comment: Comment) -> None:
    """Take a comment away for good; its text is erased."""
    comment.is_removed = True
    comment.text = ""
    comment.save(update_fields=["is_removed", "text"])
    ledger.note(ledger.Kind.COMMENT, comment.pk)
