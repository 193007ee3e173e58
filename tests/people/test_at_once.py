"""Two windows at the same moment: one person, one account."""

from functools import partial

import pytest

from tests.factories import make_member, make_school
from tests.scans.at_once import apart, at_once, real_database
from zwerm.people.actions.accounts import account_for
from zwerm.people.models import Account

ROUNDS = 12


@pytest.fixture(autouse=True)
def _real_database(transactional_db, tmp_path):
    with real_database(tmp_path):
        yield


def test_a_code_asked_for_twice_at_once_makes_one_account():
    school = apart(make_school)
    for number in range(ROUNDS):
        address = f"noor{number}@school.example"
        apart(partial(make_member, school, email=address), school)

        first, second = at_once([partial(account_for, address)] * 2)

        assert first == second == apart(partial(Account.objects.get, email=address))
