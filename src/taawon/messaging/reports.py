"""What became of a text, as the operator's centre tells it. Its rank only rises."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from taawon.messaging import consent, lines
from taawon.messaging.gateways import StatusUpdate
from taawon.messaging.models import Fate, Message, ParkedReport
from taawon.messaging.rules import proof_of

_WAITING = (Message.State.QUEUED, Message.State.SENDING)


def note(gateway: str, told: StatusUpdate) -> bool:
    """Raise the rank of a text's report; whether the report is ours.

    It may come before the send is settled, twice, or in the wrong order. One that names only the
    gateway's id, and comes before we know that id, is parked until we do.
    """
    lines.reported(gateway)
    if told.key:
        if not constant_time_compare(proof_of(told.key), told.proof):
            return False
        _raise(Message.objects.filter(key=told.key), told.fate)
        return True
    if not told.provider_id:
        return False
    known = Message.objects.filter(gateway=gateway, provider_id=told.provider_id)
    if not known.exists():
        parked = ParkedReport(gateway=gateway, provider_id=told.provider_id, fate=told.fate)
        ParkedReport.objects.bulk_create([parked], ignore_conflicts=True)
    # It may have become known between the two.
    _raise(known, told.fate)
    return True


def take_parked(gateway: str, provider_ids: Sequence[str]) -> None:
    """The texts are known now: what was parked for them counts."""
    if not provider_ids:
        return
    parked = ParkedReport.objects.filter(gateway=gateway, provider_id__in=provider_ids)
    for report in parked:
        _raise(Message.objects.filter(gateway=gateway, provider_id=report.provider_id), report.fate)
    parked.delete()


def _raise(texts: QuerySet[Message], fate: int) -> None:
    now = timezone.now()
    risen = texts.filter(fate__lt=fate).update(fate=fate, reported_at=now)
    if fate in (Fate.ACCEPTED, Fate.DELIVERED):
        # It did leave, whatever our own row says: a send in doubt is not sent again.
        texts.filter(state__in=_WAITING).update(state=Message.State.SENT, sent_at=now, claim="")
    if risen and fate in (Fate.LOST, Fate.DELIVERED):
        # One that was blanked meanwhile is nobody's.
        for phone in texts.exclude(to="").values_list("to", flat=True):
            consent.count_delivery(phone, arrived=fate == Fate.DELIVERED)
