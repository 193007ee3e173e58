"""Opening a scan freezes everything its promises rest on."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.core.errors import Refused
from zwerm.people.models import Account, Member, Team
from zwerm.scans import library, sealed
from zwerm.scans.actions.confirming import require_second_person
from zwerm.scans.actions.drafting import lock_draft, lock_school, log_change
from zwerm.scans.actions.roster import forget_who_answered, wait_for_answers_under_way
from zwerm.scans.models import Group, Invitation, RosterEntry, Scan
from zwerm.scans.queries.groups import home_teams, people_asked
from zwerm.scans.queries.readiness import missing


@transaction.atomic
def open_scan(scan: Scan, *, by: Account, by_name: str, key: bytes | None = None) -> None:
    """Start asking. Refused, with what is missing, unless everything is there.

    The invitations go out in the background: see `scans.jobs.tell`.
    """
    lock_school(scan.school)
    lock_draft(scan)
    lacking = missing(scan)
    if lacking:
        raise Refused(" ".join(one.sentence for one in lacking))
    if Scan.objects.open().exists():
        raise Refused(_("Another scan is open. Wait until it closes."))
    require_second_person(scan, opener=by)
    roster = freeze_roster(scan)
    questionnaire = library.questionnaire_of(scan)
    scan.questionnaire = questionnaire.to_json()
    scan.box_bytes = questionnaire.box_bytes(len(roster))
    sealed.make_key(scan, key)
    scan.status = Scan.Status.OPEN
    scan.opened_at = clock.now()
    scan.save()
    if scan.partition:
        scan.partition.is_fixed = True
        scan.partition.save(update_fields=["is_fixed"])
    log_change(scan, by=by, by_name=by_name, setting="status", before="draft", after="open")


def freeze_roster(scan: Scan) -> list[RosterEntry]:
    """One entry and one invitation for everybody asked. The numbers are drawn at random."""
    people = list(people_asked(scan))
    leaders = set(scan.leaders.values_list("pk", flat=True))
    home = home_teams(scan)
    names = dict(Team.objects.values_list("pk", "name"))
    group_of = groups_by_team(scan)
    numbers = list(range(len(people)))
    secrets.SystemRandom().shuffle(numbers)
    roster = RosterEntry.objects.bulk_create(
        RosterEntry(
            school=scan.school,
            scan=scan,
            member=member,
            number=number,
            name=member.name,
            team_name=names.get(home[member.pk], "") if member.pk in home else "",
            group=group_of.get(home[member.pk]) if member.pk in home else None,
            is_leader=member.pk in leaders,
            may_be_named=member.may_be_named,
        )
        for member, number in zip(people, numbers, strict=True)
    )
    Invitation.objects.bulk_create(
        make_invitation(entry, member) for entry, member in zip(roster, people, strict=True)
    )
    return roster


def groups_by_team(scan: Scan) -> dict[object, Group]:
    """Which group each team belongs to in the partition of `scan`."""
    if scan.partition is None:
        return {}
    groups = scan.partition.groups.prefetch_related("teams")
    return {team.pk: group for group in groups for team in group.teams.all()}


def make_invitation(entry: RosterEntry, member: Member) -> Invitation:
    """The system's own note for one person on the roster, not yet saved."""
    return Invitation(
        school=entry.school,
        scan=entry.scan,
        entry=entry,
        address=member.email,
        language=member.language,
        nonce=secrets.token_hex(8),
    )


@transaction.atomic
def extend_scan(
    scan: Scan, *, closes_on: dt.date, report_on: dt.date, by: Account, by_name: str
) -> None:
    """Move the last day, once. Everybody is told."""
    scan.refresh_from_db(from_queryset=Scan.objects.select_for_update())
    require_extendable(scan)
    if scan.closes_on is None or closes_on <= scan.closes_on:
        raise Refused(_("The new last day must lie after the present one."))
    if report_on <= closes_on:
        raise Refused(_("The report comes at least a day after the last day."))
    scan.extended_from_on = scan.closes_on
    for setting, day in (("closes_on", closes_on), ("report_on", report_on)):
        before = getattr(scan, setting)
        log_change(scan, by=by, by_name=by_name, setting=setting, before=before, after=day)
    scan.closes_on, scan.report_on = closes_on, report_on
    scan.save(update_fields=["closes_on", "report_on", "extended_from_on"])


def require_extendable(scan: Scan) -> None:
    if not scan.is_open:
        raise Refused(_("Only an open scan can be extended."))
    if scan.extended_from_on is not None:
        raise Refused(_("This scan has been extended once. A second time is not possible."))


@transaction.atomic
def cancel_scan(scan: Scan, *, by: Account, by_name: str) -> None:
    """Stop a scan for good. Its answers and its key are destroyed at once.

    Everybody hears of it by mail in the background: see `scans.jobs.tell`.
    """
    scan.refresh_from_db(from_queryset=Scan.objects.select_for_update(no_key=True))
    if scan.status != Scan.Status.OPEN:
        raise Refused(_("Only an open scan can be cancelled."))
    wait_for_answers_under_way(scan)
    sealed.destroy(scan, reason="cancelled")
    forget_who_answered(scan)
    scan.status = Scan.Status.CANCELLED
    scan.cancelled_at = clock.now()
    scan.save()
    log_change(scan, by=by, by_name=by_name, setting="status", before="open", after="cancelled")
