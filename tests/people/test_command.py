"""The commands about people, as an operator types them."""

import datetime as dt

import pytest

from tests.factories import make_board, make_school
from tests.fingerprint import everything
from tests.people.lists import DAAN, HEADINGS, NOOR, as_csv, as_xlsx, bomb
from zwerm.people import command
from zwerm.people.models import Account, Board, Mandate, Member, School
from zwerm.people.scope import crossing_schools, school_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_school(name="De Vuurtoren", board=make_board(name="Het Baken"))


@pytest.fixture
def run(capsys):
    """Run a command: its exit code, what it says, and what it says is wrong."""

    def run(act, *words):
        code = act([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    return run


@pytest.fixture
def file(tmp_path):
    def write(content, name="staff.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def names(place):
    with school_scope(place):
        present = Member.objects.filter(left_on__isnull=True)
        return sorted(present.values_list("name", flat=True))


def test_a_dry_run_says_what_would_change_and_writes_nothing(place, run, file):
    before = everything()
    path = file(as_csv(HEADINGS, NOOR, DAAN))
    assert run(command.import_staff, path, "--school", "De Vuurtoren") == (
        0,
        [
            "new      Noor Bos",
            "new      Daan Kok",
            "2 new, 0 changed, 0 left, 0 the same, 0 faults.",
            "Nothing was written. Add --yes to write this.",
        ],
        [],
    )
    assert everything() == before


def test_yes_writes_what_was_shown_and_again_changes_nothing(place, run, file):
    path = file(as_xlsx(HEADINGS, NOOR, DAAN), "staff.xlsx")
    code, said, _wrong = run(command.import_staff, path, "--school", "De Vuurtoren", "--yes")
    assert (code, said[-1]) == (0, "The staff list is up to date.")
    assert names(place) == ["Daan Kok", "Noor Bos"]

    before = everything()
    _code, said, _wrong = run(command.import_staff, path, "--school", "De Vuurtoren", "--yes")
    assert said[0] == "0 new, 0 changed, 0 left, 2 the same, 0 faults."
    assert everything() == before


def test_changes_leavers_and_faults_are_told(place, run, file):
    run(command.import_staff, file(as_csv(HEADINGS, NOOR, DAAN)), "--school", place.name, "--yes")
    moved = ["Noor Bos", "n.bos@school.example", *NOOR[2:]]

    _code, said, _wrong = run(
        command.import_staff, file(as_csv(HEADINGS, moved)), "--school", place.name
    )
    assert said[:3] == [
        "changed  Noor Bos: mail address: noor@school.example -> n.bos@school.example",
        "left     Daan Kok",
        "0 new, 1 changed, 1 left, 0 the same, 0 faults.",
    ]

    _code, said, _wrong = run(
        command.import_staff, file(as_csv(HEADINGS, ["=1", *NOOR[1:]])), "--school", place.name
    )
    assert said[0] == "fault    row 2, Naam: This is a formula, not a name. Type the name itself."


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (
            as_csv(HEADINGS, ["", *NOOR[1:]]),
            ["--yes"],
            "Some rows have a fault. Mend them, or choose to leave them out. Nothing was written.",
        ),
        (b"", ["--yes"], "This file is empty. Nothing was loaded. Choose the file that holds the "
                         "staff list."),
        (
            as_csv(["Wie", "Waar"], ["Noor", "Talen"]),
            ["--yes"],
            "No column with names was recognised. Give it the heading `name` or `naam`. "
            "Nothing was written.",
        ),
    ],
)  # fmt: skip
def test_a_wrong_file_writes_nothing(place, run, file, content, options, sentence):
    before = everything()
    code, _said, wrong = run(command.import_staff, file(content), "--school", place.name, *options)
    assert (code, wrong) == (2, [sentence])
    assert everything() == before


def test_a_bomb_and_a_file_that_is_not_there_are_told(place, run, file, tmp_path):
    code, said, wrong = run(command.import_staff, file(bomb()), "--school", place.name, "--yes")
    assert (code, said, len(wrong)) == (2, [], 1)
    vast = tmp_path / "vast.csv"
    with vast.open("wb") as sparse:
        sparse.truncate(50 * 1024**3)
    assert run(command.import_staff, vast, "--school", place.name, "--yes") == (
        2,
        [],
        ["This file is larger than 5 MB. Nothing was loaded. Keep only the staff list."],
    )
    gone = tmp_path / "gone.csv"
    assert run(command.import_staff, gone, "--school", place.name) == (
        2,
        [],
        [f"{gone} cannot be read: No such file or directory. Nothing was written."],
    )
    assert names(place) == []


def test_many_leaving_asks_its_own_word(place, run, file):
    rows = [[f"Person {i}", f"p{i}@school.example", str(i), *[""] * 5] for i in range(10)]
    run(command.import_staff, file(as_csv(HEADINGS, *rows)), "--school", place.name, "--yes")
    few = file(as_csv(HEADINGS, *rows[:7]))

    code, _said, wrong = run(command.import_staff, few, "--school", place.name, "--yes")
    assert (code, wrong) == (
        2,
        ["More than one in five people would leave. Confirm that first. Nothing was written."],
    )
    assert len(names(place)) == 10

    run(command.import_staff, few, "--school", place.name, "--yes", "--many-leave")
    assert len(names(place)) == 7


def test_rows_with_a_fault_are_left_out_on_request(place, run, file):
    path = file(as_csv(HEADINGS, NOOR, ["", *DAAN[1:]]))
    run(command.import_staff, path, "--school", place.name, "--yes", "--without-faulty")
    assert names(place) == ["Noor Bos"]


def test_a_school_that_two_boards_have_is_asked_by_its_board(place, run, file):
    path = file(as_csv(HEADINGS, NOOR))
    make_school(name="De Vuurtoren", board=make_board(name="Elders"))
    code, _said, wrong = run(command.import_staff, path, "--school", "De Vuurtoren")
    said = "Two boards have a school named 'De Vuurtoren'. Write \"BOARD: De Vuurtoren\"."
    assert (code, wrong) == (2, [f"{said} Nothing was written."])
    run(command.import_staff, path, "--school", "Het Baken: De Vuurtoren", "--yes")
    assert names(place) == ["Noor Bos"]


def test_a_school_is_added_with_its_board_and_only_once(run):
    assert run(command.add_school, "Het Baken", "De Vuurtoren", "--sector", "po")[0] == 0
    assert run(command.add_school, "Het Baken", "De Golf")[0] == 0
    assert [(one.board.name, one.name, one.sector) for one in School.objects.all()] == [
        ("Het Baken", "De Golf", "vo"),
        ("Het Baken", "De Vuurtoren", "po"),
    ]
    before = everything()
    assert run(command.add_school, "Het Baken", "De Golf") == (
        2,
        [],
        ["Het Baken has a school De Golf already."],
    )
    assert everything() == before
    assert Board.objects.count() == 1


def test_a_mandate_is_given_and_ended(place, run):
    words = ("Zoe@Example.org", "facilitator", "--school", "De Vuurtoren")
    assert run(command.grant, *words)[:2] == (
        0,
        ["zoe@example.org now acts as facilitator at De Vuurtoren."],
    )
    with crossing_schools("the test looks"):
        mandate = Mandate.objects.get()
    assert (mandate.account.email, mandate.school, mandate.until_on) == (
        "zoe@example.org",
        place,
        None,
    )
    assert run(command.grant, *words)[2] == ["This person holds that mandate already."]

    assert run(command.grant, *words, "--end")[1] == [
        "zoe@example.org no longer acts as facilitator at De Vuurtoren."
    ]
    with crossing_schools("the test looks"):
        mandate.refresh_from_db()
    assert mandate.until_on is not None
    assert run(command.grant, *words, "--end")[2] == [
        "zoe@example.org does not act as facilitator at De Vuurtoren."
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["zoe", "facilitator", "--school", "De Vuurtoren"], "'zoe' is no mail address."),
        (["z@x.nl", "board", "--school", "De Vuurtoren"], "A board acts at a board: use --board."),
        (
            ["z@x.nl", "facilitator", "--board", "Het Baken"],
            "A facilitator acts at a school: use --school.",
        ),
        (["z@x.nl", "board", "--board", "Niets"], "There is no board named 'Niets'."),
        (["z@x.nl", "facilitator", "--school", "Niets"], "There is no school named 'Niets'."),
    ],
)
def test_a_mandate_that_cannot_be_is_told_and_makes_no_account(place, run, words, sentence):
    assert run(command.grant, *words) == (2, [], [sentence])
    assert not Account.objects.exists()
    with crossing_schools("the test looks"):
        assert not Mandate.objects.exists()


def test_a_mandate_that_ended_today_may_be_given_again_today(place, run):
    words = ("zoe@example.org", "facilitator", "--school", "De Vuurtoren")
    run(command.grant, *words)
    run(command.grant, *words, "--end")
    assert run(command.grant, *words)[0] == 0
    in_force = Mandate.objects.on(dt.date.max)
    with crossing_schools("the test looks"):
        assert in_force.count() == 1
