"""A disk that is full is said in words, and not as a fault of the house."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Refused

log = logging.getLogger(__name__)
_FULL = {errno.ENOSPC, errno.EDQUOT}


class DiskFull(Refused):
    code = "disk-full"
    text = _("There is no room for files at the moment. Nothing was saved; try again later.")


@contextmanager
def writing() -> Iterator[None]:
    """Around what writes files. Raises DiskFull where there is no room."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in _FULL:
            raise
        log.error("The disk is full")
        raise DiskFull from problem
