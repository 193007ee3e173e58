"""Ways of writing that would undo a promise, which no scanner from elsewhere knows to look for."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from tools.checks.tree import text_of, written_here

PERSONAL = {"address", "answers", "comment", "email", "name", "nonce", "staff_number", "token"}
"""Attributes that hold something of a person: none of them is printed or logged."""
LOGGERS = {"log", "logger", "logging"}
LOADERS = {"CSafeLoader", "SafeLoader", "loader"}
CONNECTS = {"create_connection", "urlopen", "SMTP", "SMTP_SSL", "HTTPConnection", "HTTPSConnection"}
ASKS = {"get", "post", "put", "patch", "delete", "head", "options", "request"}
OPEN_DOORS = {"csrf_exempt", "xframe_options_exempt", "csp_exempt", "login_not_required"}
DISSOLVES = {"pickle", "cPickle", "marshal", "shelve", "dill", "jsonpickle"}
RUNS_WORDS = {"eval", "exec", "compile", "__import__"}

SET_ASIDE: dict[tuple[str, str], tuple[int, str]] = {
    ("markup that is not escaped", "src/zwerm/core/templatetags/look.py"): (
        1,
        "our own drawings, read from our own files",
    ),
    ("markup that is not escaped", "src/zwerm/scans/drawings.py"): (
        1,
        "drawn by zwerm.pictures, which escapes each word: tests/pictures/test_every_picture.py",
    ),
    ("markup that is not escaped", "src/zwerm/scans/printing.py"): (
        2,
        "the code that segno draws of our own address, and a drawing without words",
    ),
    ("markup that is not escaped", "src/zwerm/people/second_step_adapter.py"): (
        1,
        "the code that segno draws, without words",
    ),
    ("markup that is not escaped", "src/zwerm/scans/queries/setup.py"): (
        1,
        "dots without words, of a number",
    ),
    ("a query put together from words", "src/zwerm/core/anew.py"): (
        3,
        "names of our own tables and functions, that the database gives itself",
    ),
    ("a query put together from words", "src/zwerm/core/archive.py"): (
        1,
        "what Django writes to set counters right",
    ),
    ("a query put together from words", "src/zwerm/core/append_only.py"): (
        1,
        "one of two fixed texts, by the kind of database",
    ),
    ("a query put together from words", "src/zwerm/people/row_security.py"): (
        4,
        "rules that our own models name; no word of anybody comes in",
    ),
    ("a query past the school's scope", "src/zwerm/core/archive.py"): (
        3,
        "a backup holds every school, and knows no room",
    ),
    ("chance or a digest that can be guessed", "src/zwerm/analysis/structure.py"): (
        1,
        "igraph takes its chance so; it lays out a drawing and keeps nothing secret",
    ),
    ("something of a person printed or logged", "src/zwerm/people/command.py"): (
        3,
        "the dry run of `import-staff`, read by who loads the list; docs/admin/commands.md warns",
    ),
}
"""What was looked at and is as it should be: the rule and the file, how often, and why."""

Rule = Callable[[ast.AST], bool]


def named(call: ast.AST) -> str:
    """The last name of what is called: `execute` of `cursor.execute(...)`."""
    return of_name(call.func) if isinstance(call, ast.Call) else ""


def of_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def asked_of(call: ast.AST) -> str:
    """What the call is asked of: `requests` of `requests.get(...)`."""
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
        return of_name(call.func.value)
    return ""


def option(call: ast.AST, name: str) -> ast.expr | None:
    keywords = call.keywords if isinstance(call, ast.Call) else []
    return next((one.value for one in keywords if one.arg == name), None)


def first(call: ast.AST) -> ast.expr | None:
    return call.args[0] if isinstance(call, ast.Call) and call.args else None


def is_plain(node: ast.expr | None) -> bool:
    """Text as it stands there, or a name in capitals that holds such."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def unescaped(node: ast.AST) -> bool:
    says = named(node)
    return says in {"mark_safe", "SafeString", "SafeText"} or (
        says == "format_html" and not is_plain(first(node))
    )


def loose_query(node: ast.AST) -> bool:
    says = named(node)
    if says in {"raw", "RawSQL"} or (says == "execute" and asked_of(node) in {"cursor", "db"}):
        return not is_plain(first(node))
    return says == "extra" and asked_of(node) not in LOGGERS and isinstance(node, ast.Call)


def unscoped(node: ast.AST) -> bool:
    is_manager = isinstance(node, ast.Attribute) and node.attr == "_base_manager"
    return is_manager or (named(node) == "QuerySet" and option(node, "model") is not None)


def tells_of_a_person(node: ast.AST) -> bool:
    says, asked = named(node), asked_of(node)
    if says != "print" and asked not in LOGGERS:
        return False
    return any(
        isinstance(part, ast.Attribute) and part.attr in PERSONAL and of_name(part.value) != "self"
        for part in ast.walk(node)
        if part is not node.func  # type: ignore[attr-defined]  # a call, since it has a name
    )


def endless(node: ast.AST) -> bool:
    """A connection that may wait for ever."""
    is_asked = named(node) in ASKS and asked_of(node) in {"requests", "httpx"}
    return (is_asked or named(node) in CONNECTS) and option(node, "timeout") is None


def follows(node: ast.AST) -> bool:
    """A question to another server that goes wherever that sends it."""
    is_asked = named(node) in ASKS and asked_of(node) == "requests"
    return is_asked and not is_false(option(node, "allow_redirects"))


def is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def dissolves(node: ast.AST) -> bool:
    """Reads bytes that can become any object."""
    if isinstance(node, ast.Import):
        return any(one.name.split(".")[0] in DISSOLVES for one in node.names)
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in DISSOLVES
    return reads_any_yaml(node) or option(node, "allow_pickle") is not None


def reads_any_yaml(node: ast.AST) -> bool:
    if asked_of(node) != "yaml" or named(node) not in {"load", "load_all", "unsafe_load"}:
        return False
    loader = option(node, "Loader")
    return loader is None or of_name(loader) not in LOADERS


def runs_words(node: ast.AST) -> bool:
    if named(node) in RUNS_WORDS and isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name)
    is_shell = option(node, "shell") is not None and not is_false(option(node, "shell"))
    return is_shell or (asked_of(node) == "os" and named(node) in {"system", "popen"})


def opens_a_door(node: ast.AST) -> bool:
    return of_name(node) in OPEN_DOORS


def every_field(node: ast.AST) -> bool:
    """A form that takes whatever the model has, also what is added to that later."""
    if not isinstance(node, ast.ClassDef):
        return False
    return any(
        isinstance(line, ast.Assign)
        and of_name(line.targets[0]) in {"fields", "exclude"}
        and (of_name(line.targets[0]) == "exclude" or is_everything(line.value))
        for line in node.body
        if node.name == "Meta"
    )


def is_everything(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == "__all__"


def unpacks(node: ast.AST) -> bool:
    return named(node) in {"extractall", "unpack_archive"}


def guessable(node: ast.AST) -> bool:
    """Chance that can be worked out, or a digest that can be matched."""
    if isinstance(node, ast.Import):
        return any(one.name == "random" for one in node.names)
    return named(node) in {"md5", "sha1"} or (
        named(node) in {"uuid1", "uuid3"} and isinstance(node, ast.Call)
    )


RULES: dict[str, Rule] = {
    "markup that is not escaped": unescaped,
    "a query put together from words": loose_query,
    "a query past the school's scope": unscoped,
    "something of a person printed or logged": tells_of_a_person,
    "a connection without a time limit": endless,
    "a question that follows wherever it is sent": follows,
    "bytes that become any object": dissolves,
    "words that are run": runs_words,
    "a page without its guard": opens_a_door,
    "a form with every field": every_field,
    "an archive unpacked by the names in it": unpacks,
    "chance or a digest that can be guessed": guessable,
}

TEMPLATE = re.compile(r"\|\s*(?:safe|safeseq)\b|{%\s*autoescape\s+off")
SCRIPT = re.compile(
    r"\.(?:inner|outer)HTML\s*\+?=|insertAdjacentHTML|document\.write|\beval\(|new Function\("
    r"|setTimeout\(\s*[\"']|postMessage|__proto__|[\"']javascript:"
)


def unsafe_ways() -> list[str]:
    """Each way of writing that is not set aside, and what is set aside and no longer there."""
    found = Counter(
        (rule, path.as_posix(), line)
        for path in written_here(".py", ".html", ".js")
        if path.parts[0] == "src"
        for line, rule in unsafe_in(path, text_of(path))
    )
    return judged(list(found))


def judged(found: list[tuple[str, str, int]]) -> list[str]:
    counts = Counter((rule, path) for rule, path, _line in found)
    faults = [
        f"{path}:{line} has {rule}"
        for rule, path, line in found
        if counts[rule, path] != SET_ASIDE.get((rule, path), (0, ""))[0]
    ]
    gone = [
        f"{path}: {rule} is set aside, and no longer there"
        for (rule, path) in SET_ASIDE
        if not counts[rule, path]
    ]
    return faults + gone


def unsafe_in(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    """Line and rule of each unsafe way of writing in one file."""
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            for rule, is_broken in RULES.items():
                if is_broken(node):
                    yield node.lineno, rule  # type: ignore[attr-defined]  # found by a call
        return
    pattern = TEMPLATE if path.suffix == ".html" else SCRIPT
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.search(line):
            yield number, "markup that is not escaped"
