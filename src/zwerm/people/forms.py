"""What may be sent in about people. Forms clean; they never save."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from zwerm.people.actions.accounts import account_for
from zwerm.people.models import Account, Member, Team
from zwerm.people.staff_list.bounds import LARGEST_FILE
from zwerm.people.staff_list.columns import FIELDS, label_of
from zwerm.people.staff_list.headings import has_name
from zwerm.people.staff_list.reading import too_large
from zwerm.people.staff_list.rows import is_formula


class SignInForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """A mail address; the answer is the same whether it is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your mail address at work")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        # The account of somebody on a staff list is made here, the first time they sign in.
        account = account_for(self.cleaned_data["email"])
        email = str(super().clean_email())
        self._user = account if account and account.is_active else None
        return email


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code from your mail")
        self.fields["code"].widget.attrs.pop("placeholder", None)


SECONDS_OF_A_CODE = 30
LONGEST_NAME = 60


def use_once(account: Account, code: str) -> None:
    """Refuse a code of an app that was used before, for as long as it could still work.

    allauth forgets a used code after half a minute, but where clocks may differ it works longer.
    """
    digits = "".join(sign for sign in code if sign.isdecimal())
    seconds = SECONDS_OF_A_CODE * (2 * settings.MFA_TOTP_TOLERANCE + 1)
    if not cache.add(f"code-of-app-{account.pk}-{digits}", 1, seconds):
        raise get_adapter().validation_error("incorrect_code")


class StepForm(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second step of signing in: a code of an app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self.fields["code"])

    def clean_code(self) -> str:
        code = str(super().clean_code())
        if self.authenticator.type == Authenticator.Type.TOTP:
            use_once(self.user, code)
        return code


class AgainForm(StepForm, ReauthenticateForm):  # type: ignore[misc]  # the same
    """The same, for who is signed in and proves it once more."""


class AppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of an app: it shows that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self.fields["code"])
        self.fields["code"].label = _("The code that the app shows now")

    def clean_code(self) -> str:
        code = str(super().clean_code())
        use_once(self.user, code)
        return code


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey that the device made. One that asked for nothing is refused: it is but one step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_it(self.fields["name"])
        self.fields["passwordless"].widget = forms.HiddenInput()

    def clean_passwordless(self) -> bool:
        return True


class NameForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_it(self.fields["name"])


def name_it(field: forms.Field) -> None:
    """A field for the name of a passkey, in our words."""
    assert isinstance(field, forms.CharField)
    field.label, field.max_length = _("What do you call it?"), LONGEST_NAME
    field.validators.append(MaxLengthValidator(LONGEST_NAME))
    field.help_text = _("Such as the name of the device.")


def ask_code(field: forms.Field) -> None:
    """A field for a code, in our words."""
    field.label = _("Code of your app, or a recovery code")
    field.widget.attrs.pop("placeholder", None)


class UploadForm(forms.Form):
    """A staff list to look at before anything is written."""

    file = forms.FileField(
        label=_("Staff list"),
        help_text=_("CSV, Excel or OpenDocument. At most 5 MB and 5,000 people."),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError(str(too_large()))
        return upload


class ColumnsForm(forms.Form):
    """Which column of the file holds what, when the headings were not recognised."""

    def __init__(
        self, data: Any = None, *, headings: list[str], columns: dict[str, list[int]]
    ) -> None:
        """`columns` are those in use now: what stays chosen keeps all its columns."""
        initial = {field: places[0] for field, places in columns.items()}
        super().__init__(data, initial=initial)
        self.columns = columns
        choices = [
            ("", _("not in this file")),
            *((str(i), name or _("column %d") % (i + 1)) for i, name in enumerate(headings)),
        ]
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=label_of(field), choices=choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not has_name({field: [0] for field, place in cleaned.items() if place}):
            raise forms.ValidationError(
                _("Choose the column that holds the names. Nothing was changed.")
            )
        return cleaned

    def chosen(self) -> dict[str, list[int]]:
        """The columns of each field. Several columns of teams stay together."""
        chosen = {field: int(place) for field, place in self.cleaned_data.items() if place}
        return {
            field: before if place == (before := self.columns.get(field, [place]))[0] else [place]
            for field, place in chosen.items()
        }


class PersonForm(forms.ModelForm[Member]):
    """One person, corrected by hand."""

    class Meta:
        model = Member
        fields = ("name", "email", "staff_number", "language", "started_on")
        widgets = {
            "started_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    language = forms.ChoiceField(
        label=_("Language"), choices=[("nl", "Nederlands"), ("en", "English")]
    )
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

    def clean_name(self) -> str:
        return without_formula(self.cleaned_data["name"])

    def clean_home_team(self) -> str:
        return without_formula(self.cleaned_data["home_team"])

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if self.is_taken(email__iexact=email):
            raise forms.ValidationError(
                _("Somebody on the staff list has this mail address. Give each person their own.")
            )
        return email

    def clean_staff_number(self) -> str:
        number = str(self.cleaned_data["staff_number"])
        if self.is_taken(staff_number=number):
            raise forms.ValidationError(
                _("Somebody on the staff list has this number. Give each person their own.")
            )
        return number

    def is_taken(self, **what: str) -> bool:
        others = Member.objects.filter(left_on__isnull=True, **what).exclude(pk=self.instance.pk)
        return any(what.values()) and others.exists()


def without_formula(words: str) -> str:
    """The words, unless a spreadsheet would run them when the list is opened there."""
    if is_formula(words):
        raise forms.ValidationError(_("This is a formula. Type the words themselves."))
    return words
