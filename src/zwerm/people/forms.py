"""What may be sent in about people. Forms clean; they never save."""

from __future__ import annotations

from allauth.account.forms import RequestLoginCodeForm


class SignInForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """A mail address; the answer is the same whether it is known or not."""
