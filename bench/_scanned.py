"""What `bench scanners` looks at: a small school with an open scan, and somebody of each role."""

from __future__ import annotations

import json
import sys

from django.conf import settings

from bench import ready  # noqa: F401  # Django must be ready before its models are read
from bench._tour import begin, prepare
from bench.tour import visitors
from zwerm.people.scope import school_scope


def main(people: int) -> int:
    """Make the school; print for each role the cookie of a browser that is signed in."""
    scan = begin(people)
    with school_scope(scan.school):
        by_role = {one.role: one for one in visitors(scan.school, scan)}
        prepare(by_role)
    cookies = {
        role: one.client.cookies[settings.SESSION_COOKIE_NAME].value
        for role, one in by_role.items()
        if settings.SESSION_COOKIE_NAME in one.client.cookies
    }
    print(json.dumps(cookies))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
