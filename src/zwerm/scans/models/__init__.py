"""The nouns of this room."""

from zwerm.scans.models.answer import AnswerBlob, Mirror, ScanKey
from zwerm.scans.models.consent import Consent, LedgerLine, SecondLook, SettingsLogLine
from zwerm.scans.models.expectation import Expectation
from zwerm.scans.models.instrument import Instrument
from zwerm.scans.models.partition import Group, Partition
from zwerm.scans.models.report import Comment, ReportFile, Snapshot
from zwerm.scans.models.roster import Invitation, RosterEntry
from zwerm.scans.models.scan import Scan

__all__ = [
    "AnswerBlob",
    "Comment",
    "Consent",
    "Expectation",
    "Group",
    "Instrument",
    "Invitation",
    "LedgerLine",
    "Mirror",
    "Partition",
    "ReportFile",
    "RosterEntry",
    "Scan",
    "ScanKey",
    "SecondLook",
    "SettingsLogLine",
    "Snapshot",
]
