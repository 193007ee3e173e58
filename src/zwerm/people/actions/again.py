"""What was ended after a backup was made, ended again when that backup is put back."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from zwerm.core import clock
from zwerm.people.actions import accounts, staff
from zwerm.people.models import Mandate, Member


def leave(member_key: str) -> None:
    """Who left after the backup comes in no more; nothing when the backup does not know them."""
    for member in Member.objects.filter(pk=member_key, left_on__isnull=True):
        staff.leave(member)


def end_mandate(mandate_key: str) -> None:
    """Whose right to act ended after the backup has it no more."""
    for mandate in Mandate.objects.on(clock.today()).filter(pk=mandate_key):
        accounts.end_mandate(mandate)


def take_step_away(key: str) -> None:
    """Whose app, passkey or recovery codes ended after the backup signs in with them no more."""
    Authenticator.objects.filter(pk=key).delete()


def end_school_link(key: str) -> None:
    """With what somebody stopped to sign in after the backup opens nothing."""
    SocialAccount.objects.filter(pk=key).delete()
