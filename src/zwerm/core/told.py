"""What a page says once, such as "Saved.": kept in a cookie until the next page shows it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class InCookie(CookieStorage):
    """In a cookie that goes to this host alone. Who has no session gets none for a message."""

    cookie_name = settings.MESSAGE_COOKIE_NAME


class Told(FallbackStorage):
    """In a cookie, and what does not fit there in the session."""

    storage_classes = (InCookie, SessionStorage)
