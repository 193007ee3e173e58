"""A school's own questions: loaded from a file, checked, kept as they came."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from zwerm.core.errors import Refused
from zwerm.people.models import School
from zwerm.scans import library
from zwerm.scans.models import Instrument


@transaction.atomic
def load_instrument(school: School, *, text: str) -> Instrument:
    """Keep the questions of `text`, or refuse with the line that is wrong."""
    try:
        read = library.read_instrument(text)
    except library.InstrumentFault as fault:
        raise Refused(str(fault)) from fault
    if Instrument.objects.filter(name=read.name).exists():
        raise Refused(
            _("There are questions named %(name)s already. Give the file another name inside.")
            % {"name": read.name}
        )
    return Instrument.objects.create(
        school=school, name=read.name, source=read.source, licence=read.licence, text=text
    )
