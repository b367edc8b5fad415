"""Which line carries a text: by the number, and by what is down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from taawon.messaging import lines
from taawon.messaging.gateways import routes
from taawon.messaging.models import Message

MOST = 2_000


def choose(phone: str) -> str:
    """The line for a phone (E.164): the longest prefix that is up, else the first of all.

    A number that no prefix reaches goes by the first line: better there than nowhere.
    """
    return chooser()(phone)


def chooser() -> Callable[[str], str]:
    """The same for many phones: which lines are down is asked once."""

    @cache
    def down() -> set[str]:
        every = routes.routes()
        return lines.down([one.name for one in every], _alone(every))

    def line_of(phone: str) -> str:
        reaching = routes.of_phone(phone) or list(routes.routes()[:1])
        if len(reaching) > 1:
            reaching = [one for one in reaching if one.name not in down()] or reaching
        return reaching[0].name

    return line_of


def find_other_ways(name: str) -> int:
    """Give what waits for a line that is down to others that reach the same numbers; how many.

    A text in doubt stays: its report may still come.
    """
    waiting = Message.objects.filter(
        gateway=name, state=Message.State.QUEUED, in_doubt=False, via=Message.Via.SMS
    )
    moved, line_of = 0, chooser()
    for message_id, phone in waiting.order_by("lane", "pk").values_list("pk", "to")[:MOST]:
        if (other := line_of(phone)) != name:
            moved += waiting.filter(pk=message_id).update(gateway=other)
    return moved


def tidy() -> int:
    """What waits for a line that is down, or that the settings no longer know, goes elsewhere."""
    known = {route.name: route for route in routes.routes()}
    waiting = Message.objects.filter(state=Message.State.QUEUED, via=Message.Via.SMS)
    names = set(waiting.order_by().values_list("gateway", flat=True).distinct())
    down = lines.down(known, _alone(known.values()))
    return sum(find_other_ways(name) for name in names if name not in known or name in down)


def _alone(found: Iterable[routes.Route]) -> list[str]:
    return [route.name for route in found if route.kind in routes.OF_THEIR_OWN]
