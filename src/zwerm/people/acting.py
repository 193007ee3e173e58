"""Who acts in a request: a member or the holder of a mandate, at one school or one board.

Pages never act as the bare account: one account may be a member of several schools.
"""

from __future__ import annotations

from dataclasses import dataclass

from zwerm.core import clock
from zwerm.people.models import Account, Board, Mandate, Member, School
from zwerm.people.scope import crossing_schools


@dataclass(frozen=True, slots=True)
class Acting:
    """An account at one place, with what it may act as there today."""

    account: Account
    school: School | None
    board: Board | None
    member: Member | None
    kinds: frozenset[str]
    """The kinds of mandate in force here today."""
    kinds_anywhere: frozenset[str] = frozenset()
    """The same, at every place of this account: what asks for a second step asks it everywhere."""

    @property
    def key(self) -> str:
        """How a session remembers this place."""
        return f"school:{self.school.pk}" if self.school else f"board:{self.board_pk}"

    @property
    def board_pk(self) -> str:
        return str(self.board.pk) if self.board else ""

    @property
    def name(self) -> str:
        return self.member.name if self.member else self.account.email.partition("@")[0]

    @property
    def initials(self) -> str:
        return self.member.initials if self.member else self.name[:2].upper()

    @property
    def place(self) -> School | Board | None:
        return self.school or self.board

    def holds(self, kind: Mandate.Kind) -> bool:
        """True if a mandate of this kind is in force here."""
        return kind in self.kinds


def places_of(account: Account) -> list[Acting]:
    """Every place where `account` may act today, schools first; two database queries."""
    today = clock.today()
    with crossing_schools("an account may belong to several schools"):
        members = {
            member.school_id: member
            for member in Member.objects.filter(account=account, left_on__isnull=True)
            .select_related("school__board")
            .order_by("school__name")
        }
        mandates = list(
            Mandate.objects.on(today)
            .filter(account=account)
            .select_related("school__board", "board")
        )
    schools = {pk: member.school for pk, member in members.items()}
    boards: dict[object, Board] = {}
    kinds: dict[object, set[str]] = {}
    for mandate in mandates:
        kinds.setdefault(mandate.school_id or mandate.board_id, set()).add(mandate.kind)
        if mandate.school:
            schools.setdefault(mandate.school.pk, mandate.school)
        elif mandate.board:
            boards[mandate.board.pk] = mandate.board
    anywhere = frozenset(kind for here in kinds.values() for kind in here)
    at_schools = [
        Acting(account, school, None, members.get(pk), frozenset(kinds.get(pk, ())), anywhere)
        for pk, school in schools.items()
    ]
    at_boards = [
        Acting(account, None, board, None, frozenset(kinds[pk]), anywhere)
        for pk, board in boards.items()
    ]
    return at_schools + at_boards


def choose_place(account: Account, key: str | None) -> Acting | None:
    """The place remembered as `key`, else the first; None when the account may act nowhere."""
    places = places_of(account)
    remembered = [place for place in places if place.key == key]
    return next(iter(remembered + places), None)
