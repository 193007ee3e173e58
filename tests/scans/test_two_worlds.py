"""What people answer and what they publish never meet: no key in the database joins the two."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from zwerm.scans.models import AnswerBlob, Mirror, Scan

SEALED = (AnswerBlob, Mirror)


def keys_of(model: type[models.Model]) -> set[str]:
    """The models to which a model has a key, as `room.Model`."""
    return {
        field.related_model._meta.label
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
    }


def test_a_sealed_answer_has_a_key_to_its_scan_and_school_only():
    for model in SEALED:
        assert keys_of(model) == {"scans.Scan", "people.School"}


def test_nothing_has_a_key_to_a_sealed_answer():
    labels = {model._meta.label for model in SEALED}
    pointing = {model._meta.label for model in apps.get_models() if keys_of(model) & labels}
    assert "scans.AnswerBlob" in {model._meta.label for model in apps.get_models()}
    assert pointing == set()


def test_a_sealed_answer_holds_no_column_in_the_clear_but_its_place():
    for model in SEALED:
        columns = {field.name for field in model._meta.concrete_fields}
        assert columns == {"id", "school", "scan", "slot", "box"}


def test_a_key_would_be_noticed():
    assert "scans.Scan" in keys_of(Scan._meta.get_field("previous").model)
    assert "people.Member" in keys_of(Scan)
