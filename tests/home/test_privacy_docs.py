"""The drafts say what the models declare: what is added to a model is in them without more."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from zwerm.core.privacy import Erase
from zwerm.home.privacy_docs import KINDS, LANGUAGES, draft, erased_in_words, run, write
from zwerm.people.models import Team
from zwerm.people.rights import declared

EVERY = [(kind, language) for kind in KINDS for language in LANGUAGES]
PERSONAL = [(model, one) for model, one in declared() if one.is_about_people]


def words(kind: str, language: str) -> str:
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", draft(kind, language), flags=re.S)
    return " ".join(html.unescape(text).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["register", "dpia"])
def test_every_kind_of_data_is_there_with_its_purpose_and_its_term(
    kind: str, language: str
) -> None:
    said = words(kind, language)
    with override(language):
        for _model, one in PERSONAL:
            assert str(one.what) in said
            assert str(one.why) in said
            assert one.kept
            assert str(one.kept.words) in said
            assert erased_in_words()[one.erase] in said
            for fields in (*one.own.values(), one.others):
                assert [str(label) for label in fields.values() if str(label) not in said] == []


def test_what_a_model_declares_anew_is_in_the_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: the drafts know a model by its declaration alone."""
    assert "people.Team" in words("register", "en")
    planted = next(one for _model, one in PERSONAL)
    monkeypatch.setattr(Team, "privacy", planted)
    assert "people.Team" not in words("register", "en")


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_each_says_first_that_it_is_a_draft_and_stands_alone(kind: str, language: str) -> None:
    said, text = words(kind, language), draft(kind, language)
    assert ("Draft." if language == "en" else "Concept.") in said[:200]
    assert f'<html lang="{language}">' in text
    assert "src=" not in text
    assert "href=" not in text
    assert 'class="fill"' in text


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_none_says_that_it_is_anonymous(kind: str, language: str) -> None:
    told = words(kind, language).replace("not anonymous", "").replace("niet anoniem", "")
    assert "anon" not in told.lower()


def test_who_runs_the_server_is_named_when_that_is_set(settings) -> None:
    settings.OPERATOR = "Stichting Beheer"
    for kind in KINDS:
        assert "Stichting Beheer" in words(kind, "en")


def test_the_leaflet_tells_the_terms_that_the_code_keeps() -> None:
    said = words("leaflet", "en")
    assert "at most 13 months. That is 25 months when" in said
    assert "It is erased 13 months after you left." in said
    assert "until 30 days after the report" in said


def test_every_way_to_erase_is_said_in_words() -> None:
    assert erased_in_words().keys() == set(Erase)


def test_the_command_writes_six_files_and_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "drafts"
    assert run([str(folder)]) == 0
    assert sorted(one.name for one in folder.iterdir()) == sorted(
        f"{kind}-{language}.html" for kind, language in EVERY
    )
    assert [Path(line) for line in capsys.readouterr().out.splitlines()[:-1]] == write(folder)
