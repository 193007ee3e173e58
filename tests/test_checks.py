"""The checks of translations and licences, each given a planted fault that it must find."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath

import pytest
from babel.messages.pofile import read_po
from tools import checking
from tools.checks import catalogues, licences, programs, unmarked
from tools.checks.tree import project_files, written_here
from tools.translations import (
    Message,
    body,
    messages_of_python,
    messages_of_template,
    rooms,
    updated,
    words_of,
)


def catalogue(*entries):
    header = (
        'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'
    )
    return read_po(BytesIO("\n\n".join([header, *entries]).encode()), locale="nl")


def words(*messages):
    return {message.key: message for message in messages}


def said(source, find=messages_of_template):
    return [(word.context, word.singular, word.plural) for word in find(source)]


def test_words_are_found_in_every_tag_of_a_template():
    source = """{% load i18n %}
    <p title="{% translate 'Do' %}">{{ _("Yes") }} {% translate "May" context "month" %}
    {% include "x.html" with a=_("Sent") %}{# {% translate "Not this" %} #}
    {% blocktranslate count n=many trimmed %}
      {{ n }} answer
    {% plural %}
      {{ n }} answers
    {% endblocktranslate %}"""
    assert said(source) == [
        (None, "Do", None),
        (None, "Yes", None),
        ("month", "May", None),
        (None, "Sent", None),
        (None, "%(n)s answer", "%(n)s answers"),
    ]


def test_words_are_found_in_python_by_whatever_name_the_function_has():
    source = """
from django.utils import translation
from django.utils.translation import gettext_lazy as _, ngettext as many, pgettext
_("One" " sentence")
many("%(n)d answer", "%(n)d answers", 3)
pgettext("month", "May")
translation.gettext("Later")
other("Not this"); _(not_this)
"""
    assert said(source, messages_of_python) == [
        (None, "One sentence", None),
        (None, "%(n)d answer", "%(n)d answers"),
        ("month", "May", None),
        (None, "Later", None),
    ]


def test_words_of_the_project_are_really_found():
    found = words_of(rooms()["core"])
    assert (None, "This page is not here") in found
    assert found[None, "waiting"].files == ["models.py"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("", "not there: 'a %(n)s'"),
        ('msgid "a %(n)s"\nmsgstr ""', "not translated: 'a %(n)s'"),
        ('#, fuzzy\nmsgid "a %(n)s"\nmsgstr "een %(n)s"', "marked as unsure (fuzzy): 'a %(n)s'"),
        (
            'msgid "a %(n)s"\nmsgstr "een %(m)s"',
            "other places to fill in than the English: 'a %(n)s'",
        ),
        ('msgid "a %(n)s"\nmsgstr "een"', "other places to fill in than the English: 'a %(n)s'"),
        ('msgid "a %(n)s"\nmsgstr "<b>%(n)s</b>"', "other tags than the English: 'a %(n)s'"),
        (
            'msgid "a %(n)s"\nmsgstr "een %(n)s"\n\nmsgid "old"\nmsgstr "oud"',
            "no longer used: 'old'",
        ),
        (
            'msgid "a %(n)s"\nmsgstr "een %(n)s"\n\n#~ msgid "old"\n#~ msgstr "oud"',
            "no longer used: 'old'",
        ),
    ],
)
def test_a_fault_in_a_catalogue_is_found(entry, fault):
    found = catalogues.room_faults("core", words(Message(None, "a %(n)s")), catalogue(entry))
    assert found == [f"src/zwerm/core/locale/nl/LC_MESSAGES/django.po: {fault}"]


def test_a_catalogue_without_faults_is_left_alone():
    wanted = words(Message(None, "a %(n)s"), Message(None, "one", "%(n)s of them"))
    entries = [
        'msgid "a %(n)s"\nmsgstr "een %(n)s"',
        'msgid "one"\nmsgid_plural "%(n)s of them"\nmsgstr[0] "een"\nmsgstr[1] "%(n)s stuks"',
    ]
    assert catalogues.room_faults("core", wanted, catalogue(*entries)) == []


def test_a_plural_that_misses_its_second_form_is_found():
    entry = 'msgid "one"\nmsgid_plural "%(n)s"\nmsgstr[0] "een"\nmsgstr[1] ""'
    found = catalogues.room_faults("core", words(Message(None, "one", "%(n)s")), catalogue(entry))
    assert [fault.partition(": ")[2] for fault in found] == ["not translated: 'one'"]


def test_a_room_with_words_and_no_catalogue_is_found():
    found = catalogues.room_faults("courses", words(Message(None, "a")), None)
    assert found == ["courses has 1 words and no catalogue"]


def test_two_rooms_that_translate_one_text_differently_are_found():
    one = catalogue('msgid "open"\nmsgstr "open"', 'msgid "scan"\nmsgstr "scan"')
    other = catalogue('msgid "open"\nmsgstr "openen"', 'msgid "scan"\nmsgstr "scan"')
    assert catalogues.disagreements({"core": one, "scans": other}) == [
        "core and scans translate 'open' differently; give one a context"
    ]


def test_an_update_keeps_what_was_translated_in_its_place():
    old = catalogue(
        'msgid "b"\nmsgstr "bee"', 'msgid "gone"\nmsgstr "weg"', 'msgid "a"\nmsgstr "aa"'
    )
    wanted = words(
        Message(None, "new", files=["views.py"]),
        Message(None, "a", files=["views.py"]),
        Message(None, "b", files=["forms.py"]),
    )
    assert body(updated(old, wanted)) == (
        '#: forms.py\nmsgid "b"\nmsgstr "bee"\n\n'
        '#: views.py\nmsgid "a"\nmsgstr "aa"\n\n'
        '#: views.py\nmsgid "new"\nmsgstr ""\n'
    )


def test_unmarked_words_of_a_template_are_found():
    source = """{% load i18n %}
<p title="Close">{% translate "Marked" %} {{ name }} &ndash; 3</p>
<img alt="{% translate "Marked" %}"> Zwerm
<p>{# A remark #}Open
  the scan</p>
{% blocktranslate %}Marked as well{% endblocktranslate %}
<a lang="nl" href="/nl/"><b>Nederlands</b></a><script>let words</script>
{% block body_class %}of a style{% endblock %}"""
    assert list(unmarked.in_html(source)) == [(2, "Close"), (4, "Open the scan")]


def test_unmarked_words_of_a_mail_are_found():
    source = "{% load i18n %}\n{% translate 'Dear' %} {{ name }},\nYour scan is open."
    assert list(unmarked.in_text(source)) == [(3, "Your scan is open.")]


def test_unmarked_words_of_python_are_found():
    source = '''
raise Refused("Too late.")
raise Refused(f"Too late, {name}.")
raise ValidationError(_("Marked"))
messages.success(request, "Sent.")
name = CharField(_("name"), help_text="As on the list.", label=_("Marked"), max_length=3)
class Kind(models.TextChoices):
    """Text."""
    OPEN = "open", "Open"
    DONE = "done", _("Done")
'''
    assert sorted(unmarked.in_python(source)) == [
        (2, "Too late."),
        (3, "Too late,   ."),
        (5, "Sent."),
        (6, "As on the list."),
        (9, "Open"),
    ]


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True),
        ("MIT AND (Zlib OR BSD-3-Clause)", True),
        ("GPL-2.0-or-later OR Mozilla Public License 1.1 (MPL 1.1)", True),
        ("GPL-2.0-only", False),
        ("MIT AND GPL-2.0-only", False),
        ("CNRI-Python", False),
        ("", False),
    ],
)
def test_a_licence_fits_when_one_alternative_fits_as_a_whole(expression, fits):
    assert licences.is_allowed(expression, licences.COMPATIBLE) == fits


def test_a_licence_that_is_not_known_is_a_fault():
    assert licences.licence_of("no-such-package") == ""
    assert licences.unfit({"no-such-package": ""}, licences.COMPATIBLE) == [
        "no-such-package: licence unknown"
    ]


def test_the_product_stands_on_its_dependencies_and_not_on_our_tools():
    product = licences.closure(licences.python_lock(), "zwerm")
    assert {"django", "pillow", "zwerm"} <= product
    assert {"ruff", "djlint", "pytest"} & product == set()


def test_a_host_that_is_not_public_is_found():
    lock = 'url = "https://pypi.org/simple" url = "http://index.school.example/six.whl"'
    assert licences.strange_hosts("uv.lock", lock, licences.PYTHON_HOSTS) == [
        "uv.lock names index.school.example"
    ]


def test_a_program_that_finds_something_is_a_fault(tmp_path):
    (tmp_path / "untidy.py").write_text("x=1\n", encoding="utf-8")
    isolated = programs.program("ruff", "format", "--check", "--isolated", str(tmp_path))
    assert programs.faults_of(isolated) != []
    (tmp_path / "untidy.py").write_text("x = 1\n", encoding="utf-8")
    assert programs.faults_of(isolated) == []


def test_the_conclusion_names_what_is_wrong():
    assert checking.conclusion(3, []) == "\nAll 3 checks are ok."
    assert checking.conclusion(3, ["lint"]) == "\n1 of 3 checks found a fault: lint."


def test_the_files_of_others_are_not_looked_at():
    assert PurePosixPath("src/zwerm/core/static/core/vendor/htmx.min.js") in project_files()
    assert [path for path in written_here(".js") if "vendor" in path.parts] == []
    assert PurePosixPath("tests/test_checks.py") in written_here(".py")
