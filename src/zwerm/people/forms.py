"""What may be sent in about people. Forms clean; they never save."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from zwerm.people.actions.accounts import account_for
from zwerm.people.models import Member, Team
from zwerm.people.staff_list.columns import FIELDS, label_of

LARGEST_FILE = 5 * 1024 * 1024


class SignInForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """A mail address; the answer is the same whether it is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your mail address at work")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        # The account of somebody on a staff list is made here, the first time they sign in.
        account_for(self.cleaned_data["email"])
        return str(super().clean_email())


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code from your mail")
        self.fields["code"].widget.attrs.pop("placeholder", None)


class UploadForm(forms.Form):
    """A staff list to look at before anything is written."""

    file = forms.FileField(
        label=_("Staff list"),
        help_text=_("CSV, Excel or OpenDocument. At most 5 MB and 5,000 people."),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is larger than 5 MB. Nothing was loaded. Keep only the staff list.")
            )
        return upload


class ColumnsForm(forms.Form):
    """Which column of the file holds what, when the headings were not recognised."""

    def __init__(self, *args: Any, headings: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", _("not in this file")),
            *((str(i), name) for i, name in enumerate(headings)),
        ]
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=label_of(field), choices=choices, required=False
            )


class PersonForm(forms.ModelForm[Member]):
    """One person, corrected by hand."""

    class Meta:
        model = Member
        fields = ("name", "email", "staff_number", "language", "started_on")
        widgets = {
            "language": forms.Select(choices=[("nl", "Nederlands"), ("en", "English")]),
            "started_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    home_team = forms.CharField(
        label=_("Home team"),
        max_length=120,
        required=False,
        help_text=_("A new name makes a new team."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            home = Team.objects.filter(
                memberships__member=self.instance, memberships__is_home=True
            ).first()
            self.fields["home_team"].initial = home.name if home else ""
