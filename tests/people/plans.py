"""The dry run of a file, without its pages."""

from __future__ import annotations

from zwerm.people.models import School
from zwerm.people.staff_list.plan import Plan, make_plan
from zwerm.people.staff_list.reading import read_table


def planned(school: School, content: bytes) -> Plan:
    """The dry run of a file at the school in scope."""
    return make_plan(read_table(content))
