"""Setting zones and rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from taawon.cooperatives.rules import may_edit_content
from taawon.core import memory
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed
from taawon.core.locks import lock_or_not_found
from taawon.journal.events import Event
from taawon.journal.record import record
from taawon.shipping.models import Rate, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesChanged(Event):
    name = "rates-changed"
    zone_code: str

    @property
    def subject(self) -> str:
        return f"shipping.zone:{self.zone_code}"


class BadRates(Invalid):
    code = "bad-rates"
    text = _("Give at least one rate; weights must rise from line to line.")


@transaction.atomic
def set_rates(zone_code: str, rates: Sequence[tuple[int, int]], *, by: Actor) -> None:
    """Replace a zone's rates: (up to grams, fee in centimes), lightest first."""
    if not may_edit_content(by):
        raise NotAllowed
    zone = lock_or_not_found(Zone, pk=zone_code)
    weights = [grams for grams, _fee in rates]
    if not rates or weights != sorted(set(weights)) or weights[0] < 1:
        raise BadRates(field="rates")
    zone.rates.all().delete()
    Rate.objects.bulk_create(
        Rate(zone=zone, up_to_grams=grams, fee_centimes=fee) for grams, fee in rates
    )
    record(RatesChanged(zone_code=zone.code), by=by)
    # The other processes see it when their memory is old enough; this one at once.
    transaction.on_commit(memory.forget)
