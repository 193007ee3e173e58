"""Who may do what with the staff list. Pure questions."""

from zwerm.people.acting import Acting
from zwerm.people.models import Mandate


def can_keep_staff(acting: Acting) -> bool:
    """The facilitator keeps the list; the privacy officer may correct it."""
    return acting.holds(Mandate.Kind.FACILITATOR) or acting.holds(Mandate.Kind.PRIVACY_OFFICER)


def can_answer_requests(acting: Acting) -> bool:
    """Only the privacy officer answers what people ask about their data, and erases."""
    return acting.holds(Mandate.Kind.PRIVACY_OFFICER)
