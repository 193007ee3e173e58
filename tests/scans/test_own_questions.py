"""A school's own questions: loaded from a file, chosen, asked and given back."""

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from yaml import safe_load

from tests.scans.pages import everything, logged, sign_in, step, words
from zwerm.scans import library
from zwerm.scans.library import own
from zwerm.scans.models import Instrument, Scan

STATIC = Path(own.__file__).parents[1] / "static" / "scans"

PURPOSE = {
    "title": "Scan autumn",
    "asker": "the team and the council",
    "topic_nl": "het werken met ouders",
    "topic_en": "working with parents",
    "form": "long",
    "has_comment": "on",
}


def example():
    return (STATIC / "questions-example.yaml").read_text(encoding="utf-8")


def load_file(client, scan, text):
    content = text if isinstance(text, bytes) else text.encode()
    upload = SimpleUploadedFile("questions.yaml", content)
    return client.post(reverse("scans:instrument", args=[scan.pk]), {"file": upload})


def test_the_example_that_ships_is_loaded_chosen_asked_and_given_back(client, draft):
    assert load_file(client, draft, example()).headers["Location"] == step(draft, "purpose")
    instrument = Instrument.objects.get()
    client.post(step(draft, "purpose"), PURPOSE | {"instruments": [instrument.pk]})

    asked = library.questionnaire_of(Scan.objects.get())
    assert [one["text"]["nl"] for one in asked.questions if one.get("family") == "own"] == [
        "Ik ga met plezier naar school.",
        "Ik tel de dagen.",
    ]
    assert logged()["instruments"] == ("", "Werkplezier", "Farah")
    file = client.get(reverse("scans:instrument_file", args=[instrument.pk]))
    assert library.read_instrument(file.content.decode()) == library.read_instrument(example())
    assert reverse("scans:instrument_file", args=[instrument.pk]) in str(
        client.get(step(draft, "purpose")).content
    )


def test_only_a_facilitator_takes_the_own_questions_out(client, school):
    instrument = Instrument.objects.create(school=school, name="A", text=example())
    sign_in(client, school, "school_leader")

    url = reverse("scans:instrument_file", args=[instrument.pk])
    assert client.get(url).status_code == 403


FAULTY = {
    "a wrong line": (example().replace("nl:", "dutch:", 1), "Line 8: dutch is not known here."),
    "no yaml": ("{", "Line 1: This cannot be read as YAML."),
    "windows": ("name: Café".encode("cp1252"), "This file is not text in UTF-8."),
    "too large": (b"x" * 200_001, "This file is larger than 200 kB. Nothing was loaded."),
    "empty": (b"", "The submitted file is empty."),
}


@pytest.mark.parametrize(("content", "sentence"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_file_is_explained_beside_its_field(client, draft, content, sentence):
    before = everything()

    response = load_file(client, draft, content)

    assert response.status_code == 200
    assert sentence in words(response)
    assert everything() == before


def test_a_faulty_file_leaves_what_was_ticked_ticked(client, draft):
    load_file(client, draft, example())
    instrument = Instrument.objects.get()
    client.post(step(draft, "purpose"), PURPOSE | {"instruments": [instrument.pk]})

    page = load_file(client, draft, "{").content.decode()

    ticked = re.findall(r"<input[^>]*checked[^>]*>", page)
    assert re.findall(r'name="(\w+)"', "".join(ticked)) == [
        "form",
        "has_comment",
        "instruments",
    ]


def test_the_same_questions_are_loaded_once(client, draft):
    load_file(client, draft, example())

    assert "There are questions named Werkplezier already." in words(
        load_file(client, draft, example())
    )
    assert Instrument.objects.count() == 1


def test_the_schema_says_what_the_reader_holds_to():
    """Lengths, names and kinds: an editor with the schema accepts what we accept."""
    schema = json.loads((STATIC / "questions.schema.json").read_text(encoding="utf-8"))
    top = schema["properties"]
    scale = top["scales"]["items"]["properties"]
    item = scale["items"]["items"]["properties"]
    longest = {name: top[name]["maxLength"] for name in ("name", "source", "licence")}
    longest["label"] = scale["label"]["properties"]["nl"]["maxLength"]
    longest["sentence"] = item["nl"]["maxLength"]
    assert longest == own.LONGEST
    assert tuple(scale["kind"]["enum"]) == own.KINDS
    assert scale["items"]["maxItems"] == own.MOST_ITEMS
    assert schema["required"] == ["name", "source", "licence", "scales"]
    assert set(safe_load(example())) == set(top)
    assert set(safe_load(example())["scales"][0]) <= set(scale)
