"""Scales in `zwerm analyse`: the file that names them, the figures, and how they are told."""

from __future__ import annotations

import json
import math

import pytest

from tests.analyse.files import figures, only_network, put, put_people, put_ties, refusal
from tests.analyse.test_report import Reader
from tests.analysis.scale_answers import REFERENCE, published
from zwerm.analyse import command

SCALES = ("scales:", "- name: Culture", "  items: [q1, q2, q3]", "  reversed: [q3]", "group: team")
PEOPLE = (
    "id,team,q1,q2,q3",
    "a,Arts,1,2,4",
    "b,Arts,2,2,5",
    "c,Arts,3,4,3",
    "d,Exact,4,5,",
    "e,Exact,5,4,1",
    "f,,5,5,2",
    "g,Exact,NA,,",
)
TIES = ("a,b", "b,c", "c,d", "e,f")


def asked(folder, *lines, people=PEOPLE, ties=TIES):
    return (
        "--no-intervals",
        *("--ties", put_ties(folder, *ties), "--people", put_people(folder, *people)),
        *("--scales", put(folder, "scales.yaml", *lines)),
    )


def scale(folder, *lines, people=PEOPLE, ties=TIES):
    return only_network(folder, *asked(folder, *lines, people=people, ties=ties))["scales"]


def reference_people(name):
    """The invented answers of which R says what they hold, as a file of people."""
    rows = REFERENCE[name]["answers"]
    items = [f"q{place}" for place in range(1, len(rows[0]) + 1)]
    group = REFERENCE[name].get("group", [0] * len(rows))
    lines = [
        ",".join(
            [f"p{place}", f"g{group[place]}", *("" if one is None else str(one) for one in row)]
        )
        for place, row in enumerate(rows)
    ]
    return (",".join(["id", "team", *items]), *lines), ", ".join(items)


def test_alpha_and_omega_are_what_psych_and_lavaan_say(tmp_path):
    people, items = reference_people("plain")
    found = scale(
        tmp_path, "scales:", f"- {{name: P, items: [{items}]}}", people=people, ties=("p0,p1",)
    )["P"]
    alpha, omega = REFERENCE["plain"]["alpha"], REFERENCE["plain"]["omega"]
    for name in ("value", "standardized", "mean_r", "se", "low", "high"):
        assert found["alpha"][name] == pytest.approx(alpha[name], abs=1e-10)
    rest = [one["item_rest"] for one in found["items"].values()]
    without = [one["alpha_without"] for one in found["items"].values()]
    assert rest == pytest.approx(alpha["item_rest"], abs=1e-10)
    assert without == pytest.approx(alpha["without"], abs=1e-10)
    assert found["omega"]["value"] == pytest.approx(omega["value"], abs=1e-6)
    assert found["omega"]["heywood"] == []
    assert found["absent"] == {}


def test_listwise_and_a_reversed_item_are_what_psych_says(tmp_path):
    people, items = reference_people("holed")
    lines = ("missing: listwise", "scales:", f"- {{name: P, items: [{items}]}}")
    found = scale(tmp_path, *lines, people=people, ties=("p0,p1",))["P"]
    said = REFERENCE["holed"]["alpha_listwise"]["value"]
    assert found["alpha"]["value"] == pytest.approx(said, abs=1e-10)
    people, items = reference_people("opposed")
    turned = ("scales:", f"- {{name: P, items: [{items}], reversed: [q4]}}")
    found = scale(tmp_path, *turned, people=people, ties=("p0,p1",))["P"]
    said = REFERENCE["opposed"]["alpha"]["value"]
    assert found["alpha"]["value"] == pytest.approx(said, abs=1e-10)
    assert [name for name, one in found["items"].items() if one["reversed"]] == ["q4"]


def test_agreement_and_icc_by_group_are_what_multilevel_says(tmp_path):
    people, items = reference_people("grouped")
    lines = ("group: team", "scales:", f"- {{name: P, items: [{items}], enough: 4}}")
    found = scale(tmp_path, *lines, people=people, ties=("p0,p1",))["P"]
    said = REFERENCE["grouped"]
    each = found["groups"]["rwgj"]
    assert list(each) == [f"g{place}" for place in range(7)]
    assert [one["people"] for one in each.values()] == [one["gsize"] for one in said["rwgj"]]
    assert [one["rwgj"] for one in each.values()] == pytest.approx(
        [one["rwg.j"] for one in said["rwgj"]]
    )
    for name, value in said["icc"].items():
        assert found["icc"][name] == pytest.approx(value, abs=1e-9)


def test_free_answers_of_published_groups_are_what_multilevel_says(tmp_path):
    columns, expected = published("klein2000-groups")
    rows = zip(columns["GRPID"], columns["JOBSAT"], strict=True)
    people = ("id,team,q", *(f"p{place},{team},{q}" for place, (team, q) in enumerate(rows)))
    ties = ("p0,p1",)
    lines = ("scales: [{name: S, items: [q], points: any, group: team}]",)
    found = only_network(tmp_path, *asked(tmp_path, *lines, people=people, ties=ties))["scales"]
    assert found["S"]["icc"]["one"] == pytest.approx(expected["icc"]["JOBSAT"]["icc1_anova"])
    assert found["S"]["icc"]["two"] == pytest.approx(expected["icc"]["JOBSAT"]["icc2_anova"])
    assert {"rwgj", "groups"} & set(found["S"]) == set()
    assert found["S"]["items"]["q"]["counts"] is None


def test_what_was_answered_is_counted(tmp_path):
    found = scale(tmp_path, *SCALES)["Culture"]
    assert (found["people"], found["answered"], found["missing"]) == (7, 6, 1)
    assert found["mean"] == pytest.approx((5 / 3 + 5 / 3 + 10 / 3 + 4.5 + 14 / 3 + 14 / 3) / 6)
    assert found["items"]["q3"]["counts"] == [1, 1, 1, 1, 1]
    assert found["items"]["q1"] | {"rwg": 0, "loading": 0, "item_rest": 0, "alpha_without": 0} == {
        "answered": 6,
        "missing": 1,
        "mean": pytest.approx(20 / 6),
        "sd": pytest.approx(math.sqrt(80 / 6 * 0.2)),
        "counts": [1, 1, 1, 1, 2],
        "reversed": False,
        "item_rest": 0,
        "alpha_without": 0,
        "loading": 0,
        "rwg": 0,
    }
    assert found["groups"]["rwgj"]["Exact"] == {"people": 1, "rwgj": None}


def test_each_network_has_the_answers_of_its_own_people(tmp_path):
    people = (
        "id,school,q1,q2",
        *("a,A,1,1", "b,A,2,3", "c,A,5,5", "d,B,3,1", "e,B,4,5", "f,B,1,2"),
    )
    ties = ("source,target,school", "a,b,A", "d,e,B")
    options = asked(tmp_path, "scales: [{name: S, items: [q1, q2]}]", people=people, ties=ties)
    found = figures(tmp_path, *options, "--by", "school")["networks"]
    both = [found[name]["scales"]["S"]["items"]["q1"]["mean"] for name in ("A", "B")]
    assert both == pytest.approx([8 / 3, 8 / 3])
    assert found["A"]["scales"]["S"]["mean"] != found["B"]["scales"]["S"]["mean"]


def test_without_the_option_nothing_is_said_of_scales(tmp_path, capsys):
    found = only_network(
        tmp_path, "--ties", put_ties(tmp_path, *TIES), "--people", put_people(tmp_path, *PEOPLE)
    )
    assert "scales" not in found


def test_what_cannot_be_computed_is_absent_with_its_reason_and_a_warning(tmp_path, capsys):
    lines = ("scales:", "- {name: One, items: [q1]}", "- {name: Two, items: [q1, q2]}")
    whole = figures(tmp_path, *asked(tmp_path, *lines))
    found = whole["networks"]["all"]["scales"]
    assert found["One"]["absent"] == {"alpha": "few_items", "omega": "few_items"}
    assert found["Two"]["absent"] == {"omega": "two_items"}
    assert whole["warnings"] == [
        "Scale 'One': no alpha, omega. It has one item; how items hang together needs two or more.",
        "Scale 'Two': no omega. Two items fix no factor; look at alpha.",
    ]
    assert capsys.readouterr().err.count("Note: ") == 2


def answers(*rows):
    return ("id,team,q1,q2,q3,q4", *(f"p{place},{row}" for place, row in enumerate(rows)))


SPREAD = ("x,1,2,2,1", "x,2,1,3,3", "x,4,5,3,4", "y,5,4,5,5", "y,3,3,1,2", "y,2,4,4,3")


@pytest.mark.parametrize(
    ("rows", "lines", "said"),
    [
        (
            ("x,3,1,2,", "x,3,4,5,", "x,3,2,2,"),
            ("scales: [{name: S, items: [q1, q2]}]",),
            "no alpha, omega. Everybody gave the same answer (q1).",
        ),
        (
            ("x,3,,,", "x,3,,,", "y,3,,,", "y,3,,,"),
            ("scales: [{name: S, items: [q1], group: team}]",),
            "no ICC. Everybody has the same value on this scale.",
        ),
        (
            ("x,,,,", "x,,,,"),
            ("scales: [{name: S, items: [q1, q2]}]",),
            "no alpha, omega. Too few people answered the same items (q1).",
        ),
        (
            ("x,1,5,,", "x,2,4,,", "x,4,2,,"),
            ("scales: [{name: S, items: [q1, q2]}]",),
            "no alpha. The items cancel each other out.",
        ),
        (
            SPREAD[:3],
            ("scales: [{name: S, items: [q1, q2, q3]}]",),
            "no omega. There must be more people than items",
        ),
        (
            tuple(f"{row[:-1]}{row[2]}" for row in SPREAD),
            ("scales: [{name: S, items: [q1, q2, q4]}]",),
            "no omega. Items are copies or sums of each other (q1, q4).",
        ),
        (
            SPREAD[:3],
            ("scales: [{name: S, items: [q1, q2], group: team}]",),
            "no ICC. All answers come from one group.",
        ),
        (
            ("x,1,2,,", "y,3,5,,", "z,4,4,,"),
            ("scales: [{name: S, items: [q1, q2], group: team}]",),
            "no ICC. No group has two people who answered.",
        ),
        (
            SPREAD,
            ("scales: [{name: S, items: [q1, q2, q4], reversed: [q4]}]",),
            "these items run against the others: q1, q4.",
        ),
    ],
)
def test_a_warning_says_what_is_wrong_and_what_to_try(tmp_path, rows, lines, said):
    people = answers(*rows)
    ties = ("p0,p1",)
    warnings = figures(tmp_path, *asked(tmp_path, *lines, people=people, ties=ties))["warnings"]
    assert [one for one in warnings if said in one] != []


def test_correlations_that_contradict_each_other_are_told(tmp_path):
    up = range(1, 6)
    rows = [
        *(f"x,{one},{one},,0" for one in up),
        *(f"x,,{one},{one},0" for one in up),
        *(f"x,{one},,{6 - one},0" for one in up),
    ]
    options = asked(
        tmp_path, "scales: [{name: S, items: [q1, q2, q3]}]", people=answers(*rows), ties=("p0,p1",)
    )
    warnings = figures(tmp_path, *options)["warnings"]
    assert [one.partition(": ")[2].partition(".")[0] for one in warnings] == [
        "no omega",
        "no rwg(j)",
    ]
    assert "So many answers are missing" in warnings[0]
    assert "Fewer than two people answered every item" in warnings[1]


def test_a_heywood_case_is_told(tmp_path):
    rows = REFERENCE["heywood"]["answers"]
    people = answers(*(",".join(["x", *map(str, row)]) for row in rows))
    lines = ("scales: [{name: S, items: [q1, q2, q3, q4], points: any}]",)
    whole = figures(tmp_path, *asked(tmp_path, *lines, people=people, ties=("p0,p1",)))
    assert whole["networks"]["all"]["scales"]["S"]["omega"]["heywood"] == ["q3"]
    assert whole["warnings"] == [
        "Scale 'S': a Heywood case at q3. The factor explains this item wholly, which cannot "
        "be. Do not rely on omega; take more people or items, or look at the items again."
    ]


def test_groups_of_one_mind_give_figures_that_json_can_hold(tmp_path):
    rows = ("x,1,1,,", "x,1,1,,", "y,4,4,,", "y,4,4,,")
    lines = ("scales: [{name: S, items: [q1, q2], group: team}]",)
    found = only_network(
        tmp_path, *asked(tmp_path, *lines, people=answers(*rows), ties=("p0,p1",))
    )["scales"]["S"]
    assert (found["icc"]["one"], found["icc"]["f"], found["icc"]["p"]) == (1.0, None, 0.0)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("scales: [",), "scales.yaml, line 2: this is no YAML that can be read."),
        (("just words",), "scales.yaml names no scales."),
        (("scales: {}",), "scales.yaml names no scales."),
        (("scale: []",), "scales.yaml, at 'scales': 'scale' is not known here."),
        (("scales: [{items: [q1]}]",), "scale number 1: it has no name."),
        (("scales: [text]",), "scale number 1: it has no name."),
        (("scales: [{name: S}]",), "scale 'S': it has no items."),
        (("scales: [{name: S, items: q1}]",), "scale 'S': 'items' names columns"),
        (("scales: [{name: S, items: [[q1]]}]",), "scale 'S': 'items' names columns"),
        (("scales: [{name: S, items: [q1, q1]}]",), "'q1' stands twice in 'items'"),
        (("scales: [{name: S, items: [q1], group: [a]}]",), "scale 'S': 'group' names columns"),
        (
            ("scales: [{name: S, items: [q1], reversed: [q2]}]",),
            "the reversed item 'q2' is not one of its items (q1).",
        ),
        (
            ("scales: [{name: S, items: [q1], reversed: [q1], points: any}]",),
            "a reversed item needs points",
        ),
        (("scales: [{name: S, items: [q1], revers: [q1]}]",), "at 'S': 'revers' is not known"),
        (("scales: [{name: S, items: [q1], points: 5}]",), "write points as two whole numbers"),
        (("scales: [{name: S, items: [q1], points: [5, 1]}]",), "write points as two whole"),
        (("scales: [{name: S, items: [q1], points: [0, 1.5]}]",), "write points as two whole"),
        (("scales: [{name: S, items: [q1], missing: drop}]",), "'drop' is no way to treat"),
        (("scales: [{name: S, items: [q1], enough: 2}]",), "a whole number from 1 to 1."),
        (("scales: [{name: S, items: [q1]}, {name: S, items: [q2]}]",), "two scales are called"),
        (
            ("scales: [{name: S, items: [q9]}]",),
            "people.csv has no column 'q9', which --scales asks for.",
        ),
        (
            ("scales: [{name: S, items: [team]}]",),
            "people.csv, row 2, column 'team': 'Arts' is no answer.",
        ),
        (
            ("scales: [{name: S, items: [q1], points: [1, 4]}]",),
            "people.csv, row 6, column 'q1': 5 lies outside the points 1-4 of scale 'S'.",
        ),
    ],
)
def test_a_fault_in_scales_is_told_with_its_place_and_what_to_do(tmp_path, capsys, lines, said):
    assert said in refusal(capsys, *asked(tmp_path, *lines))


def test_scales_need_people_and_their_file_is_not_written_over(tmp_path, capsys):
    ties, scales = put_ties(tmp_path, *TIES), put(tmp_path, "scales.yaml", *SCALES)
    assert "Give that file with --people." in refusal(capsys, "--ties", ties, "--scales", scales)
    assert "is one of the files that are read" in refusal(
        capsys, "--ties", ties, "--scales", scales, "--json", scales
    )


def test_a_column_that_is_called_as_a_number_is_found(tmp_path):
    people = ("id,1,2", "a,1,2", "b,3,3", "c,5,4", "d,2,2")
    found = scale(tmp_path, "scales: [{name: 7, items: [1, 2]}]", people=people, ties=TIES[:3])
    assert list(found["7"]["items"]) == ["1", "2"]


@pytest.mark.parametrize(("language", "title"), [("en", "Scales"), ("nl", "Schalen")])
def test_the_report_tells_each_scale_with_its_items_and_groups(tmp_path, language, title):
    out = tmp_path / "report.html"
    options = [*asked(tmp_path, *SCALES), "--html", out, "--language", language]
    assert command.main([str(one) for one in options]) == 0
    text = out.read_text("utf-8")
    page = Reader(text)
    assert "ties.csv, people.csv, scales.yaml" in text
    assert [one for one in page.headings if one in {title, "Culture"}] == [title, "Culture"]
    rows = {row[0]: row[1:] for row in page.rows if row}
    said = only_network(tmp_path, *asked(tmp_path, *SCALES))["scales"]["Culture"]
    comma = (lambda text: text.replace(".", ",")) if language == "nl" else str
    assert rows["Alpha"][0].split(" ")[0] == comma(f"{said['alpha']['value']:.3f}")
    assert rows["ICC(1)"][0] == comma(f"{said['icc']['one']:.3f}")
    turned = "q3 (omgekeerd)" if language == "nl" else "q3 (reversed)"
    assert rows[turned][-5:] == ["1", "1", "1", "1", "1"]
    assert rows["Arts"] == ["3", comma(f"{said['groups']['rwgj']['Arts']['rwgj']:.3f}")]
    assert rows["Exact"] == ["1", "–"]


def test_a_report_of_a_scale_of_which_nothing_can_be_said_holds_no_empty_table(tmp_path):
    out = tmp_path / "report.html"
    lines = ("scales: [{name: Sole, items: [q1], points: any}]",)
    options = [*asked(tmp_path, *lines), "--html", out, "--language", "en"]
    assert command.main([str(one) for one in options]) == 0
    page = Reader(out.read_text("utf-8"))
    assert "Sole" in page.headings
    assert [row for row in page.rows if row and row[0] == "Alpha"] == []
    assert [row for row in page.rows if row and row[0] == "q1"] == [
        ["q1", "6", "3.333", "1.633", "–", "–"]
    ]


def test_the_summary_has_a_row_for_each_scale(tmp_path, capsys):
    options = [*asked(tmp_path, *SCALES), "--language=en"]
    assert command.main([str(one) for one in options]) == 0
    lines = capsys.readouterr().out.splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith("Scales"))
    said = only_network(tmp_path, *asked(tmp_path, *SCALES))["scales"]["Culture"]
    assert lines[place].split() == [
        *("Scales", "Answered", "Mean", "Alpha", "Omega", "rwg(j)", "ICC(1)", "ICC(2)")
    ]
    assert lines[place + 1].split() == [
        "Culture",
        "6",
        f"{said['mean']:.3f}",
        f"{said['alpha']['value']:.3f}",
        f"{said['omega']['value']:.3f}",
        f"{said['rwgj']:.3f}",
        f"{said['icc']['one']:.3f}",
        f"{said['icc']['two']:.3f}",
    ]


def test_the_summary_of_several_networks_names_each(tmp_path, capsys):
    people = ("id,school,q1,q2", "a,A,1,1", "b,A,2,3", "d,B,3,1", "e,B,4,5")
    ties = ("source,target,school", "a,b,A", "d,e,B")
    options = asked(tmp_path, "scales: [{name: S, items: [q1, q2]}]", people=people, ties=ties)
    assert command.main([str(one) for one in (*options, "--by", "school", "--language=en")]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Scales")]
    assert [line.split("  ")[0] for line in told] == ["Scales, A", "Scales, B"]


def test_the_same_scales_stand_in_the_options_of_the_json(tmp_path):
    options = asked(tmp_path, *SCALES)
    whole = figures(tmp_path, *options)
    assert whole["options"]["scales"] == str(options[-1])
    assert json.loads(json.dumps(whole)) == whole
