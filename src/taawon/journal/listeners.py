"""Who listens to what. Filled once, as the apps get ready."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from taawon.journal.events import Event

E = TypeVar("E", bound=Event)
Listener = Callable[[Event], None]

_events: dict[str, type[Event]] = {}
_listeners: defaultdict[str, dict[str, Listener]] = defaultdict(dict)


def on(*event_types: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Listen to these events. A listener may be told twice: what it does must bear that."""

    def register(listener: Callable[[E], None]) -> Callable[[E], None]:
        for event_type in event_types:
            _events[event_type.name] = event_type
            address = f"{listener.__module__}.{listener.__name__}"
            _listeners[event_type.name][address] = cast(Listener, listener)
        return listener

    return register


def of(name: str) -> Mapping[str, Listener]:
    """The listeners of an event, by their address."""
    return _listeners.get(name, {})


def event(name: str, facts: dict[str, Any]) -> Event:
    return _events[name](**facts)
