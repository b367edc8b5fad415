"""What a log line may not hold."""

from __future__ import annotations

import logging
import re

_QUERY = re.compile(r"\?\S+")
_PHONE = re.compile(r"\+?\d[\d \-]{7,}\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# PostgreSQL shows the values of a row that it refuses.
_DETAIL = re.compile(r"(?<=DETAIL: ).*?(?=\nThe above|\nDuring handling|\nTraceback|\Z)", re.DOTALL)
_plain = logging.Formatter()


class WithoutQuery(logging.Filter):
    """Cut query strings, phone numbers, e-mail addresses and the values of rows out of a line, and
    of the traceback with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = cut(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = cut(_plain.formatException(record.exc_info))
        return True


def cut(text: str) -> str:
    for pattern, kept in ((_DETAIL, " …"), (_QUERY, "?…"), (_EMAIL, "…"), (_PHONE, "…")):
        text = pattern.sub(kept, text)
    return text
