"""From the published figures of a snapshot to the sentences and tables of a report."""

from zwerm.scans.sentences.labels import say
from zwerm.scans.sentences.numbers import answered_in_words
from zwerm.scans.sentences.poster import Big
from zwerm.scans.sentences.report import ReportText, report_text
from zwerm.scans.sentences.tables import TableRow, table_heads, table_rows
from zwerm.scans.sentences.telling import Section

__all__ = [
    "Big",
    "ReportText",
    "Section",
    "TableRow",
    "answered_in_words",
    "report_text",
    "say",
    "table_heads",
    "table_rows",
]
