"""A small brake for pages that could be used to guess: so many tries a minute from one address."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from taawon.core.errors import TooMany
from taawon.web.edge import address


def brake(request: HttpRequest, purpose: str, *, most: int, seconds: int = 60) -> None:
    """Raises TooMany after `most` calls in `seconds` (counted by each server process)."""
    if not settings.RATE_LIMIT:
        return
    key = f"brake:{purpose}:{address(request)}"
    cache.add(key, 0, timeout=seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # It expired in between.
        return
    if count > most:
        raise TooMany(wait_minutes=max(seconds // 60, 1), wait_seconds=seconds)
