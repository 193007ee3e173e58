"""What never stands in a log: the token of a personal link, or one outage a thousand times."""

from __future__ import annotations

import logging
import re

from zwerm.core.outage import outage_of

TOKEN = re.compile(r"(/with/)[^/\s]+")


class WithoutTokens(logging.Filter):
    """Replace the token in each address that is logged: whoever has it can come in with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_tokens(record.getMessage()), None
        if record.exc_info:
            # A fault may repeat the address. A handler prints this text when it is there.
            told = logging.Formatter().formatException(record.exc_info)
            record.exc_text = without_tokens(told)
        return True


class WithoutOutages(logging.Filter):
    """Leave out where in the program an outage was met: one line has told it already."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and outage_of(record.exc_info[1]))


def without_tokens(words: str) -> str:
    """The words, without the token of any personal link in them.

    Example:
        >>> without_tokens("Not Found: /scan/1/with/c2VjcmV0/")
        'Not Found: /scan/1/with/.../'
    """
    return TOKEN.sub(r"\1...", words)
