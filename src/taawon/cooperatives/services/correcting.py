"""Somebody of the team corrects an entry, and says where from; a correction can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from taawon.cooperatives import corrections, history, rules, shown
from taawon.cooperatives.errors import (
    AlreadyRegistered,
    ChangedMeanwhile,
    NoCorrection,
    NothingCorrected,
    OwnWord,
    RegisteredMeanwhile,
)
from taawon.cooperatives.locks import live
from taawon.cooperatives.models import Cooperative, Proposal, Revision
from taawon.cooperatives.register_events import CorrectionTakenBack, EntryCorrected
from taawon.cooperatives.services.applying import SHOWN_EVERYWHERE, Changed
from taawon.cooperatives.states import ProposalState, Source
from taawon.core import written as texts
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotFound
from taawon.core.locks import lock
from taawon.journal.record import record
from taawon.places.resolve import resolver

_WHERE = ("province_id", "commune_id")


@transaction.atomic
def correct(
    cooperative_id: int,
    written: Mapping[str, str],
    *,
    seen: Mapping[str, Any],
    source: str,
    as_of: date,
    by: Actor,
) -> Revision:
    """`written` is {field of `corrections.COLUMNS`: text} of what is to be another, "" empties it.

    `seen` is {column: value} that the form showed; `source` and `as_of` say where the new values
    come from. They take the place of what the cooperative wrote itself, its public phone excepted.
    Raises NotFound, NotAllowed, AlreadyMerged, Missing, TooLong, Invalid, ChangedMeanwhile,
    CannotBeRead, OwnWord, NothingCorrected, AlreadyRegistered.
    """
    entry = live(cooperative_id)
    rules.insist_on_supervising(by, entry)
    title = texts.line(source, field="source", most=200)
    if not date(1950, 1, 1) <= as_of <= timezone.localdate():
        raise Invalid(field="as_of")
    now = history.values(entry)
    if meanwhile := history.difference(seen, {name: now[name] for name in seen if name in now}):
        raise ChangedMeanwhile(meanwhile)
    values = corrections.read(written, now)
    changes = history.difference(now, values)
    _insist_on_region(changes, by)
    if corrections.NOT_OFFICIAL & changes.keys() & history.owned([entry.pk]).get(entry.pk, set()):
        raise OwnWord(field="public_phone")
    new = {name: values[name] for name in changes}
    _write(entry, new, AlreadyRegistered)
    # The team has answered in the cooperative's place what a file asked.
    Proposal.objects.filter(
        cooperative=entry, field__in=changes, state=ProposalState.WAITING
    ).update(state=ProposalState.WITHDRAWN, settled_at=timezone.now())
    revision = history.note(entry.pk, now, new, source=Source.TEAM, title=title, as_of=as_of, by=by)
    if revision is None:
        raise NothingCorrected
    event = EntryCorrected(cooperative_id=entry.pk, revision_id=revision.pk, fields=sorted(changes))
    record(event, by=by)
    return revision


@transaction.atomic
def take_back(revision_id: int, *, by: Actor) -> Revision:
    """Values that are still the correction's become what they were, and so does who says them.

    Raises NotFound, NotAllowed, AlreadyMerged, NoCorrection, RegisteredMeanwhile.
    """
    found = Revision.objects.filter(pk=revision_id).values_list("cooperative_id", flat=True).first()
    if found is None:
        raise NotFound
    entry = live(found)
    rules.insist_on_supervising(by, entry)
    revision = lock(Revision, pk=revision_id)
    if not history.is_correction(revision):
        raise NoCorrection
    back = _still_its_own(revision, entry)
    if not back:
        raise NoCorrection
    _insist_on_region({name: [None, old] for name, old in back.items()}, by)
    _write(entry, back, RegisteredMeanwhile)
    history.undo(revision, back, by=by)
    event = CorrectionTakenBack(
        cooperative_id=entry.pk, revision_id=revision.pk, fields=sorted(back)
    )
    record(event, by=by)
    return revision


def _insist_on_region(changes: history.Changes, by: Actor) -> None:
    """Nobody moves an entry to where somebody else looks after it. Raises Invalid."""
    if "province_id" in changes:
        region = resolver().region_of(changes["province_id"][1])
        if not rules.may_supervise_region(by, region):
            raise Invalid(field="province")


def _still_its_own(revision: Revision, entry: Cooperative) -> dict[str, Any]:
    now, later = history.values(entry), history.written_after(revision)
    back = {
        name: old
        for name, (old, new) in revision.changes.items()
        if name not in later and now[name] == new
    }
    province, commune = (back.get(name, now[name]) for name in _WHERE)
    if commune and resolver().commune(commune)[1] != province:
        # A commune lies in its province: the two go together or stay.
        back = {name: old for name, old in back.items() if name not in _WHERE}
    return back


def _write(
    entry: Cooperative,
    values: Mapping[str, Any],
    refusal: type[AlreadyRegistered | RegisteredMeanwhile],
) -> None:
    changed = Changed()
    try:
        with transaction.atomic():
            changed.put(entry, values)
            changed.save()
    except IntegrityError:
        raise refusal from None
    shown.many_changed([entry.pk], _everywhere(entry.pk, values))


def _everywhere(pk: int, fields: Collection[str]) -> list[int]:
    return [pk] if SHOWN_EVERYWHERE & set(fields) else []
