"""The demo: made once, the same each time, and quickly there the second time."""

import fcntl
import json
import os
import time

import pytest

from tests.home.installation import asked_of_database, zwerm

DIGESTS = "sorted(Snapshot.objects.values_list('digest', flat=True))"
COUNTED = "[(one.name, Member.objects.filter(school=one).count()) for one in School.objects.all()]"
STATES = (
    "sorted((s.school.name, s.status) for s in Scan.objects.select_related('school'))"
)  # fmt: skip


@pytest.fixture(scope="module")
def demos(tmp_path_factory):
    """Two demos, each made in a folder of its own: once, however many processes run tests."""
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folders = [root / "first-demo", root / "second-demo"]
    with (root / "demos.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for folder in folders:
            if not folder.exists():
                made = zwerm(folder, "demo", "--prepare")
                assert (made.returncode, made.stderr) == (0, "")
    return folders


def test_the_same_seed_gives_the_same_figures_twice(demos):
    first, second = (asked_of_database(folder, DIGESTS) for folder in demos)
    assert first == second
    assert first.count("'") == 2 * 5  # five scans have their report


def test_a_demo_has_a_board_with_three_schools_and_a_few_years_of_scans(demos):
    assert asked_of_database(demos[0], COUNTED) == (
        "[('De Kleine Beer', 12), ('De Waterlelie', 84), ('Het Eiland', 27)]"
    )
    assert asked_of_database(demos[0], STATES) == str(
        sorted(
            [("De Waterlelie", "released")] * 3
            + [
                ("De Waterlelie", "open"),
                ("Het Eiland", "released"),
                ("De Kleine Beer", "released"),
            ]
        )
    )


VERDICTS = """[
    [
        *(change["verdicts"][name]["word"] for name in ("mean_named", "reciprocity",
                                                         "centralization", "coupling")),
        change["verdicts"]["reciprocity"]["falling_back"], change["expectation"]["outcome"],
    ]
    for one in Snapshot.objects.filter(school__name="De Waterlelie").order_by("scan__opened_at")
    if (change := __import__("json").loads(one.text)["change"])
]"""


def test_the_large_school_rises_falls_and_once_cannot_be_told(demos):
    """Its answers come from the demo's one seed, and the verdicts from its answers.

    In its second year people truly ask more colleagues and ask each other more; in the third they
    ask each other less, while how many they ask falls by less than can be seen.
    """
    assert asked_of_database(demos[0], VERDICTS) == str(
        [
            ["risen", "risen", "fallen", "no_clear_change", None, "met"],
            ["cannot_say", "fallen", "risen", "no_clear_change", "after_rise", "not_met"],
        ]
    )


def test_the_second_start_makes_nothing_and_is_quick(demos):
    folder = demos[0]
    counted = "Account.objects.count(), Scan.objects.count(), Installation.objects.count()"
    before = asked_of_database(folder, counted)
    began = time.perf_counter()
    again = zwerm(folder, "demo", "--prepare")
    took = time.perf_counter() - began
    assert (again.returncode, again.stdout) == (0, "")
    assert asked_of_database(folder, counted) == before
    print(f"second start: {took:.1f} s")
    assert took < 60


def test_the_keys_of_a_demo_are_kept_for_its_owner_alone(demos):
    for name in ("secret", "seal"):
        key = demos[0] / "keys" / name
        assert key.stat().st_mode & 0o777 == 0o600
        assert len(key.read_text()) == 64
    assert (demos[0] / "keys" / "seal").read_text() != (demos[1] / "keys" / "seal").read_text()


def test_no_mail_leaves_a_demo(demos):
    """Whatever was mailed lies as a file in the folder of the demo."""
    program = "__import__('django.conf').conf.settings.EMAIL_BACKEND"
    assert json.dumps(asked_of_database(demos[0], program)).endswith('filebased.EmailBackend"')
