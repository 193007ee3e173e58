"""How allauth behaves here: nobody signs up, people are put on a staff list."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from staff lists and mandates, never from a sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
