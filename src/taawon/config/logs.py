"""What a log line may not hold."""

from __future__ import annotations

import logging
import re

_QUERY = re.compile(r"\?\S+")
_PHONE = re.compile(r"\+?\d[\d \-]{7,}\d")
_plain = logging.Formatter()


class WithoutQuery(logging.Filter):
    """Cut query strings and phone numbers out of a line, and of the traceback with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = cut(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = cut(_plain.formatException(record.exc_info))
        return True


def cut(text: str) -> str:
    return _PHONE.sub("…", _QUERY.sub("?…", text))
