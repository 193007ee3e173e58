"""What the log of a scan says, in the words of its readers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zwerm.core import clock
from zwerm.people.models import Mandate, SchoolLogLine
from zwerm.scans import library
from zwerm.scans.models import Expectation, Scan, SettingsLogLine
from zwerm.scans.queries.second_look import differences


@dataclass(frozen=True, slots=True)
class Change:
    """One line: when, who, of which scan, which setting, from what to what."""

    at: dt.datetime
    by: str
    about: str
    """The name of the scan; nothing for the school itself."""
    setting: str
    before: str
    after: str


def changes_of(scan: Scan) -> list[Change]:
    """Every change of the settings of `scan`, newest first; one query."""
    names = settings_in_words()
    return [changed(line, scan.title, names) for line in scan.log.all()]


def changes_at_school() -> list[Change]:
    """Every change of the school and of all its scans, newest first; two queries."""
    names, gone = settings_in_words(), _("a draft that was thrown away")
    lines = [
        changed(line, line.scan.title if line.scan else gone, names)
        for line in SettingsLogLine.objects.select_related("scan")
    ]
    lines += [of_school(line) for line in SchoolLogLine.objects.all()]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def changed(line: SettingsLogLine, about: str, names: dict[str, str]) -> Change:
    return Change(
        line.at,
        who(line),
        about,
        names.get(line.setting, line.setting),
        in_words(line, line.before),
        in_words(line, line.after),
    )


def of_school(line: SchoolLogLine) -> Change:
    names = {
        "address": _("Mail address of somebody on the staff list"),
        "mandate": _("Mandate of somebody"),
    }
    kinds = {str(kind): str(kind.label) for kind in Mandate.Kind}
    before, after = (kinds.get(value, value) for value in (line.before, line.after))
    if line.setting == "address":
        after = _("another one")
    return Change(line.at, who(line), "", names.get(line.setting, line.setting), before, after)


def who(line: SettingsLogLine | SchoolLogLine) -> str:
    """Who made a change; whoever was erased is read no more."""
    return line.by_name or _("somebody who left")


def destroyed_of(scan: Scan) -> list[str]:
    """What was destroyed of `scan`, when and why, in sentences; one query."""
    what = {"answers": _("the answers"), "key": _("the key")}
    why = {
        "cancelled": _("the scan was cancelled"),
        "retention is over": _("the time to keep them was over"),
        "the next scan closed": _("the next scan closed"),
        "a backup was put back": _("an older backup was put back"),
    }
    return [
        _("%(day)s: %(what)s, because %(why)s.")
        % {
            "day": date_format(line.on, "j F Y"),
            "what": what.get(line.what, line.what),
            "why": why.get(line.reason, line.reason),
        }
        for line in scan.ledger.all()
    ]


def settings_in_words() -> dict[str, str]:
    """What each setting that may change is called on the pages where it is set."""
    return {
        "status": _("State of the scan"),
        "title": _("Name of the scan"),
        "asker": _("Who asks"),
        "topic_nl": _("Topic, in Dutch"),
        "topic_en": _("Topic, in English"),
        "form": _("Form"),
        "has_comment": _("Open question"),
        "instruments": _("The school's own questions"),
        "left_out": _("People who are not asked"),
        "leaders": _("People who count as formal leader"),
        "post_group_nl": _("Name of that group, in Dutch"),
        "post_group_en": _("Name of that group, in English"),
        "partition": _("Groups of the report"),
        "neighbour": _("Neighbour of a group"),
        "dpia_reference": _("Impact assessment"),
        "legal_basis": _("Legal basis"),
        "retain_months": _("Months that answers are kept"),
        "floor_network": _("Network from so many answers"),
        "floor_scale": _("Other questions from so many answers"),
        "floor_comments": _("Open texts from so many answers"),
        "is_for_board": _("Report to the board"),
        "closes_on": _("Last day to answer"),
        "report_on": _("Day of the report"),
        "mode": _("Privacy mode"),
        "second_look": _("Second person for changed privacy settings"),
        "expectation": _("What is expected of the next scan"),
        "expectation_note": _("Why that is expected"),
    }


def differences_in_words(scan: Scan) -> list[Change]:
    """The privacy settings that differ from last time, as a log says them."""
    names, now = settings_in_words(), clock.now()
    lines = [
        SettingsLogLine(setting=one.setting, before=one.before, after=one.after, at=now)
        for one in differences(scan)
    ]
    return [changed(line, scan.title, names) for line in lines]


def in_words(line: SettingsLogLine, value: str) -> str:
    """A value as people say it: yes and no, dates, names of states and forms."""
    if line.setting in {"status", "mode"} and value:
        return str((Scan.Status if line.setting == "status" else Scan.Mode)(value).label)
    if line.setting == "form":
        forms = {one.id: one.label.in_(get_language()) for one in library.load_instruments().forms}
        return forms.get(value, value)
    if line.setting == "expectation" and value:
        figure, direction = value.split()
        return f"{Expectation.Figure(figure).label}: {Expectation.Direction(direction).label}"
    if line.setting in {"closes_on", "report_on"} and value:
        return date_format(dt.date.fromisoformat(value), "j F Y")
    said = {"True": _("yes"), "False": _("no")}
    said |= {"asked": _("asked"), "confirmed": _("confirmed")}
    return said.get(value, value)
