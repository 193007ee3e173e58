"""What may be sent in about one's own data. Forms clean; they never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zwerm.people.models import PrivacyRequest

LONGEST = 2000


class AskForm(forms.Form):
    """What somebody asks about their own data. A correction needs words; others may have them."""

    words = forms.CharField(
        label=_("What do you want to say about it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, data: Any = None, *, kind: PrivacyRequest.Kind) -> None:
        super().__init__(data)
        if kind == PrivacyRequest.Kind.RECTIFY:
            self.fields["words"].label = _("What is wrong, and what should it be?")
            self.fields["words"].required = True
            self.fields["words"].error_messages["required"] = _(
                "Write what is wrong, and what it should be."
            )


class ReplyForm(forms.Form):
    """What the privacy officer answers. A refusal needs words: the action sees to that."""

    reply = forms.CharField(
        label=_("What do you answer?"),
        help_text=_("The person reads this. Needed when you refuse."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.data.get("answer") == "no" and not cleaned.get("reply", "").strip():
            self.add_error("reply", _("Write why not. The person reads your reason."))
        return cleaned
