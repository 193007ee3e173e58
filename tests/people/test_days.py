import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.people.staff_list.days import MONTHS, read_day

TODAY = dt.date(2026, 11, 24)
FIRST_OF_AUGUST = dt.date(2021, 8, 1)


@pytest.mark.parametrize(
    "words",
    [
        "1-8-2021",
        "01-08-2021",
        "1/8/2021",
        "1.8.2021",
        "1 8 2021",
        "1-8-21",
        "1-8-'21",
        "2021-08-01",
        "2021/8/1",
        "2021-08-01 00:00:00",
        "2021-08-01T00:00:00",
        "1 augustus 2021",
        "1 Aug. 2021",
        "1-aug-21",
        "1 August 2021",
        "44409",
    ],
)
def test_the_first_of_august_is_read_however_it_is_written(words):
    assert read_day(words, TODAY) == FIRST_OF_AUGUST


@pytest.mark.parametrize(
    "words",
    ["", "x", "2021", "31-2-2021", "8/13/2021", "1 brumaire 2021", "0", "99999", "1-8-1929",
     "1-8-2029", "1-8-0021", "-1-8-2021", "1e5", "1-8-2021 morgen"],
)  # fmt: skip
def test_what_is_no_day_is_none(words):
    assert read_day(words, TODAY) is None


def test_a_year_of_two_digits_lies_in_the_past_or_the_next_two_years():
    assert read_day("1-8-28", TODAY) == dt.date(2028, 8, 1)
    assert read_day("1-8-68", TODAY) == dt.date(1968, 8, 1)
    assert read_day("1-8-98", TODAY) == dt.date(1998, 8, 1)


def test_every_month_has_its_dutch_and_its_english_word():
    dutch = (
        "januari februari maart april mei juni juli augustus september oktober november december"
    )
    english = (
        "january february march april may june july august september october november december"
    )
    for words in (dutch, english, "jan feb mrt apr mei jun jul aug sep okt nov dec"):
        read = [read_day(f"3 {word} 2021", TODAY) for word in words.split()]
        assert read == [dt.date(2021, month, 3) for month in range(1, 13)]
    assert set(MONTHS.values()) == set(range(1, 13))


@given(st.text(max_size=40))
def test_any_words_are_read_or_refused(words):
    day = read_day(words, TODAY)
    assert day is None or 1930 <= day.year <= 2028
