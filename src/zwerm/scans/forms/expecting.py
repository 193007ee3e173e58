"""What the school expects of its next scan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zwerm.scans.models import Expectation
from zwerm.scans.results.comments import roster_names_in

LONGEST_NOTE = 300


class ExpectationForm(forms.Form):
    """One figure, one direction, and why."""

    figure = forms.ChoiceField(label=_("What will be different?"), widget=forms.RadioSelect)
    direction = forms.ChoiceField(
        label=_("Which way?"), choices=Expectation.Direction.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Why do you expect that?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody at school reads this. Name nobody."),
    )

    def __init__(
        self, *args: Any, figures: list[tuple[str, str]], names: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["figure"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = figures
        self.names = names

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        found = roster_names_in(note, self.names)
        if found:
            raise forms.ValidationError(
                _("This is also the name of a colleague: %(names)s. Write it without names.")
                % {"names": ", ".join(found)}
            )
        return note
