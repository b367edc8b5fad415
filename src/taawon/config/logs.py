"""What a log line may not hold."""

from __future__ import annotations

import logging
import re

_QUERY = re.compile(r"\?\S+")
_PHONE = re.compile(r"\+?\d[\d \-]{7,}\d")


class WithoutQuery(logging.Filter):
    """Cut query strings and phone numbers out of a line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = _PHONE.sub("…", _QUERY.sub("?…", record.getMessage()))
        record.msg, record.args = line, None
        return True
