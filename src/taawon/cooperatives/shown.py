"""Tells the index, and the rooms above, that a cooperative looks different."""

from __future__ import annotations

from collections.abc import Callable, Collection

from taawon.cooperatives.models import Shop
from taawon.search import feed

# Rooms above add what is shown together with a cooperative (its products): called with its id,
# inside the transaction of the change, so that change and feed commit together.
followers: dict[str, Callable[[int], None]] = {}


def changed(cooperative_id: int) -> None:
    """Its own page and lines in lists."""
    feed.changed("cooperative", cooperative_id)


def changed_with_all(cooperative_id: int) -> None:
    """The same, and all that shows with it: after a change of name, state or opening."""
    changed(cooperative_id)
    for follow in followers.values():
        follow(cooperative_id)


def many_changed(ids: Collection[int], with_all: Collection[int] = ()) -> None:
    """The same for many at once; `with_all` are those whose name, state or place changed."""
    feed.changed("cooperative", *ids)
    # Only a shop shows more than its own page.
    shops = Shop.objects.filter(cooperative_id__in=with_all).values_list(
        "cooperative_id", flat=True
    )
    for cooperative_id in shops.order_by("cooperative_id"):
        for follow in followers.values():
            follow(cooperative_id)
