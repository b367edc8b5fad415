"""Which gateways there are, and which of them reaches a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Final, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from taawon.messaging.gateways import Gateway

EMAIL: Final = "email"
KINDS: Final = {
    kind: f"taawon.messaging.gateways.{kind}.{kind.capitalize()}Gateway"
    for kind in ("console", "http", "kannel", "memory", "smpp")
}
# Carried by a process of their own (`taawon smpp`), never by a worker.
OF_THEIR_OWN: Final = frozenset({"smpp"})
_OURS: Final = frozenset(
    {"kind", "prefixes", "segments_a_second", "centimes_a_segment", "balance_low"}
)


@dataclass(frozen=True)
class Route:
    """A table of the settings: where it leads, how fast it is, what a segment costs (centimes)."""

    name: str
    kind: str
    prefixes: tuple[str, ...] = ()
    segments_a_second: int = 0
    centimes_a_segment: int = 0
    # With less than this left at its provider, somebody must pay something in.
    balance_low: Decimal | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def reach(self, phone: str) -> int:
        """The length of the prefix by which it leads to a phone (E.164); -1 where it does not."""
        if not self.prefixes:
            return 0
        return max((len(one) for one in self.prefixes if phone.startswith(one)), default=-1)


@cache
def routes() -> tuple[Route, ...]:
    """In the order of the settings. Raises ImproperlyConfigured."""
    return tuple(_route(name, table) for name, table in settings.SMS_GATEWAYS.items())


def named(name: str) -> Route | None:
    return next((route for route in routes() if route.name == name), None)


def of_phone(phone: str) -> list[Route]:
    """Those that reach a phone, the longest prefix first."""
    reaching = [route for route in routes() if route.reach(phone) >= 0]
    return sorted(reaching, key=lambda route: -route.reach(phone))


def carried_here() -> list[str]:
    """The lines that a worker carries, e-mail last."""
    return [route.name for route in routes() if route.kind not in OF_THEIR_OWN] + [EMAIL]


def gateway(name: str) -> Gateway:
    """The line of a table, or of e-mail. Raises ImproperlyConfigured."""
    return _built(name)


def of_kind(kind: str) -> list[Gateway]:
    return [gateway(route.name) for route in routes() if route.kind == kind]


@cache
def _built(name: str) -> Gateway:
    if name == EMAIL:
        return cast(Gateway, import_string(settings.EMAIL_GATEWAY)(EMAIL))
    route = named(name)
    if route is None:
        raise ImproperlyConfigured(f"TAAWON_SMS_GATEWAYS has no table [{name}].")
    return cast(Gateway, import_string(KINDS[route.kind])(name, route.options))


def _route(name: str, table: Mapping[str, Any]) -> Route:
    kind = table.get("kind", "")
    if kind not in KINDS:
        raise ImproperlyConfigured(
            f"TAAWON_SMS_GATEWAYS: [{name}] has the kind {kind!r}; write one of {', '.join(KINDS)}."
        )
    return Route(
        name=name,
        kind=kind,
        prefixes=tuple(table.get("prefixes", ())),
        segments_a_second=int(table.get("segments_a_second", 0)),
        centimes_a_segment=int(table.get("centimes_a_segment", 0)),
        balance_low=Decimal(str(table["balance_low"])) if "balance_low" in table else None,
        options={key: value for key, value in table.items() if key not in _OURS},
    )


def _read_again(*, setting: str, **_facts: Any) -> None:
    if setting in ("SMS_GATEWAYS", "EMAIL_GATEWAY"):
        routes.cache_clear()
        _built.cache_clear()


setting_changed.connect(_read_again)
