"""Two entries that are one are merged, which can be taken back; or told apart for ever."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.db.models import Field
from django.utils import timezone

from taawon.cooperatives import history, merging, rules, shown
from taawon.cooperatives.errors import (
    AlreadyDecided,
    AlreadyMerged,
    AlreadyRegistered,
    AlreadyUndone,
    InDispute,
    LaterMergeFirst,
    RegisteredMeanwhile,
    SameEntry,
    ToldApart,
)
from taawon.cooperatives.merging import Facts
from taawon.cooperatives.models import Cooperative, Merge, Pair, Revision, Shop
from taawon.cooperatives.register_events import EntriesMerged, EntriesToldApart, MergeUndone
from taawon.cooperatives.states import NEXT_PAIR, PairState, ShopState, Source
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.core.locks import lock_all, lock_or_not_found
from taawon.journal.record import record

AnyField = Field[Any, Any]
# What a shop is set to, which goes with it.
_SETTINGS = (
    "state",
    "opened_at",
    "paused_until",
    "suspended_because",
    "offers_pickup",
    "pickup_place",
    "days_to_prepare",
)


@transaction.atomic
def merge(
    kept_id: int, gone_id: int, choices: Mapping[str, str] | None = None, *, by: Actor
) -> Merge:
    """All that belongs to `gone` belongs to `kept` from now on, and its address leads there.

    `choices` {key of merging.CHOICES: "kept" or "gone"} says whose value holds; what is not named
    is the kept entry's, or the other's where it has none. Raises NotFound, NotAllowed, SameEntry,
    AlreadyMerged, ToldApart, InDispute, AlreadyRegistered, Invalid.
    """
    if kept_id == gone_id:
        raise SameEntry
    kept, gone = _both(kept_id, gone_id, by)
    if kept.merged_into_id or gone.merged_into_id:
        raise AlreadyMerged
    if kept.disputed_since or gone.disputed_since:
        raise InDispute
    pair = _pair(kept_id, gone_id)
    if pair is not None and pair.state == PairState.DIFFERENT:
        raise ToldApart
    lock_all(Shop, (kept_id, gone_id))
    facts: Facts = {
        "chain": _lead(gone_id, kept_id),
        "pair": _decide(pair, PairState.MERGED),
        "entry": _join(kept, gone, choices or {}, by),
        "shop": _close_shop(gone_id, kept_id),
    }
    facts |= {name: mover.move(gone_id, kept_id) for name, mover in merging.in_turn()}
    made = Merge.objects.create(kept=kept, gone=gone, moved=facts)
    record(EntriesMerged(cooperative_id=kept_id, merge_id=made.pk, gone_id=gone_id), by=by)
    shown.changed(gone_id)
    shown.changed_with_all(kept_id)
    return made


@transaction.atomic
def undo(merge_id: int, *, by: Actor) -> Merge:
    """Each entry has again what it had; what happened since stays with whom it happened to.

    Raises NotFound, NotAllowed, AlreadyUndone, LaterMergeFirst, InDispute, RegisteredMeanwhile.
    """
    found = Merge.objects.filter(pk=merge_id).first()
    if found is None:
        raise NotFound
    kept, gone = _both(found.kept_id, found.gone_id, by)
    made = lock_or_not_found(Merge, pk=merge_id)
    if made.undone_at is not None:
        raise AlreadyUndone
    if gone.merged_into_id != kept.pk or kept.merged_into_id:
        raise LaterMergeFirst
    if kept.disputed_since:
        raise InDispute
    lock_all(Shop, (kept.pk, gone.pk))
    facts = made.moved
    for name, mover in merging.in_turn():
        mover.move_back(facts[name], gone.pk, kept.pk)
    _open_shop(facts["shop"], gone.pk, kept.pk)
    _part(kept, facts["entry"])
    _lead_back(gone, facts["chain"])
    _decide(Pair.objects.filter(pk=facts["pair"] or 0).first(), PairState.LIKELY)
    made.undone_at = timezone.now()
    made.save(update_fields=["undone_at"])
    record(MergeUndone(cooperative_id=kept.pk, merge_id=made.pk, gone_id=gone.pk), by=by)
    shown.changed_with_all(gone.pk)
    shown.changed_with_all(kept.pk)
    return made


@transaction.atomic
def tell_apart(pair_id: int, *, by: Actor) -> Pair:
    """They are two, and nobody is asked again. Raises NotFound, NotAllowed, AlreadyDecided."""
    found = Pair.objects.filter(pk=pair_id).first()
    if found is None:
        raise NotFound
    _both(found.first_id, found.second_id, by)
    pair = lock_or_not_found(Pair, pk=pair_id)
    if PairState.DIFFERENT not in NEXT_PAIR[PairState(pair.state)]:
        raise AlreadyDecided
    _decide(pair, PairState.DIFFERENT)
    record(
        EntriesToldApart(cooperative_id=pair.first_id, pair_id=pair.pk, second_id=pair.second_id),
        by=by,
    )
    return pair


def _both(one_id: int, other_id: int, by: Actor) -> tuple[Cooperative, Cooperative]:
    """Both entries for whoever looks after both, locked with all that lead to them, by id."""
    entries = _locked({one_id, other_id})
    if not {one_id, other_id} <= entries.keys():
        raise NotFound
    one, other = entries[one_id], entries[other_id]
    for entry in (one, other):
        rules.insist_on_supervising(by, entry)
    return one, other


def _locked(ids: set[int]) -> dict[int, Cooperative]:
    """What was merged into them while we waited for them is locked with them at the next try."""
    while True:
        with suppress(_Grown), transaction.atomic():
            wanted = ids | _leading_to(ids)
            entries = lock_all(Cooperative, wanted)
            if not _leading_to(ids) <= wanted:
                raise _Grown  # Leaving this transaction gives the locks back.
            return entries


class _Grown(Exception):  # noqa: N818 - it only leaves a transaction
    pass


def _leading_to(ids: set[int]) -> set[int]:
    leading = Cooperative.objects.filter(merged_into__in=ids)
    return set(leading.values_list("pk", flat=True))


def _pair(one_id: int, other_id: int) -> Pair | None:
    first, second = sorted((one_id, other_id))
    return Pair.objects.select_for_update(no_key=True).filter(first=first, second=second).first()


def _decide(pair: Pair | None, state: PairState) -> int | None:
    if pair is None:
        return None
    pair.state = state
    pair.decided_at = None if state == PairState.LIKELY else timezone.now()
    pair.save(update_fields=["state", "decided_at"])
    return pair.pk


def _lead(gone_id: int, kept_id: int) -> list[int]:
    """Its address, and those that led to it, lead to the kept entry."""
    chain = list(
        Cooperative.objects.filter(merged_into=gone_id).order_by("pk").values_list("pk", flat=True)
    )
    Cooperative.objects.filter(pk__in=[*chain, gone_id]).update(merged_into=kept_id)
    return chain


def _lead_back(gone: Cooperative, chain: list[int]) -> None:
    try:
        with transaction.atomic():
            Cooperative.objects.filter(pk=gone.pk).update(
                merged_into=None, changed_at=timezone.now()
            )
    except IntegrityError:
        raise RegisteredMeanwhile from None
    back = Cooperative.objects.filter(pk__in=chain, merged_into=gone.merged_into_id)
    back.update(merged_into=gone.pk)


def _join(kept: Cooperative, gone: Cooperative, choices: Mapping[str, str], by: Actor) -> Facts:
    new = merging.joined(kept, gone, choices)
    old = {field: getattr(kept, field) for field in new}
    _write(kept, new, AlreadyRegistered)
    title = said_by(gone, "name", "fr")[:200]
    revision = history.note(kept.pk, old, new, source=Source.MERGE, title=title, by=by)
    return {
        "old": {field: merging.raw(value) for field, value in old.items()},
        "new": {field: merging.raw(value) for field, value in new.items()},
        "revision": revision.pk if revision else None,
    }


def _part(kept: Cooperative, facts: Facts) -> None:
    """What the merge wrote goes, with its revision; what somebody wrote over it stays."""
    stale = {
        field for field, value in facts["new"].items() if merging.raw(getattr(kept, field)) != value
    }
    for fields in merging.CHOICES.values():
        if stale.intersection(fields):
            stale.update(fields)
    back = {field: value for field, value in facts["old"].items() if field not in stale}
    cleaned: dict[str, Any] = {
        field: cast(AnyField, Cooperative._meta.get_field(field)).to_python(value)
        for field, value in back.items()
    }
    _write(kept, cleaned, RegisteredMeanwhile)
    Cooperative.objects.filter(pk=kept.pk).update(changed_at=timezone.now())
    revision = Revision.objects.filter(pk=facts["revision"] or 0).first()
    if revision is None:
        return
    revision.changes = {
        field: pair for field, pair in revision.changes.items() if field not in back
    }
    if revision.changes:
        revision.save(update_fields=["changes"])
    else:
        revision.delete()


def _write(
    entry: Cooperative,
    values: Mapping[str, Any],
    refusal: type[AlreadyRegistered | RegisteredMeanwhile],
) -> None:
    if not values:
        return
    for field, value in values.items():
        setattr(entry, field, value)
    try:
        with transaction.atomic():
            entry.save(update_fields=list(values))
    except IntegrityError:
        raise refusal from None


def _close_shop(gone_id: int, kept_id: int) -> Facts:
    """A shop that the kept entry lacks is opened as it was; the other one is closed."""
    gone = Shop.objects.filter(pk=gone_id).first()
    if gone is None:
        return {}
    made = not Shop.objects.filter(pk=kept_id).exists()
    if made:
        settings = {name: getattr(gone, name) for name in _SETTINGS}
        Shop.objects.create(cooperative_id=kept_id, **settings)
    facts = {"made": made, "state": str(gone.state)}
    gone.state = ShopState.CLOSED
    gone.save(update_fields=["state"])
    return facts


def _open_shop(facts: Facts, gone_id: int, kept_id: int) -> None:
    if not facts:
        return
    gone, kept = Shop.objects.get(pk=gone_id), Shop.objects.get(pk=kept_id)
    gone.state = facts["state"]
    if facts["made"]:
        for name in _SETTINGS:
            setattr(gone, name, getattr(kept, name))
        # No product of its own was begun since.
        if not kept.last_product_number:
            kept.delete()
    gone.save(update_fields=list(_SETTINGS))
