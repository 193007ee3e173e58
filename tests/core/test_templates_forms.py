"""How forms are drawn: labels, help and errors tied to the field they are about."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.utils.translation import override

CHOICES = [("a", "Innovating"), ("b", "Guiding")]


class Sample(forms.Form):
    title = forms.CharField(label="Title", help_text="As colleagues <see> it")
    topic = forms.ChoiceField(
        label="Topic", choices=CHOICES, widget=forms.RadioSelect, help_text="Only one"
    )
    relations = forms.MultipleChoiceField(
        label="Relations", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    grouped = forms.ChoiceField(
        label="Grouped", choices=[("First", CHOICES)], widget=forms.RadioSelect, required=False
    )
    agreed = forms.BooleanField(label="I read it")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("These two do not go together.")


def tag(page: str, start: str) -> str:
    """The first tag that begins with `start`."""
    return str(re.findall(rf"<{start}[^>]*>", page)[0])


@pytest.fixture
def empty() -> str:
    with override("en"):
        return str(Sample(initial={"token": "t"}))


@pytest.fixture
def wrong() -> str:
    with override("en"):
        return str(Sample({}))


def test_every_control_has_a_label_or_stands_in_a_fieldset_with_a_legend(empty):
    controls = re.findall(
        r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*id="([^"]+)"', empty
    )
    labels = re.findall(r'<label[^>]*for="([^"]+)"', empty)
    assert sorted(controls) == sorted(labels)
    assert re.findall(r"<legend>(\w+)", empty) == ["Topic", "Relations", "Grouped"]
    assert empty.count("<fieldset") == 3


def test_help_is_tied_to_the_field_and_escaped(empty):
    assert 'aria-describedby="id_title_helptext"' in tag(empty, 'input type="text"')
    assert '<p class="help" id="id_title_helptext">As colleagues &lt;see&gt; it</p>' in empty
    assert 'aria-describedby="id_topic_helptext"' in tag(empty, 'fieldset class="field')


def test_what_may_stay_empty_says_so_and_nothing_else_does(empty):
    assert empty.count('class="optional"') == 2
    assert "<legend>Relations <span" in empty


def test_an_untouched_form_shows_no_errors(empty):
    assert 'class="summary"' not in empty
    assert 'class="errors"' not in empty
    assert "wrong" not in empty


def test_errors_are_tied_to_the_field(wrong):
    title = tag(wrong, 'input type="text"')
    assert 'aria-invalid="true"' in title
    assert 'aria-describedby="id_title_helptext id_title_error"' in title
    assert '<ul class="errors" id="id_title_error">' in wrong
    assert 'aria-describedby="id_topic_helptext id_topic_error"' in tag(wrong, "fieldset")


def test_the_summary_links_to_the_first_control_of_every_wrong_field(wrong):
    summary = wrong[wrong.index('class="summary"') : wrong.index("</div>")]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_title", "id_topic_0", "id_agreed"]
    assert [name for name in targets if f'id="{name}"' not in wrong] == []
    assert "These two do not go together." in summary
    assert "Nothing is lost" in summary


def test_the_summary_counts_one_fault_and_more(wrong):
    class One(forms.Form):
        name = forms.CharField(label="Name")

    with override("en"):
        assert "Look at this before you go on" in str(One({}))
    assert "Look at these 5 things before you go on" in wrong


def test_each_choice_is_one_target_that_holds_its_words(empty):
    choices = re.findall(r'<label class="choice" for="([^"]+)"><input[^>]*id="([^"]+)"', empty)
    assert len(choices) == 7
    assert all(one == other for one, other in choices)


def test_a_group_of_choices_has_a_name(empty):
    assert '<div class="choice-group" role="group" aria-label="First">' in empty


def test_hidden_fields_are_kept_in_both_states(empty, wrong):
    assert '<input type="hidden" name="token"' in empty
    assert '<input type="hidden" name="token"' in wrong


def test_a_wrong_hidden_field_is_told_in_the_summary(wrong):
    summary = wrong[wrong.index('class="summary"') : wrong.index("</div>")]
    assert summary.count("<li>") == 5
