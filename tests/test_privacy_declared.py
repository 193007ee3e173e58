"""Every model says what it holds of people; one that is silent, or says what is not so, fails."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.utils.module_loading import import_string

from zwerm.core.privacy import SELF, Erase, Kept, Privacy, faults_of, fields_of
from zwerm.home.rights import OPENED, SPECIAL
from zwerm.people.actions.staff import PATIENCE
from zwerm.people.borrowed import BORROWED
from zwerm.people.models import Account, Member, Team
from zwerm.people.rights import declared, person_of, privacy_of, rows_of
from zwerm.people.scope import crossing_schools
from zwerm.scans.models import Scan

EVERY_MODEL = apps.get_models()
WHOLE: dict[str, Any] = {
    "what": "something",
    "why": "a reason",
    "erase": Erase.GOES,
    "kept": Kept("a while", by="zwerm.home.jobs.tick"),
}


def test_every_model_and_every_field_says_what_it_holds_of_people():
    assert len(EVERY_MODEL) > 30
    assert [fault for one in EVERY_MODEL for fault in faults_of(one, privacy_of(one))] == []


def test_a_declaration_that_is_taken_away_is_missed(monkeypatch):
    monkeypatch.delattr(Team, "privacy")
    assert faults_of(Team, privacy_of(Team)) == ["people.Team: says nothing about privacy"]


def planted(declared_as, **fields):
    """A model that is part of no room, with its declaration."""
    fields = {"name": models.CharField(max_length=9), **fields}
    meta = type("Meta", (), {"app_label": "people"})
    return type("Planted", (models.Model,), {"__module__": __name__, "Meta": meta, **fields}), (
        declared_as
    )


@isolate_apps("zwerm.people")
def test_a_model_without_a_declaration_is_found():
    assert faults_of(*planted(None)) == ["people.Planted: says nothing about privacy"]


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        ({"none": ("id",)}, "says nothing of the field name"),
        ({"none": ("id", "name", "age")}, "has no field age"),
        (
            {"none": ("id", "name"), "others": {"name": "a name"}, **WHOLE},
            "says that name is about people, and that it is not",
        ),
        (
            {"none": ("id",), "own": {"boss": {"name": "a name"}}, **WHOLE},
            "has no field boss",
        ),
        (
            {"none": ("id", "name"), "withheld": {"name": "why"}},
            "withholds name, which is not own",
        ),
        (
            {"none": ("id",), "own": {SELF: {"name": "a name"}}, **WHOLE, "kept": None},
            "does not say how long it is kept",
        ),
        (
            {"none": ("id",), "own": {SELF: {"name": "a name"}}, **WHOLE, "erase": Erase.NOTHING},
            "does not say what becomes of it when the person is erased",
        ),
        (
            {"none": ("id",), "own": {SELF: {"name": "a name"}}, **WHOLE, "erase": Erase.STAYS},
            "does not say why it stays, or says so of what does not stay",
        ),
        (
            {"none": ("id",), "own": {SELF: {"name": "a name"}}, **WHOLE, "why": ""},
            "does not say what it is and what for",
        ),
        (
            {"none": ("id", "name"), "erase": Erase.GOES},
            "holds nothing of people, and says how that is erased or kept",
        ),
    ],
)
@isolate_apps("zwerm.people")
def test_a_declaration_with_a_fault_is_found(how, fault):
    assert f"people.Planted: {fault}" in faults_of(*planted(Privacy(**how)))


@isolate_apps("zwerm.people")
def test_a_whole_declaration_has_no_fault():
    right = Privacy(none=("id",), own={SELF: {"name": "a name"}}, **WHOLE)
    assert faults_of(*planted(right)) == []


def test_the_fields_of_lists_of_people_are_looked_at_too():
    assert {"leaders", "left_out", "school"} <= set(fields_of(Scan))


@pytest.mark.django_db
def test_every_way_to_a_person_leads_to_a_person():
    """A way that ended at a team would hand out somebody else's rows."""
    nobody = person_of(Account.objects.create_user("nobody@school.example"))
    with crossing_schools("a test looks along every way"):
        for model, privacy in declared():
            for way in privacy.own:
                if way not in SPECIAL and way not in OPENED:
                    assert list(rows_of(model, way, nobody)) == [nobody.account] * (
                        model is Account
                    )
        with pytest.raises(ValueError, match="who is nobody"):
            rows_of(Member, "school", nobody)


def test_what_no_query_finds_is_found_by_code():
    special = {way for _model, one in declared() for way in one.own if way.startswith("@")}
    assert special == SPECIAL.keys() | OPENED.keys()


def test_what_packages_keep_is_declared_for_no_model_that_is_gone():
    assert BORROWED.keys() <= {one._meta.label for one in EVERY_MODEL}
    ours = {one._meta.label for one in EVERY_MODEL if hasattr(one, "privacy")}
    assert ours & BORROWED.keys() == set()


def test_the_code_that_ends_each_term_exists():
    named = {one.kept.by for _model, one in declared() if one.kept}
    assert "" in named
    assert all(callable(import_string(name)) for name in named if name)


def test_the_days_that_are_declared_are_the_days_that_are_kept(settings):
    """Two terms are written in words, for their constants stand above the models."""
    assert PATIENCE.days == 1
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600
