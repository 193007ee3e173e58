"""From the published figures of a snapshot to the sentences and tables of a report."""

from zwerm.scans.sentences.coherence import Coherence, coherence_of
from zwerm.scans.sentences.labels import say
from zwerm.scans.sentences.numbers import answered_in_words
from zwerm.scans.sentences.opinions import fit_ends, fit_lead, is_shown, recognised
from zwerm.scans.sentences.poster import Big
from zwerm.scans.sentences.posts import position
from zwerm.scans.sentences.report import ReportText, report_text
from zwerm.scans.sentences.tables import TableRow, table_heads, table_rows
from zwerm.scans.sentences.telling import Section, Telling

__all__ = [
    "Big",
    "Coherence",
    "ReportText",
    "Section",
    "TableRow",
    "Telling",
    "answered_in_words",
    "coherence_of",
    "fit_ends",
    "fit_lead",
    "is_shown",
    "position",
    "recognised",
    "report_text",
    "say",
    "table_heads",
    "table_rows",
]
