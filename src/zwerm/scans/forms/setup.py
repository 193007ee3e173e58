"""The steps in which a facilitator prepares a scan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zwerm.core import clock
from zwerm.people.models import Member
from zwerm.scans import library
from zwerm.scans.models import Group, Instrument, Scan

LARGEST_INSTRUMENT = 200_000
HIGHEST_FLOOR = 1000
MOST_AHEAD = dt.timedelta(days=366)
"""A scan cannot be closed early: a wrong year would keep it open."""


class PurposeForm(forms.ModelForm[Scan]):
    """Step 1: who asks, about what, with which questions."""

    form = forms.ChoiceField(label=_("Which form?"), widget=forms.RadioSelect)
    has_comment = forms.BooleanField(
        label=_("End with an open question"),
        required=False,
        help_text=_("The texts stand in the report, shuffled, from ten answers and five texts."),
    )
    instruments: forms.ModelMultipleChoiceField[Instrument] = forms.ModelMultipleChoiceField(
        label=_("Your school's own questions"),
        queryset=None,  # set in __init__: it depends on the school
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Scan
        fields = ("title", "asker", "topic_nl", "topic_en")
        labels = {
            "title": _("What do you call this scan?"),
            "asker": _("Who asks?"),
            "topic_nl": _("The one topic, in Dutch"),
            "topic_en": _("The same topic, in English"),
        }
        help_texts = {
            "title": _("For example: Scan autumn 2026."),
            "asker": _("For example: the team, the school leaders and the council together."),
            "topic_nl": _(
                "It must read well after 'over'. A narrow topic gives a sharper picture. Use the "
                "same topic in the next scan."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        choice = self.fields["form"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (one.id, f"{one.label.in_(language)}: {one.minutes.in_(language)}")
            for one in library.load_instruments().forms
        ]
        own = self.fields["instruments"]
        assert isinstance(own, forms.ModelMultipleChoiceField)
        own.queryset = Instrument.objects.all()
        if not own.queryset.exists():
            del self.fields["instruments"]
        for name in ("asker", "topic_nl", "topic_en"):
            self.fields[name].required = True


class InstrumentForm(forms.Form):
    """A school's own questions as a YAML file."""

    file = forms.FileField(
        label=_("A file with your school's own questions (YAML)"),
        help_text=_("At most 200 kB. You need a licence for questions that others wrote."),
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_INSTRUMENT:
            raise forms.ValidationError(_("This file is larger than 200 kB. Nothing was loaded."))
        try:
            text: str = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("This file is not text in UTF-8. Save it as UTF-8 and load it again.")
            ) from None
        return text


class PeopleForm(forms.Form):
    """Step 2: who is asked. Everybody, unless the box is emptied."""

    asked: forms.ModelMultipleChoiceField[Member] = forms.ModelMultipleChoiceField(
        label=_("These people are asked"),
        queryset=None,  # set in __init__: it depends on the school
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, members: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["asked"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = members


class GroupForm(forms.Form):
    """One group of a draft, and another one."""

    other: str
    group: forms.ModelChoiceField[Group] = forms.ModelChoiceField(
        queryset=None,  # set in __init__: it depends on the school
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, groups: QuerySet[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("group", self.other):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = groups

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("group") and cleaned["group"] == cleaned.get(self.other):
            raise forms.ValidationError(_("Choose another group than the group itself."))
        return cleaned


class NeighbourForm(GroupForm):
    """Step 3: which group a group joins when too few answer."""

    other = "neighbour"
    neighbour: forms.ModelChoiceField[Group] = forms.ModelChoiceField(
        queryset=None,  # set in __init__: it depends on the school
        label=_("Its neighbour"),
    )


class MergeForm(GroupForm):
    """Step 3: let a small group join another."""

    other = "into"
    into: forms.ModelChoiceField[Group] = forms.ModelChoiceField(
        queryset=None,  # set in __init__: it depends on the school
        label=_("Together with"),
    )
    name = forms.CharField(label=_("Name of the joined group"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        group, into = cleaned.get("group"), cleaned.get("into")
        if group and into and not cleaned.get("name"):
            cleaned["name"] = f"{into.name} + {group.name}"[:120]
        return cleaned


class LeadersForm(forms.Form):
    """Step 4: who counts as formal leader, and what the school calls them together."""

    leaders: forms.ModelMultipleChoiceField[Member] = forms.ModelMultipleChoiceField(
        label=_("These people have a formal post or task as leader"),
        queryset=None,  # set in __init__: it depends on the school
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    nl = forms.CharField(
        label=_("What do you call this group, in Dutch?"), max_length=120, required=False
    )
    en = forms.CharField(
        label=_("What do you call this group, in English?"), max_length=120, required=False
    )

    def __init__(self, *args: Any, members: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["leaders"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = members
        field.label_from_instance = _with_posts  # type: ignore[assignment,method-assign]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("leaders") and not (cleaned.get("nl") and cleaned.get("en")):
            raise forms.ValidationError(_("Give this group a name in Dutch and in English."))
        return cleaned


def _with_posts(member: Any) -> str:
    """The name with post, scale and role behind it: that is what one chooses by."""
    posts = [f"{post.name} {post.pay_scale}".strip() for post in member.posts.all()]
    roles = [role.name for role in member.roles.all()]
    return " · ".join([member.name, *_different(posts + roles)])


def _different(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))


class AgreementsForm(forms.ModelForm[Scan]):
    """Step 5: what everybody may count on. The floors can be raised, never lowered."""

    retain_months = forms.TypedChoiceField(
        label=_("How long are answers kept at most?"),
        coerce=int,
        choices=[
            (13, _("13 months: a scan every year")),
            (25, _("25 months: a scan every two years, so that change can be seen")),
        ],
        widget=forms.RadioSelect,
        help_text=_("They go as soon as the next scan closes."),
    )

    class Meta:
        model = Scan
        fields = (
            "dpia_reference",
            "legal_basis",
            "retain_months",
            "floor_network",
            "floor_scale",
            "floor_comments",
            "is_for_board",
        )
        labels = {
            "dpia_reference": _("Reference of the privacy impact assessment (DPIA)"),
            "legal_basis": _("Legal basis, in plain words"),
            "floor_network": _("The network is shown from this many answers"),
            "floor_scale": _("Other questions are shown from this many answers"),
            "floor_comments": _("Open texts are shown from this many answers"),
            "is_for_board": _("The board may read the report of this school"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, floor in (("floor_network", 10), ("floor_scale", 5), ("floor_comments", 10)):
            field = self.fields[name]
            assert isinstance(field, forms.IntegerField)
            field.validators += [MinValueValidator(floor), MaxValueValidator(HIGHEST_FLOOR)]
            field.widget.attrs |= {"min": floor, "max": HIGHEST_FLOOR}
        for name in ("dpia_reference", "legal_basis"):
            self.fields[name].required = True


class DatesForm(forms.ModelForm[Scan]):
    """Step 6: the last day, and the day of the report."""

    class Meta:
        model = Scan
        fields = ("closes_on", "report_on")
        labels = {"closes_on": _("Last day to answer"), "report_on": _("Day of the report")}
        help_texts = {
            "closes_on": _("The scan closes at midnight. It is never closed early."),
            "report_on": _("It appears at eight in the morning, for everybody at once."),
        }
        widgets = {
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "report_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        closes_on, report_on = cleaned.get("closes_on"), cleaned.get("report_on")
        if closes_on and closes_on <= clock.today():
            self.add_error("closes_on", _("Choose a day after today."))
        for name in ("closes_on", "report_on"):
            if cleaned.get(name) and cleaned[name] > clock.today() + MOST_AHEAD:
                self.add_error(name, _("This is more than a year ahead. Look at the year."))
        if closes_on and report_on and report_on <= closes_on:
            self.add_error("report_on", _("Choose a day after the last day to answer."))
        return cleaned


class ExtendForm(DatesForm):
    """A later last day, once."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        present = self.initial["closes_on"]
        if cleaned.get("closes_on") and cleaned["closes_on"] <= present:
            self.add_error("closes_on", _("Choose a day after the present last day."))
        return cleaned


class ConsentForm(forms.Form):
    """The decision of the staff council, recorded by the council itself."""

    decision = forms.ChoiceField(
        label=_("Our decision"),
        choices=[
            ("agree", _("We consent")),
            ("conditions", _("We consent with conditions")),
            ("refuse", _("We do not consent")),
            ("withdraw", _("We withdraw our consent")),
        ],
        widget=forms.RadioSelect,
    )
    conditions = forms.CharField(
        label=_("Conditions"), required=False, widget=forms.Textarea, max_length=2000
    )
    decided_on = forms.DateField(
        label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    document = forms.CharField(
        label=_("Document"),
        max_length=200,
        help_text=_("The name or number under which the decision can be found."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "conditions" and not cleaned.get("conditions"):
            self.add_error("conditions", _("Write the conditions down."))
        if cleaned.get("decided_on") and cleaned["decided_on"] > clock.today():
            self.add_error("decided_on", _("This day has yet to come. Choose today or earlier."))
        return cleaned
