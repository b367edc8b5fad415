"""Questions that people keep: what is new to them is looked for once a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed
from taawon.core.locks import lock_or_not_found
from taawon.journal.record import record
from taawon.search import documents, query
from taawon.search.errors import TooManySaved
from taawon.search.events import SearchDropped, SearchSaved, SomethingNewFits
from taawon.search.models import SavedSearch
from taawon.search.query import Filters, Ranges

MOST = 20
EVERY = timedelta(hours=20)
# What was published so shortly ago may not be in this machine's index yet.
SETTLING = timedelta(minutes=1)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for: see `query.find`. `address` is the query string that shows it."""

    kind: str
    address: str
    title: str
    words: str = ""
    filters: Filters = field(default_factory=dict)
    ranges: Ranges = field(default_factory=dict)


@transaction.atomic
def keep(wish: Wish, *, by: Actor) -> SavedSearch:
    """Once, however often it is said. Raises NotAllowed without a person, Invalid, TooManySaved."""
    if by.person_id is None:
        raise NotAllowed
    if wish.kind not in {kind.name for kind in documents.kinds()}:
        raise Invalid(field="kind")
    # Two wishes of one person wait for each other here, so that the limit holds.
    person = lock_or_not_found(Person, pk=by.person_id)
    mine = SavedSearch.objects.filter(person=person)
    address = written.line(wish.address, field="address", most=600, needed=False)
    if (known := mine.filter(kind=wish.kind, address=address).first()) is not None:
        return known
    if mine.count() >= MOST:
        raise TooManySaved(most=MOST)
    saved = SavedSearch.objects.create(
        person=person,
        kind=wish.kind,
        address=address,
        title=written.line(wish.title, field="title", most=200),
        words=wish.words,
        filters={facet: list(values) for facet, values in wish.filters.items()},
        ranges={number: list(ends) for number, ends in wish.ranges.items()},
    )
    record(SearchSaved(saved_id=saved.pk), by=by)
    return saved


@transaction.atomic
def drop(saved_id: int, *, by: Actor) -> None:
    """Raises NotFound for one that is not the person's own."""
    saved = lock_or_not_found(SavedSearch, pk=saved_id, person_id=by.person_id or 0)
    record(SearchDropped(saved_id=saved.pk), by=by)
    saved.delete()


def of_person(person_id: int) -> QuerySet[SavedSearch]:
    """The newest first; at most 20."""
    return SavedSearch.objects.filter(person_id=person_id).order_by("-pk")


def look_for_news(*, by: Actor) -> int:
    """Everything that nobody looked at for a day; how many have something new."""
    due = SavedSearch.objects.filter(seen_at__lte=timezone.now() - EVERY, person__is_active=True)
    found = 0
    last = 0
    while batch := list(due.filter(pk__gt=last).order_by("pk")[:BATCH]):
        found += sum(_look(saved, by) for saved in batch)
        last = batch[-1].pk
    return found


def _look(saved: SavedSearch, by: Actor) -> bool:
    now = timezone.now() - SETTLING
    count = _new_since(saved)
    if count is None:
        return False
    with transaction.atomic():
        mine = SavedSearch.objects.filter(pk=saved.pk, seen_at=saved.seen_at)
        if not mine.update(seen_at=now) or not count:
            return False
        day = now.date().isoformat()
        record(SomethingNewFits(saved_id=saved.pk, count=count, day=day), by=by)
    return True


def _new_since(saved: SavedSearch) -> int | None:
    """None while there is no index to ask, and for what the kind knows no more."""
    kind = documents.kind(saved.kind)
    after = int(saved.seen_at.timestamp()) + 1
    ranges: dict[str, Any] = {number: tuple(ends) for number, ends in saved.ranges.items()}
    try:
        found = query.find(
            saved.kind,
            words=saved.words,
            filters=saved.filters,
            ranges={**ranges, kind.since: (after, None)},
            per_page=0,
        )
    except ValueError:
        return None
    if not found.ready:
        return None
    return 0 if found.loosely else found.count
