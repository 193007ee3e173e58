"""Who may do what with a scan. Pure questions: no queries beyond the objects given."""

from __future__ import annotations

from zwerm.people.acting import Acting
from zwerm.people.models import Mandate
from zwerm.scans.models import Scan


def can_prepare_scans(acting: Acting) -> bool:
    return acting.holds(Mandate.Kind.FACILITATOR)


def can_consent(acting: Acting) -> bool:
    return acting.holds(Mandate.Kind.STAFF_COUNCIL)


def can_read_log(acting: Acting) -> bool:
    """The log of settings is for the council and the privacy officer."""
    return acting.holds(Mandate.Kind.STAFF_COUNCIL) or acting.holds(Mandate.Kind.PRIVACY_OFFICER)


def can_see_draft(acting: Acting) -> bool:
    """Drafts concern who prepares them, who consents and who guards privacy."""
    return can_prepare_scans(acting) or can_read_log(acting)


def can_see(acting: Acting, scan: Scan) -> bool:
    return not scan.is_draft or can_see_draft(acting)


def can_moderate(acting: Acting) -> bool:
    """Only the privacy officer takes a comment away."""
    return acting.holds(Mandate.Kind.PRIVACY_OFFICER)
