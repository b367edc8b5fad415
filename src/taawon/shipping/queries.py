"""What a parcel costs: zones and rates are kept in memory for some seconds."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.core.languages import columns, spoken
from taawon.core.memory import remember
from taawon.shipping.models import Rate, Zone


@dataclass(frozen=True, slots=True)
class Quote:
    """The fee in centimes, and the days that a parcel is on its way."""

    fee_centimes: int
    days_from: int
    days_to: int


PICKUP = Quote(fee_centimes=0, days_from=0, days_to=0)


@dataclass(frozen=True, slots=True)
class Tariff:
    """A zone with its rates: (up to so many grams, fee in centimes), lightest first."""

    code: str
    names: tuple[tuple[str, str], ...]
    within_region: bool
    regions: frozenset[str]
    days_from: int
    days_to: int
    rates: tuple[tuple[int, int], ...]

    @property
    def name(self) -> str:
        return spoken(dict(self.names), "name")

    def fee(self, grams: int) -> int:
        """Above the heaviest rate, a parcel is counted as several."""
        if not self.rates:
            return 0
        heaviest, top = self.rates[-1]
        whole, rest = divmod(grams, heaviest)
        part = next((fee for up_to, fee in self.rates if rest <= up_to), 0) if rest else 0
        return whole * top + part


@remember(seconds=10)
def tariffs() -> list[Tariff]:
    return all_tariffs()


def all_tariffs() -> list[Tariff]:
    """As they are at this moment: for their editors."""
    rates: dict[str, list[tuple[int, int]]] = {}
    for zone, grams, fee in Rate.objects.order_by("zone", "up_to_grams").values_list(
        "zone_id", "up_to_grams", "fee_centimes"
    ):
        rates.setdefault(zone, []).append((grams, fee))
    return [
        Tariff(
            code=zone.code,
            names=tuple((name, getattr(zone, name) or "") for name in columns("name")),
            within_region=zone.within_region,
            regions=frozenset(region.code for region in zone.regions.all()),
            days_from=zone.days_from,
            days_to=zone.days_to,
            rates=tuple(rates.get(zone.code, ())),
        )
        for zone in Zone.objects.prefetch_related("regions")
    ]


def quote(grams: int, *, from_region: str, to_region: str) -> Quote:
    """The first zone that fits: the same region, one that names the destination, one for all."""
    for tariff in tariffs():
        here = tariff.within_region and from_region == to_region
        there = to_region in tariff.regions
        anywhere = not tariff.within_region and not tariff.regions
        if here or there or anywhere:
            return Quote(tariff.fee(max(grams, 1)), tariff.days_from, tariff.days_to)
    return Quote(fee_centimes=0, days_from=2, days_to=7)
