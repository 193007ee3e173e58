"""An account at the school's own provider, linked to an account here: made, and ended."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zwerm.core import ledger
from zwerm.core.errors import Refused
from zwerm.people.models import Account


def link(account: Account, *, provider: str, name: str, uid: str) -> SocialAccount:
    """From now on `uid` at `provider` signs in as `account`, who is told so by mail.

    Args:
        account: who signed in here and said yes.
        provider: the key of the provider.
        name: what people call it.
        uid: by which the provider knows them.
    """
    if SocialAccount.objects.filter(user=account, provider=provider).exists():
        raise Refused(
            _("You sign in with an account at %(name)s already. End that first.") % {"name": name}
        )
    try:
        with transaction.atomic():
            made = SocialAccount.objects.create(user=account, provider=provider, uid=uid)
            tell(account, "school_linked", name)
    except IntegrityError:
        raise Refused(
            _("This account at %(name)s belongs to somebody else here.") % {"name": name}
        ) from None
    return made


@transaction.atomic
def unlink(found: SocialAccount, *, name: str) -> None:
    """From now on it opens nothing. A restore does not bring it back."""
    ledger.note(ledger.Kind.LINK, found.pk)
    account = found.user
    found.delete()
    tell(account, "school_unlinked", name)


def tell(account: Account, what: str, name: str) -> None:
    """Mail this person what changed in how they sign in."""
    context = {"name": name}
    transaction.on_commit(
        lambda: get_adapter().send_mail(f"account/email/{what}", account.email, context)
    )
