"""Every line that our own code writes down: its fixed words and what is filled in.

What is filled in must hold nothing of a person. Who adds a line adds it here, and says why not.
"""

import ast

from tools.checks.tree import ROOT, project_files, text_of

WRITES = {"debug", "info", "warning", "error", "exception", "critical", "log"}
LINES = {
    ("core/visits.py", "visited"): [],
    (
        "people/actions/second_step.py",
        "the second step of an account was taken away by command",
    ): [],
    ("home/again.py", "an older database came back: erased again %d, later %d"): ["done", "later"],
    ("home/jobs.py", "somebody who left is erased later: a report is being made"): [],
    # full, busy or away
    ("core/views.py", "the database or the disk is %s"): ["outage.value"],
    ("home/serving.py", "the database or the disk is %s; it is tried again"): ["outage.value"],
    # the name of a module or a function of ours
    ("home/serving.py", "%s failed; it is tried again"): ["due.__module__"],
    ("scans/jobs.py", "%s failed for a school; it is tried again"): ["part.__name__"],
    # the kind of a fault, and not what it says
    ("people/adapter.py", "a mail about signing in could not be sent: %s"): [
        "type(fault).__name__"
    ],
    ("scans/actions/inviting.py", "a mail of a scan was not accepted: %s"): [
        "type(fault).__name__"
    ],
    # the name that a setting gives a provider, and one of our sentences or the kind of a fault
    ("people/oidc/views.py", "a sign-in by %s was not believed or did not come: %s"): [
        "found.key",
        "what",
    ],
    # that of the fault below it: `NoConnection(type(fault).__name__)`
    ("scans/actions/inviting.py", "the mail server cannot be reached; it is tried again: %s"): [
        "fault"
    ],
    # the code with which a process ended
    (
        "people/staff_list/apart.py",
        "The process that reads staff lists ended with %d before it read anything",
    ): ["code"],
}


def lines():
    """The fixed words of each call of a log, and the code of what is filled in."""
    found = {}
    for path in project_files():
        if is_ours(path) and "log." in text_of(path):
            for node in calls_of(ast.parse(text_of(path))):
                if is_of_log(node.func):
                    words, *values = node.args
                    where = path.relative_to("src/zwerm").as_posix()
                    found[where, ast.literal_eval(words)] = [ast.unparse(one) for one in values]
    return found


def is_ours(path):
    return path.suffix == ".py" and path.is_relative_to("src/zwerm")


def calls_of(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def is_of_log(called):
    is_part = isinstance(called, ast.Attribute) and called.attr in WRITES
    return is_part and ast.unparse(called.value) in {"log", "logger"}


def test_every_line_that_we_write_down_is_declared_and_no_other():
    assert (ROOT / "src/zwerm/core/visits.py").exists()
    assert lines() == LINES
