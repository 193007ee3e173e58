"""What the tables of the packages that we use hold of people. Ours say so beside the model."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import Erase, Kept, Privacy
from zwerm.people.kept import SIGNING_IN, WHILE_HERE

SESSION = "@session"
"""Whose session it is stands inside it."""

BORROWED = {
    "auth.Permission": Privacy(none=("id", "name", "content_type", "codename")),
    "auth.Group": Privacy(none=("id", "name", "permissions")),
    "contenttypes.ContentType": Privacy(none=("id", "app_label", "model")),
    "sessions.Session": Privacy(
        what=_("Where you are signed in"),
        why=SIGNING_IN,
        own={
            SESSION: {
                "expire_date": _("signed in until"),
                "session_key": _("key of the session"),
                "session_data": _("what the session remembers"),
            }
        },
        withheld={
            "session_key": _("Whoever has it is signed in as you."),
            "session_data": _("It holds your account and the school where you act, for machines."),
        },
        erase=Erase.GOES,
        kept=Kept(
            _("Until you sign out, at most 14 days after your last visit."),
            by="zwerm.people.jobs.tick",
        ),
    ),
    "account.EmailAddress": Privacy(
        what=_("Mail addresses to sign in with"),
        why=SIGNING_IN,
        none=("id",),
        own={
            "user": {
                "email": _("mail address"),
                "verified": _("proved by a code"),
                "primary": _("the first one"),
            }
        },
        erase=Erase.GOES,
        kept=WHILE_HERE,
    ),
    "account.EmailConfirmation": Privacy(
        what=_("Mail addresses that wait for their proof"),
        why=SIGNING_IN,
        none=("id",),
        own={
            "email_address__user": {
                "created": _("asked on"),
                "sent": _("mailed on"),
                "key": _("key in the mail"),
            }
        },
        withheld={"key": _("Whoever has it can prove your address.")},
        erase=Erase.GOES,
        kept=WHILE_HERE,
    ),
    "mfa.Authenticator": Privacy(
        what=_("Your app, passkeys and recovery codes"),
        why=SIGNING_IN,
        none=("id",),
        own={
            "user": {
                "type": _("kind"),
                "data": _("what it is recognised by"),
                "created_at": _("set up on"),
                "last_used_at": _("last used"),
            }
        },
        withheld={"data": _("Whoever has it could sign in as you.")},
        erase=Erase.GOES,
        kept=WHILE_HERE,
    ),
    "socialaccount.SocialAccount": Privacy(
        what=_("Accounts at your school with which you sign in"),
        why=SIGNING_IN,
        none=("id", "extra_data"),
        own={
            "user": {
                "provider": _("where"),
                "uid": _("by which it knows you"),
                "date_joined": _("linked on"),
                "last_login": _("last signed in"),
            }
        },
        erase=Erase.GOES,
        kept=WHILE_HERE,
    ),
    # Two tables that allauth brings and that stay empty: providers stand in the settings, and
    # what a provider hands out for machines is not kept.
    "socialaccount.SocialApp": Privacy(
        none=("id", "provider", "provider_id", "name", "client_id", "secret", "key", "settings")
    ),
    "socialaccount.SocialToken": Privacy(
        none=("id", "app", "account", "token", "token_secret", "expires_at")
    ),
    # The work of our jobs: which school and which scan, and never who.
    "django_tasks_database.DBTaskResult": Privacy(
        none=(
            *("id", "status", "enqueued_at", "started_at", "finished_at", "args_kwargs"),
            *("priority", "task_path", "worker_ids", "queue_name", "backend_name", "run_after"),
            *("return_value", "exception_class_path", "traceback"),
        )
    ),
}
"""By the label of the model."""
