"""What never stands in a log: the token of a personal link."""

from __future__ import annotations

import logging
import re

TOKEN = re.compile(r"(/with/)[^/\s]+")


class WithoutTokens(logging.Filter):
    """Replace the token in each address that is logged: whoever has it can come in with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = TOKEN.sub(r"\1...", record.getMessage()), None
        return True
