"""All places and the fields of activity of the dirty register, as a new house has them."""

from __future__ import annotations

from taawon.cooperatives.models import Sector
from taawon.places import reference
from taawon.places.models import Commune, Province, Region
from tests.cooperatives.dirty import SECTORS


def settle() -> None:
    Region.objects.bulk_create(
        [
            Region(code=row.code, name_fr=row.name_fr, name_ar=row.name_ar, seat=row.seat_fr)
            for row in reference.regions()
        ]
    )
    Province.objects.bulk_create(
        [
            Province(
                code=row.code,
                name_fr=row.name_fr,
                name_ar=row.name_ar,
                region_id=row.region_code,
                kind=row.kind,
                aliases="\n".join(row.aliases),
            )
            for row in reference.provinces()
        ]
    )
    Commune.objects.bulk_create(
        [
            Commune(
                code=row.code,
                name_fr=row.name_fr,
                name_ar=row.name_ar,
                province_id=row.province_code,
                aliases="\n".join(row.aliases),
            )
            for row in reference.communes()
        ]
    )
    Sector.objects.bulk_create(
        [
            Sector(code=code, name_fr=names[0], name_ar=names[1], position=place)
            for place, (code, names) in enumerate(SECTORS)
        ]
    )
