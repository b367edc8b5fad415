"""What everything stands on: places, zones and rates, sectors, categories, labels."""

from __future__ import annotations

from taawon.catalogue.models import Category, Label
from taawon.cooperatives.models import Sector
from taawon.core import memory
from taawon.demo import texts
from taawon.demo.loading import bulk
from taawon.places import reference
from taawon.places.models import Commune, Province, Region
from taawon.shipping.models import Rate, Zone


def load(*, pictures: bool = True) -> None:
    """Without `pictures`, categories bear none: only the demonstration has its drawings."""
    _places()
    _zones()
    _sectors()
    _labels()
    _categories(pictures=pictures)
    # Nobody may be told of the emptiness that stood here a moment ago.
    memory.forget()


def _places() -> None:
    bulk.add(
        Region,
        [
            Region(
                code=row.code,
                name_fr=row.name_fr,
                name_ar=row.name_ar,
                name_zgh=row.name_zgh or None,
                seat_fr=row.seat_fr,
                seat_ar=row.seat_ar,
                population=row.population,
            )
            for row in reference.regions()
        ],
    )
    bulk.add(
        Province,
        [
            Province(
                code=row.code,
                name_fr=row.name_fr,
                name_ar=row.name_ar,
                aliases="\n".join(row.aliases),
                region_id=row.region_code,
                kind=row.kind,
            )
            for row in reference.provinces()
        ],
    )
    bulk.write(
        Commune,
        [
            {
                "code": row.code,
                "name_fr": row.name_fr,
                "name_ar": row.name_ar,
                "aliases": "\n".join(row.aliases),
                "province_id": row.province_code,
            }
            for row in reference.communes()
        ],
    )


def _zones() -> None:
    for position, row in enumerate(texts.table("zones")):
        zone = Zone.objects.create(
            code=row["code"],
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            name_en=row["name_en"],
            within_region=row["within_region"] == "1",
            days_from=int(row["days_from"]),
            days_to=int(row["days_to"]),
            position=position,
        )
        zone.regions.set(Region.objects.filter(code__in=row["regions"].split()))
        rates = [rate.split(":") for rate in row["rates"].split()]
        bulk.add(
            Rate,
            [
                Rate(zone=zone, up_to_grams=int(grams), fee_centimes=int(fee))
                for grams, fee in rates
            ],
        )


def _sectors() -> None:
    bulk.add(
        Sector,
        [
            Sector(
                code=row.slug,
                name_fr=row.name_fr,
                name_ar=row.name_ar,
                name_en=row.name_en,
                parent_id=row.parent or None,
                position=position,
            )
            for position, row in enumerate(texts.sectors())
        ],
    )


def _labels() -> None:
    bulk.add(
        Label,
        [
            Label(
                code=row.code,
                name_fr=row.name_fr,
                name_ar=row.name_ar,
                name_en=row.name_en,
                short_fr=row.short_fr,
                short_ar=row.short_ar,
                position=position,
            )
            for position, row in enumerate(texts.LABELS)
        ],
    )


def _categories(*, pictures: bool) -> None:
    ids = category_ids()
    bulk.add(
        Category,
        [
            Category(
                pk=ids[row.slug],
                slug=row.slug,
                name_fr=row.name_fr,
                name_ar=row.name_ar,
                name_en=row.name_en,
                name_zgh=row.name_zgh or None,
                parent_id=ids.get(row.parent),
                position=ids[row.slug],
                perishable=row.perishable,
                processed_food=row.processed_food,
                picture=f"demo/{row.drawing}-1" if pictures else "",
            )
            for row in texts.categories()
        ],
    )
    bulk.count_on(Category)


def category_ids() -> dict[str, int]:
    """By slug; parents come first in the file, and first here."""
    return {row.slug: place for place, row in enumerate(texts.categories(), start=1)}
