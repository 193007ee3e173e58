"""Who is asked: frozen at opening. And who still has to be reminded: kept apart."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zwerm.core.privacy import Erase, Privacy
from zwerm.people.kept import WHILE_HERE
from zwerm.people.models import Account, Member
from zwerm.people.scope import SchoolOwned
from zwerm.scans.kept import ASKING, BY_ADDRESS
from zwerm.scans.models.partition import Group
from zwerm.scans.models.scan import Scan


class RosterEntry(SchoolOwned):
    """One member as the scan knows them: group, formal marking, may be named.

    Frozen when the scan opens; results read only this. `member` becomes empty when a
    leaver's row is erased after the report: the report itself never changes.
    """

    privacy = Privacy(
        what=_("You on the list of a scan"),
        why=ASKING,
        none=("id", "school"),
        own={
            "member": {
                "scan": _("scan"),
                "name": _("name"),
                "team_name": _("team"),
                "group": _("group of the report"),
                "is_leader": _("counts as formal leader"),
                "may_be_named": _("may be named"),
                "number": _("random number on this list"),
            }
        },
        erase=Erase.EMPTIED,
        kept=WHILE_HERE,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="roster")
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="roster_entries"
    )
    number = models.PositiveSmallIntegerField()
    """A random place on the roster: how a sealed answer points at a colleague."""
    name = models.CharField(_("name"), max_length=120)
    team_name = models.CharField(_("team"), max_length=120, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    is_leader = models.BooleanField(default=False)
    may_be_named = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(name="a_member_is_once_on_a_roster", fields=["scan", "member"]),
            models.UniqueConstraint(name="a_number_is_given_once", fields=["scan", "number"]),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(SchoolOwned):
    """The system's own note of whom it mailed and who still has to finish.

    Nothing here is ever shown to a person: it only decides who gets a reminder, and adds up
    to the coarse participation that everybody sees. Who answered is forgotten when the scan
    closes.
    """

    privacy = Privacy(
        what=_("Mail about a scan"),
        why=ASKING,
        none=("id", "school"),
        own={
            BY_ADDRESS: {
                "entry": _("name"),
                "scan": _("scan"),
                "address": _("mail address"),
                "language": _("language"),
                "is_respondent": _("answered, while the scan is open"),
                "is_finished": _("finished, while the scan is open"),
                "mails_sent": _("mails sent"),
                "last_mailed_on": _("last mailed on"),
                "knows_extension": _("was told of a later last day"),
                "knows_new_address": _("was told that the address on the staff list changed"),
                "nonce": _("personal link"),
            }
        },
        withheld={"nonce": _("Whoever has it can answer as you.")},
        erase=Erase.GOES,
        kept=WHILE_HERE,
    )

    entry = models.OneToOneField(RosterEntry, models.CASCADE, related_name="invitation")
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="invitations")
    address = models.EmailField()
    """The mail address on the staff list when the roster froze (privacy rule R1)."""
    language = models.CharField(max_length=2, default="nl")
    nonce = models.CharField(max_length=32)
    is_respondent = models.BooleanField(default=False)
    is_finished = models.BooleanField(default=False)
    mails_sent = models.PositiveSmallIntegerField(default=0)
    last_mailed_on = models.DateField(null=True, blank=True)
    knows_extension = models.BooleanField(default=False)
    """A mail went out that the last day has moved."""
    knows_new_address = models.BooleanField(default=False)
    """A mail went to this address that the staff list holds another one now."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_gets_more_than_an_invitation_and_two_reminders",
                condition=models.Q(mails_sent__lte=3),
            ),
        ]

    def __str__(self) -> str:
        return "invitation"

    def is_of(self, account: Account) -> bool:
        """The account signs in under the address to which this went (privacy rule R1)."""
        return self.address.lower() == account.email.lower() != ""
