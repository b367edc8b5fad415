"""How often one address, or one key, may ask in a minute. Each process counts for itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from taawon.api import edge
from taawon.api.keys import Caller

WINDOW = 60
A_KEY_MAY = 10  # times as much as an address


class Minute:
    """Counts within the current minute, and forgets them with it: memory stays small."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self._lock = Lock()
        self._window = 0
        self._counts: dict[tuple[str, str], int] = {}

    def count(self, what: str, who: str) -> int:
        """How often this was done in this minute, this time included."""
        with self._lock:
            window = int(self.clock() // WINDOW)
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[what, who] = self._counts.get((what, who), 0) + 1
            return self._counts[what, who]

    def left(self) -> float:
        """Seconds until the next minute."""
        return WINDOW - self.clock() % WINDOW

    def forget(self) -> None:
        with self._lock:
            self._counts.clear()


minute = Minute()


class Limit(BaseThrottle):
    """So many a minute and address. Where `keys_may_more`, a key has ten times as many."""

    def __init__(self, what: str, most: int, *, keys_may_more: bool = True) -> None:
        self.what = what
        self.most = most
        self.keys_may_more = keys_may_more

    def allow_request(self, request: HttpRequest) -> bool:
        if not settings.RATE_LIMIT:
            return True
        caller: Caller = request.auth  # type: ignore[attr-defined]  # set by keys.PartnerKey
        if self.keys_may_more and caller.key_id is not None:
            return minute.count(self.what, f"key {caller.key_id}") <= self.most * A_KEY_MAY
        return minute.count(self.what, neighbourhood(edge.address(request))) <= self.most

    def wait(self) -> float:
        return minute.left()


def neighbourhood(address: str) -> str:
    """An IPv4 address; of IPv6 the first 64 bits, since one household has all of the rest."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(IPv6Address(int(known) >> 64 << 64))
    return str(getattr(known, "ipv4_mapped", None) or known)


READS = Limit("read", 600)
BASKETS = Limit("basket", 300)
CHECKOUTS = Limit("checkout", 60)
LOOK_UPS = Limit("look-up", 20, keys_may_more=False)
