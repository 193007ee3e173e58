"""What the step about groups shows: each group with its people as dots, and the outcome."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from zwerm.pictures.dots import group_dots
from zwerm.scans.models import Group, Scan
from zwerm.scans.queries.groups import group_sizes, people_asked
from zwerm.scans.queries.readiness import COMFORTABLE_MORE, fewest_in_group


@dataclass(frozen=True, slots=True)
class GroupCard:
    """One group as the step shows it."""

    group: Group
    size: int
    others: list[tuple[Group, int]]
    """Each other group, with how many people the two have together."""
    least: int
    """With fewer people this group cannot stand apart."""

    @property
    def dots(self) -> SafeString:
        """One dot for each person; ornament beside the number in words."""
        # Drawn by our own pictures from a number: nobody's input comes into it.
        return mark_safe(group_dots(self.size))  # noqa: S308

    @property
    def is_too_small(self) -> bool:
        return self.size < self.least and bool(self.others)

    @property
    def is_tight(self) -> bool:
        return self.least <= self.size < self.comfortable and bool(self.others)

    @property
    def comfortable(self) -> int:
        return self.least + COMFORTABLE_MORE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the report will show with the groups as they are now."""

    groups: int
    smallest: int
    people: int
    without_group: int
    too_small: int
    least: int
    same_as_before: bool
    """The same partition object as the last scan: then the two may be compared."""


def group_cards(scan: Scan) -> list[GroupCard]:
    """Every group with the groups it could join; four queries."""
    sizes = group_sizes(scan)
    return [
        GroupCard(
            group,
            size,
            [(other, size + count) for other, count in sizes.items() if other.pk != group.pk],
            fewest_in_group(scan),
        )
        for group, size in sizes.items()
    ]


def outcome(scan: Scan, cards: list[GroupCard]) -> Outcome:
    """The outcome of the groups as they are."""
    people = people_asked(scan).count()
    placed = sum(card.size for card in cards)
    return Outcome(
        groups=len(cards),
        smallest=min((card.size for card in cards), default=0),
        people=people,
        without_group=people - placed,
        too_small=sum(card.is_too_small for card in cards),
        least=fewest_in_group(scan),
        same_as_before=scan.previous is not None
        and scan.previous.partition_id == scan.partition_id,
    )
