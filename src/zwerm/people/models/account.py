"""An account signs in. Who somebody is at a school stands in `Member`, not here."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import SELF, Erase, Privacy
from zwerm.people.kept import SIGNING_IN, WHILE_HERE


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts without a password: people sign in with a code by mail."""

    def create_user(self, email: str, **fields: Any) -> Account:
        account = self.model(email=email.strip().lower(), **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Who signs in: a mail address and a language, nothing more."""

    privacy = Privacy(
        what=_("Your account"),
        why=SIGNING_IN,
        none=("id",),
        own={
            SELF: {
                "email": _("mail address"),
                "language": _("language"),
                "is_active": _("may sign in"),
                "made_at": _("account since"),
                "last_login": _("last signed in"),
                "password": _("password"),
            }
        },
        withheld={"password": _("There is none: you sign in with a code.")},
        erase=Erase.EMPTIED,
        kept=WHILE_HERE,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("mail address"), unique=True)
    language = models.CharField(_("language"), max_length=2, default="nl")
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_for_a_mail_address"),
        ]

    def __str__(self) -> str:
        return self.email
