"""The documentation against the code: what is not written down fails here, and what is gone too."""

from __future__ import annotations

import ast
import hashlib
import re
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
import yaml
from babel.messages.pofile import read_po
from tools.checks.tree import ROOT, project_files, text_of
from tools.door import TOOLS

from zwerm.cli import COMMANDS

SETTING = re.compile(r"(?:ZWERM_[A-Z_]*[A-Z]|DATABASE_URL)")
READERS = {"env", "env_choice", "env_flag", "env_key", "env_list", "env_networks", "env_number"}
FOR_TESTS_ONLY = {"ZWERM_TEST_POSTGRES"}
METHODS = ROOT / "docs/methods"
GUIDE = ROOT / "docs/guide"
CONTENT = ROOT / "src/zwerm/scans/content"
AGPL = "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"


@cache
def trees(folder):
    return {
        path: ast.parse(text_of(path))
        for path in project_files()
        if path.suffix == ".py" and path.is_relative_to(folder)
    }


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def words(nodes):
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def settings_read():
    """Each setting with its default as the code has it; None when it is no plain text."""
    found = {}
    for call in calls(ast.parse(text_of(PurePosixPath("src/zwerm/settings.py")))):
        if isinstance(call.func, ast.Name) and call.func.id in READERS:
            name, *default = call.args
            found[words([name])[0]] = (words(default[:1]) or [None])[0]
    return found


def settings_documented():
    """The rows of the tables: name and default."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", page("admin/settings.md"), re.MULTILINE)
    return {name: default.strip("`") for name, default in rows}


def page(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_and_no_other():
    assert settings_read().keys() == settings_documented().keys()


def test_settings_are_read_in_one_place_only():
    """What the code names elsewhere (to set it for a demo, or in a sentence) is a setting too."""
    named = {
        name
        for tree in trees("src").values()
        for text in words(ast.walk(tree))
        for name in SETTING.findall(text)
    }
    assert {name.removesuffix("_FILE") for name in named} == set(settings_read())


def test_the_default_of_every_setting_is_documented():
    documented = settings_documented()
    wrong = {
        name: documented.get(name)
        for name, default in settings_read().items()
        if default is not None and documented.get(name) != (default or "(empty)")
    }
    assert wrong == {}


def test_settings_of_the_tests_are_documented():
    named = {
        name
        for path, tree in trees("tools").items()
        if "checks" not in path.parts
        for text in words(ast.walk(tree))
        for name in SETTING.findall(text)
        if name.startswith("ZWERM_TEST_")
    }
    assert named == FOR_TESTS_ONLY
    assert [name for name in named if f"`{name}`" not in page("admin/settings.md")] == []


def test_every_command_is_documented_and_no_other():
    documented = re.findall(r"^### `./zwerm ([\w-]+)`$", page("admin/commands.md"), re.MULTILINE)
    assert sorted(documented) == sorted([*COMMANDS, *TOOLS])


def options():
    """Each option and argument that any command takes, from the code."""
    return sorted(
        {
            (path.as_posix(), word)
            for folder in ("src", "tools")
            for path, tree in trees(folder).items()
            for call in calls(tree)
            if isinstance(call.func, ast.Attribute) and call.func.attr == "add_argument"
            for word in words(call.args)
            if word.startswith("--")
        }
    )


def test_every_option_of_a_command_is_documented():
    assert ("src/zwerm/home/serving.py", "--bind") in options()
    missing = [
        (path, word) for path, word in options() if f"`{word}" not in page("admin/commands.md")
    ]
    assert missing == []


def statistics():
    """Each public function of the analysis: `module.function`."""
    return sorted(
        f"{path.stem}.{node.name}"
        for path, tree in trees("src/zwerm/analysis").items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    )


def test_every_statistic_is_documented():
    """A page of docs/methods names the function in code marks: what it is, and from where."""
    pages = "\n".join(file.read_text(encoding="utf-8") for file in METHODS.glob("*.md"))
    named = {word.split(".")[-1] for word in re.findall(r"`([\w.]+)(?:\(.*?\))?`", pages)}
    assert statistics()
    assert [name for name in statistics() if name.split(".")[1] not in named] == []


def test_every_page_of_methods_is_in_the_index():
    index = (METHODS / "README.md").read_text(encoding="utf-8")
    pages = {file.name for file in METHODS.glob("*.md")} - {"README.md"}
    assert pages
    assert pages - set(re.findall(r"\]\(([\w-]+\.md)\)", index)) == set()


OF_A_FIGURE = ("**What it says.**", "**What it does not say.**", "## Who may see", "## Source")
NO_FIGURE = {"README.md", "analyse.md", "pictures.md", "relations.md", "simulation.md"}


def test_every_figure_has_its_limits_its_readers_and_its_source():
    figures = [file for file in METHODS.glob("*.md") if file.name not in NO_FIGURE]
    assert len(figures) > 10
    lacking = [
        (file.name, part)
        for file in figures
        for part in OF_A_FIGURE
        if part not in file.read_text(encoding="utf-8")
    ]
    assert lacking == []


def screen_words(language):
    """Every text that a screen of the site can hold, in one language."""
    catalogues = list((ROOT / "src/zwerm").glob("*/locale/nl/LC_MESSAGES/django.po"))
    assert len(catalogues) == 4
    found: set[str] = set()
    for file in catalogues:
        with file.open("rb") as opened:
            for message in read_po(opened):
                both = message.string if language == "nl" else message.id
                found.update([both] if isinstance(both, str) else both or ())
    for file in CONTENT.glob("*.yaml"):
        found.update(texts_of(yaml.safe_load(file.read_text(encoding="utf-8")), language))
    return {upper_first(text.rstrip(".")) for text in found if text}


def texts_of(content, language):
    if isinstance(content, dict):
        for name, value in content.items():
            if name == language and isinstance(value, str):
                yield value
            yield from texts_of(value, language)
    elif isinstance(content, list):
        for value in content:
            yield from texts_of(value, language)


def upper_first(text):
    return text[:1].upper() + text[1:]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_stands_in_bold_in_a_guide_stands_on_a_screen(language):
    """Bold is kept for what one presses or reads on a screen; other weight is in italics."""
    said = {
        " ".join(label.split())
        for file in (GUIDE / language).glob("*.md")
        for label in re.findall(r"\*\*(.+?)\*\*", file.read_text(encoding="utf-8"), re.DOTALL)
    }
    assert len(said) > 20
    assert {upper_first(label) for label in said} - screen_words(language) == set()


def test_the_guide_is_the_same_in_both_languages():
    """As many pages, in the order of the index, each with as many headings and points."""
    dutch, english = (guide_pages(language) for language in ("nl", "en"))
    assert len(dutch) >= 6
    assert [shape(one) for one in dutch] == [shape(one) for one in english]


def guide_pages(language):
    index = GUIDE / language / "README.md"
    named = re.findall(r"\]\(([\w-]+\.md)\)", index.read_text(encoding="utf-8"))
    assert {*named, "README.md"} == {file.name for file in index.parent.glob("*.md")}
    return [index, *(index.parent / name for name in named)]


def shape(file):
    """The marks with which lines begin: headings, points, steps and rows."""
    return re.findall(r"^(#+|[-|]|\d\.)", file.read_text(encoding="utf-8"), re.MULTILINE)


ROOM_FILES = {"actions", "forms", "queries", "results", "views", "models"}
"""A file of a room that grew is a folder of the same name."""


def test_every_file_that_the_documents_name_is_there():
    """In code marks: a path from wherever its sentence stands, or a name alone."""
    there = [file.as_posix() for file in project_files()]
    named = {
        word
        for name in ("architecture.md", "testing.md", "look.md", "../CONTRIBUTING.md")
        for word in re.findall(r"`([\w./*-]+)`", page(name))
        if is_path(word)
    }
    assert len(named) > 50
    assert {word for word in named if not any(is_at(word, file) for file in there)} == set()


def is_path(word):
    """With an ending that files have, or as a folder; addresses and made-up examples are none."""
    is_example = "<" in word or word.startswith(("../", "/", "data/")) or "team_history" in word
    return not is_example and bool(re.search(r"/$|\.(py|md|yaml|html|css|js|toml|lock|mjs)$", word))


def is_at(word, file):
    """True if `file` is what `word` names, or lies in the folder that it names."""
    stem = word.removesuffix(".py")
    if stem in ROOM_FILES or word.endswith("/"):
        return f"/{stem.rstrip('/')}/" in f"/{file}"
    return PurePosixPath(file).match(word)


def links():
    """Each link from one file of the project to another."""
    for path in project_files():
        if path.suffix == ".md":
            text = re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL)
            for target in re.findall(r"\]\(([^)\s]+)\)", text):
                if not re.match(r"[a-z]+:|#", target):
                    yield path, target.partition("#")[0]


def test_every_link_leads_somewhere():
    found = list(links())
    assert len(found) > 5
    broken = [
        f"{path}: {target}" for path, target in found if not (ROOT / path.parent / target).exists()
    ]
    assert broken == []


def test_every_decision_has_its_context_and_its_costs():
    decisions = sorted((ROOT / "docs/adr").glob("0*.md"))
    assert len(decisions) >= 9
    assert [file.name[:4] for file in decisions] == [
        f"{n:04}" for n in range(1, len(decisions) + 1)
    ]
    unfinished = [
        file.name
        for file in decisions
        if not {"Decision", "Reasons", "Costs"} <= set(headings(file))
    ]
    assert unfinished == []


def headings(file: Path):
    return re.findall(r"^## (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_dependency_has_a_reason():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = set(re.findall(r'^    "([a-z0-9-]+)(?:\[[\w-]+\])?[<>=]', project, re.MULTILINE))
    given = set(
        re.findall(r"^\| `([a-z0-9-]+)` \|", page("adr/0009-dependencies.md"), re.MULTILINE)
    )
    assert len(asked) > 20
    assert asked == given


@pytest.mark.parametrize("command", ["./zwerm demo", "./zwerm test"])
def test_the_readme_shows_the_two_commands(command):
    assert command in text_of(PurePosixPath("README.md"))


def test_the_readme_shows_a_picture_of_the_real_page():
    shown = re.search(r"!\[.+?\]\((.+?\.png)\)", text_of(PurePosixPath("README.md")), re.DOTALL)
    assert shown
    picture = (ROOT / shown[1]).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 1280
    assert len(picture) < 250_000


def test_ci_runs_the_test_command_of_the_readme_and_then_the_checks():
    lines = text_of(PurePosixPath(".ci/run")).splitlines()
    assert lines.index("./zwerm test") < lines.index("./zwerm check")


def test_the_licence_is_the_whole_text_of_the_agpl():
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == AGPL
