"""Real networks against values computed by R: sna 2.7.1 and igraph 1.3.5 under R 4.2.2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.analyse.files import figures

DATA = Path(__file__).resolve().parents[3] / "shared/data"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the data of published studies are not beside this checkout"
)

NAMES = {
    "members": "n",
    "ties": "ties",
    "density": "density",
    "reciprocity": "reciprocity_edgewise",
    "reciprocity_dyadic": "reciprocity_dyadic_nonnull",
    "indegree_centralization": "indegree_centralization",
    "outdegree_centralization": "outdegree_centralization",
    "betweenness_centralization": "betweenness_centralization",
    "gini_indegree": "indegree_gini",
    "isolates": "isolates",
    "weak_components": "weak_components",
    "strong_components": "strong_components",
    "transitivity_weak": "transitivity_weak_sna",
    "transitivity_undirected": "transitivity_global_undirected_igraph",
    "triad_census": "triad_census",
    "indegree": "indegree",
    "outdegree": "outdegree",
    "betweenness": "betweenness",
    "pagerank": "pagerank_0.85",
}
"""Our name of a figure, and that of the reference."""


def expected(dataset):
    return json.loads((DATA / dataset / "expected.json").read_text(encoding="utf-8"))


def ours(tmp_path, dataset, *options):
    folder = DATA / dataset
    return figures(
        tmp_path, "--ties", folder / "ties.csv", "--people", folder / "nodes.csv", *options
    )["networks"]


def differences(found, reference, names=NAMES):
    """Every figure that both define and that is further apart than 1e-9."""
    both = [name for name in names if name in found and names[name] in reference]
    # A comparison of nothing would always agree.
    assert len(both) == len(names)
    return {
        name: (found[name], reference[names[name]])
        for name in both
        if found[name] != pytest.approx(reference[names[name]], rel=0, abs=1e-9)
    }


def assert_modularity_is_in_range(found, reference):
    """Community algorithms draw: Leiden does at least as well as the best known, or nearly."""
    known = reference["modularity_undirected"]
    assert known["louvain_worst_of_100"] <= found["modularity"] + 1e-9
    assert found["modularity"] >= known["louvain_best_of_100"] - 0.005
    assert len(found["communities"]) == found["members"]


@pytest.mark.parametrize("school", ["1", "4", "9", "12", "14"])
def test_school_advice_equals_the_reference(tmp_path, school):
    reference = expected("school-advice")["networks"][f"school_{school}"]["descriptives"]
    found = ours(tmp_path, "school-advice", "--by", "school")[school]
    assert differences(found, reference) == {}
    assert_modularity_is_in_range(found, reference)


@pytest.mark.parametrize("relation", ["advice", "friendship", "reports_to"])
def test_krackhardt_equals_the_reference(tmp_path, relation):
    reference = expected("krackhardt-hightech")["descriptives"][relation]
    found = ours(tmp_path, "krackhardt-hightech", "--relation", relation)["all"]
    assert differences(found, reference) == {}
    assert_modularity_is_in_range(found, reference)


@pytest.mark.parametrize("column", ["department", "level"])
def test_krackhardt_across_walls_equals_the_reference(tmp_path, column):
    reference = expected("krackhardt-hightech")["descriptives"]["advice"]
    options = ("--relation", "advice", "--team", column)
    teams = ours(tmp_path, "krackhardt-hightech", *options)["all"]["teams"]
    index = reference[f"EI_index_{column}"]
    assert teams["ei_index"] == pytest.approx(index, rel=0, abs=1e-9)
    assert teams["across_share"] == pytest.approx((1 + index) / 2, rel=0, abs=1e-9)


def test_krackhardt_who_is_asked_by_level_equals_the_reference(tmp_path):
    """The reference gives the mean in-degree per level: the same sums through the teams."""
    by_level = expected("krackhardt-hightech")["formal_informal"]["indegree_by_level"]
    options = ("--relation", "advice", "--team", "level")
    teams = ours(tmp_path, "krackhardt-hightech", *options)["all"]["teams"]
    received = [sum(row[place] for row in teams["ties"]) for place in range(3)]
    means = {
        name: received[place] / teams["members"][place] for place, name in enumerate(teams["names"])
    }
    assert means == pytest.approx({str(level): mean for level, mean in by_level.items()}, abs=1e-9)


@pytest.mark.parametrize(
    ("relation", "name"),
    [("sem1_frn", "friend_any"), ("sem1_ssl", "ssl1_any"), ("sem2_ssl", "ssl2_any")],
)
def test_classroom_equals_the_reference(tmp_path, relation, name):
    """Valued ties: whatever is not zero is a tie."""
    reference = expected("classroom-mrqap182")["descriptives"][name]
    found = ours(tmp_path, "classroom-mrqap182", "--relation", relation)["all"]
    assert differences(found, reference) == {}
    assert_modularity_is_in_range(found, reference)


@pytest.mark.parametrize("wave", ["1", "2", "3"])
def test_s50_equals_the_reference(tmp_path, wave):
    reference = expected("s50-waves")["waves"][f"w{wave}"]
    found = ours(tmp_path, "s50-waves", "--by", "wave")[wave]
    assert differences(found, reference) == {}
    assert_modularity_is_in_range(found, reference)


@pytest.mark.parametrize("asked", [(), ("--undirected",)])
def test_florentine_marriages_equal_the_reference(tmp_path, asked):
    reference = expected("florentine-marriage")["marriage"]
    found = ours(tmp_path, "florentine-marriage", *asked)["all"]
    names = {name: other for name, other in NAMES.items() if other in reference}
    names |= {"degree": "degree", "degree_centralization": "degree_centralization"}
    assert len(names) == 12
    assert differences(found, reference, names) == {}
    assert_modularity_is_in_range(found, reference)
    assert not {"reciprocity", "reciprocity_dyadic", "indegree", "outdegree"} & found.keys()
