"""From the published figures to sentences: what we see, how sure, what it does not say."""

from zwerm.scans.sentences.report import ReportText, Section, report_text
from zwerm.scans.sentences.saying import say
from zwerm.scans.sentences.tables import TableRow, heads, table_rows

__all__ = ["ReportText", "Section", "TableRow", "heads", "report_text", "say", "table_rows"]
