"""What never stands in a log: the token of a personal link."""

from __future__ import annotations

import logging
import re

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


def without_tokens(words: str) -> str:
    """The words, without the token of any personal link in them.

    Example:
        >>> without_tokens("Not Found: /scan/1/with/c2VjcmV0/")
        'Not Found: /scan/1/with/.../'
    """
    return TOKEN.sub(r"\1...", words)
