"""One module a command. Each says its INTENT, whether it is FOR_SHOP, and how to `run`.

A module whose deed can be taken back has `undo(turn, facts)` too.
"""

from __future__ import annotations

from types import ModuleType

from taawon.sms.commands import (
    accept,
    agent,
    calls,
    cancel,
    decline,
    deliver,
    helping,
    join,
    language,
    lesson,
    never,
    open_shop,
    pause,
    price,
    products,
    refuse,
    sales,
    ship,
    start,
    stock,
    stop,
    stop_all,
)

_MODULES = (
    accept,
    agent,
    calls,
    cancel,
    decline,
    deliver,
    helping,
    join,
    language,
    lesson,
    never,
    open_shop,
    pause,
    price,
    products,
    refuse,
    sales,
    ship,
    start,
    stock,
    stop,
    stop_all,
)
_BY_INTENT: dict[str, ModuleType] = {
    intent: module for module in _MODULES for intent in module.INTENTS
}


def find(intent: str) -> ModuleType:
    """The module of an intent. Raises KeyError."""
    return _BY_INTENT[intent]
