"""What the pages of this room read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.people.models import Account, Board, Mandate, Member, PrivacyRequest, School
from zwerm.people.scope import crossing_schools


def staff(query: str = "") -> list[Member]:
    """Everybody who works here and fits `query`, by name; two queries.

    Searching forgives accents, case and order: every word must stand in the name or a team.
    """
    members = Member.objects.filter(left_on__isnull=True).prefetch_related("teams")
    wanted = plain(query).split()
    return [member for member in members if all(one in words_of(member) for one in wanted)]


def words_of(member: Member) -> str:
    return plain(" ".join([member.name, *(team.name for team in member.teams.all())]))


def plain(words: str) -> str:
    """Lower case, without accents."""
    return unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to look through the eyes of in a demo."""

    account: str
    name: str
    as_what: str


def demo_persons() -> list[tuple[str, list[Person]]]:
    """For each school its people with a mandate and one teacher; the board last; four queries."""
    with crossing_schools("a demo shows persons of every invented school"):
        in_force = Mandate.objects.on(clock.today()).select_related("account")
        mandates = list(in_force.order_by("kind"))
        staff_of: dict[School, list[Member]] = {school: [] for school in School.objects.all()}
        for member in Member.objects.filter(left_on__isnull=True).select_related("school"):
            staff_of[member.school].append(member)
    schools = sorted(staff_of, key=lambda school: len(staff_of[school]), reverse=True)
    groups = [(str(one), at_school(one, staff_of[one], mandates)) for one in schools]
    return groups + [(one.name, of_board(one, mandates)) for one in Board.objects.all()]


def at_school(school: School, members: list[Member], mandates: list[Mandate]) -> list[Person]:
    """The first member with an account and without a mandate, then everybody with one."""
    holders = {one.account_id for one in mandates}
    plain = [one for one in members if one.account_id and one.account_id not in holders]
    names = {member.account_id: member.name for member in members}
    return [Person(str(one.account_id), one.name, _("teacher")) for one in plain[:1]] + [
        Person(
            str(one.account_id),
            names.get(one.account_id, one.account.email),
            one.get_kind_display(),
        )
        for one in mandates
        if one.school_id == school.pk
    ]


def of_board(board: Board, mandates: list[Mandate]) -> list[Person]:
    return [
        Person(str(one.account_id), one.account.email, one.get_kind_display())
        for one in mandates
        if one.board_id == board.pk
    ]


def requests_of(member: Member) -> list[PrivacyRequest]:
    """What this member asked about their own data, newest first; one query."""
    return list(member.privacy_requests.order_by("-asked_at"))


def requests_waiting() -> list[PrivacyRequest]:
    """What waits for the privacy officer, the longest first; one query."""
    rows = PrivacyRequest.objects.filter(state=PrivacyRequest.State.WAITING)
    return list(rows.select_related("member"))


def requests_answered() -> list[PrivacyRequest]:
    """What was answered, newest first; one query."""
    rows = PrivacyRequest.objects.exclude(state=PrivacyRequest.State.WAITING)
    return list(rows.select_related("member").order_by("-answered_at"))


def leavers() -> list[Member]:
    """Who left and is not erased yet; one query."""
    return list(Member.objects.filter(left_on__isnull=False).order_by("left_on", "name"))


def has_officer(school: School) -> bool:
    """Somebody at this school may answer such requests today; one query."""
    kind = Mandate.Kind.PRIVACY_OFFICER
    return Mandate.objects.on(clock.today()).filter(school=school, kind=kind).exists()


@dataclass(frozen=True, slots=True)
class Steps:
    """With what an account signs in, beside the code by mail."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes: Authenticator | None

    @property
    def are_there(self) -> bool:
        return bool(self.app or self.passkeys)

    @property
    def codes_left(self) -> int:
        """How many recovery codes were not used yet."""
        if self.codes is None:
            return 0
        used = int(self.codes.data["used_mask"]).bit_count()
        return int(app_settings.RECOVERY_CODE_COUNT) - used


def steps_of(account: Account) -> Steps:
    """The second steps of an account, the oldest first; one query."""
    rows = list(Authenticator.objects.filter(user=account).order_by("pk"))
    of_type = {kind: [one for one in rows if one.type == kind] for kind in Authenticator.Type}
    app, codes = (of_type[Authenticator.Type.TOTP], of_type[Authenticator.Type.RECOVERY_CODES])
    passkeys = of_type[Authenticator.Type.WEBAUTHN]
    return Steps(next(iter(app), None), passkeys, next(iter(codes), None))
