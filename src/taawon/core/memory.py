"""Keep what hardly ever changes in process memory for some seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
_kept: dict[Hashable, tuple[float, Any]] = {}
_MOST = 2_000


def remember(seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A function whose answers may be that old. Its arguments must be hashable."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def ask(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (function, args, tuple(sorted(kwargs.items())))
            return kept(key, seconds, lambda: function(*args, **kwargs))

        return ask

    return wrap


def kept(key: Hashable, seconds: float, make: Callable[[], R]) -> R:
    """What was made for this key within so many seconds, or what is made now."""
    found = _kept.get(key)
    if found is not None and found[0] > time.monotonic():
        return cast(R, found[1])
    made = make()
    if len(_kept) >= _MOST:
        _kept.clear()
    _kept[key] = (time.monotonic() + seconds, made)
    return made


def forget() -> None:
    _kept.clear()
