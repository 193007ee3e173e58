"""A member is a person on one school's staff list, with or without an account."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import SELF, Erase, Privacy
from zwerm.people.kept import STAFF, WHILE_HERE
from zwerm.people.models.account import Account
from zwerm.people.models.school import Team
from zwerm.people.scope import SchoolOwned


class Member(SchoolOwned):
    """A person on the staff list of one school.

    The member exists before an account does and may never get one. `left_on` is the first
    day on which somebody no longer works here; the row stays until the retention is over.
    """

    privacy = Privacy(
        what=_("You on the staff list"),
        why=STAFF,
        none=("id",),
        own={
            SELF: {
                "school": _("school"),
                "account": _("account"),
                "name": _("name"),
                "email": _("mail address"),
                "staff_number": _("staff number"),
                "language": _("language"),
                "started_on": _("started on"),
                "left_on": _("left on"),
                "may_be_named": _("may be named"),
                "teams": _("teams"),
            }
        },
        erase=Erase.GOES,
        kept=WHILE_HERE,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="members"
    )
    staff_number = models.CharField(_("staff number"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="nl")
    started_on = models.DateField(_("started on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    may_be_named = models.BooleanField(
        _("may be named"),
        default=True,
        help_text=_("Off when this member objects to being named in a scan."),
    )
    teams = models.ManyToManyField(Team, through="Membership", related_name="members")

    class Meta:
        ordering = [Lower("name"), "id"]
        constraints = [
            models.UniqueConstraint(
                "school",
                "staff_number",
                name="a_staff_number_is_given_once_in_a_school",
                condition=~Q(staff_number="") & Q(left_on__isnull=True),
            ),
            models.UniqueConstraint(
                "school",
                Lower("email"),
                name="a_mail_address_is_given_once_in_a_school",
                condition=~Q(email="") & Q(left_on__isnull=True),
            ),
            models.UniqueConstraint(
                name="an_account_is_one_member_of_a_school",
                fields=["school", "account"],
                condition=Q(left_on__isnull=True),
            ),
            models.CheckConstraint(
                name="nobody_leaves_before_they_start",
                condition=Q(left_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(left_on__gte=F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class Membership(SchoolOwned):
    """A member in a team. Everybody with a team has exactly one home team."""

    privacy = Privacy(
        what=_("Your teams"),
        why=STAFF,
        none=("id", "school"),
        own={"member": {"team": _("team"), "is_home": _("home team")}},
        erase=Erase.GOES,
        kept=WHILE_HERE,
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    is_home = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_member_is_once_in_a_team", fields=["member", "team"]),
            models.UniqueConstraint(
                name="a_member_has_one_home_team", fields=["member"], condition=Q(is_home=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.team}"


class Post(SchoolOwned):
    """A job with a pay scale, always with its sector and date. It is neither role nor task."""

    privacy = Privacy(
        what=_("Your posts"),
        why=STAFF,
        none=("id", "school"),
        own={
            "member": {
                "name": _("post"),
                "pay_scale": _("pay scale"),
                "sector": _("sector"),
                "fte": _("FTE"),
                "from_on": _("from"),
                "until_on": _("until"),
            }
        },
        erase=Erase.GOES,
        kept=WHILE_HERE,
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="posts")
    name = models.CharField(_("post"), max_length=120, blank=True)
    pay_scale = models.CharField(_("pay scale"), max_length=12, blank=True)
    sector = models.CharField(_("sector"), max_length=3)
    fte = models.DecimalField(_("FTE"), max_digits=4, decimal_places=3, null=True, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_post_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="an_fte_lies_between_0_and_2",
                condition=Q(fte__isnull=True) | Q(fte__gte=0, fte__lte=2),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.pay_scale


class Role(SchoolOwned):
    """Something a member does for a time, and how it was obtained."""

    privacy = Privacy(
        what=_("Your roles"),
        why=STAFF,
        none=("id", "school"),
        own={
            "member": {
                "name": _("role"),
                "obtained": _("how obtained"),
                "from_on": _("from"),
                "until_on": _("until"),
            }
        },
        erase=Erase.GOES,
        kept=WHILE_HERE,
    )

    class Obtained(models.TextChoices):
        SELF = "self", _("by oneself")
        COLLEAGUES = "colleagues", _("asked by colleagues")
        APPOINTED = "appointed", _("appointed")
        APPLIED = "applied", _("applied for")
        UNKNOWN = "unknown", _("not known")

    member = models.ForeignKey(Member, models.CASCADE, related_name="roles")
    name = models.CharField(_("role"), max_length=120)
    obtained = models.CharField(
        _("how obtained"), max_length=10, choices=Obtained, default=Obtained.UNKNOWN
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_role_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
