from __future__ import annotations

import numpy as np
from bench import _analysis_work as work
from bench._many_schools import country, invented, one_school
from bench.analysis import Limit, Race, races, span


def test_a_row_says_how_many_times_as_long_the_others_take_and_whether_that_is_enough():
    assert Race("QAP", 0.002, "loop", 0.5, 80).row == (
        "QAP",
        "2 ms",
        "loop",
        "500 ms",
        "250x",
        "80x",
        "met",
    )
    assert Race("all", 0.0002, "igraph", 0.0001, 1).row[4:] == ("0.50x", "1x", "NOT met")


def test_a_limit_says_whether_it_holds():
    assert Limit("intervals", 2.0, 3.0).row[-2:] == ("under 3 s", "met")
    assert Limit("memory", 2000, 1024, "MiB").row == (
        "memory",
        "2,000 MiB",
        "",
        "",
        "",
        "under 1,024 MiB",
        "NOT met",
    )


def test_a_race_times_ours_and_each_of_the_others():
    contest = work.suite_contest(15)
    (row,) = races(contest, rounds=2)
    assert (row.name, row.beside, row.least) == (contest.name, "python-igraph", 1)
    assert 0 < row.ours < 1
    assert 0 < row.theirs < 1


def test_the_schools_of_a_country_are_invented_each_by_its_number():
    assert one_school(7) == one_school(7) != one_school(8)
    team, arcs = invented(np.random.default_rng(7))
    assert 20 <= arcs.people <= 40
    assert 2 < len(arcs) / arcs.people < 6
    assert set(team) == {0, 1, 2}


def test_a_country_is_the_same_on_one_core_and_on_all():
    found = country(200)
    assert (found.schools, found.is_same) == (200, True)
    assert found.efficiency > 0


def test_a_span_is_readable():
    assert [span(one) for one in (0.00012, 0.0456, 12.34)] == ["120 us", "45.6 ms", "12.3 s"]
