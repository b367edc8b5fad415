"""What became of a text, as the operator's centre tells it. Its rank only rises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from taawon.core.prepared import Prepared
from taawon.messaging import consent, lines
from taawon.messaging.gateways import StatusUpdate
from taawon.messaging.models import Fate, Message, ParkedReport
from taawon.messaging.rules import proof_of


def note(gateway: str, told: StatusUpdate) -> bool:
    """Raise the rank of a text's report; whether the report is ours.

    It may come before the send is settled, twice, or in the wrong order. One that names only the
    gateway's id, and comes before we know that id, is parked until we do.
    """
    lines.reported(gateway)
    if told.key:
        if not constant_time_compare(proof_of(told.key), told.proof):
            return False
        _raise(_of_key(told.key), told.fate)
        return True
    if not told.provider_id:
        return False
    known = _of_provider(gateway, told.provider_id)
    if not known:
        parked = ParkedReport(gateway=gateway, provider_id=told.provider_id, fate=told.fate)
        ParkedReport.objects.bulk_create([parked], ignore_conflicts=True)
        # It may have become known between the two.
        known = _of_provider(gateway, told.provider_id)
    _raise(known, told.fate)
    return True


_FACTS = ("pk", "to", "state", "fate")
_of_key = Prepared(lambda key: Message.objects.filter(key=key).values(*_FACTS))
_of_provider = Prepared(
    lambda gateway, provider_id: Message.objects.filter(
        gateway=gateway, provider_id=provider_id
    ).values(*_FACTS)
)


def take_parked(gateway: str, provider_ids: Sequence[str]) -> None:
    """The texts are known now: what was parked for them counts."""
    if not provider_ids:
        return
    parked = ParkedReport.objects.filter(gateway=gateway, provider_id__in=provider_ids)
    for report in parked:
        _raise(_of_provider(gateway, report.provider_id), report.fate)
    parked.delete()


def _raise(texts: Iterable[Mapping[str, Any]], fate: int) -> None:
    """What is read of a text decides what is worth asking; the updates ask again."""
    now = timezone.now()
    for text in texts:
        same = Message.objects.filter(pk=text["pk"])
        risen = text["fate"] < fate and same.filter(fate__lt=fate).update(
            fate=fate, reported_at=now
        )
        if fate in (Fate.ACCEPTED, Fate.DELIVERED) and text["state"] in Message.UNSETTLED:
            # It did leave, whatever our own row says: a send in doubt is not sent again.
            same.filter(state__in=Message.UNSETTLED).update(
                state=Message.State.SENT, sent_at=now, claim=""
            )
        if risen and text["to"] and fate in (Fate.LOST, Fate.DELIVERED):
            consent.count_delivery(text["to"], arrived=fate == Fate.DELIVERED)
