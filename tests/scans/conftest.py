"""What tests of scans share: a facilitator who signed in, and a draft of theirs."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.scans.pages import sign_in
from zwerm.people.models import Account, School
from zwerm.scans.actions import drafting
from zwerm.scans.models import Scan


@pytest.fixture
def facilitator(client: Client, school: School) -> Account:
    return sign_in(client, school, "facilitator", name="Farah")


@pytest.fixture
def draft(school: School, facilitator: Account) -> Scan:
    return drafting.start_scan(school, title="Scan", by=facilitator, by_name="Farah")
