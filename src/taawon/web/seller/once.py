"""A form that the network sends twice is done once: its key is kept in the session."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

_KEPT = "once"
_MOST = 8


def new_key() -> str:
    return secrets.token_urlsafe(12)


def done_before(request: HttpRequest, key: str) -> int | None:
    """What came of the form with this key, if it was sent before."""
    found: int | None = request.session.get(_KEPT, {}).get(key) if key else None
    return found


def keep(request: HttpRequest, key: str, what: int) -> None:
    if key:
        kept = {**request.session.get(_KEPT, {}), key: what}
        request.session[_KEPT] = dict(list(kept.items())[-_MOST:])
