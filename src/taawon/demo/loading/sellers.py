"""Cooperatives, their shops, and everybody who can log in. Keys of rows become primary keys."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from taawon.accounts.models import Person
from taawon.cooperatives import history
from taawon.cooperatives.models import (
    Claim,
    ClaimPaper,
    Cooperative,
    Membership,
    Revision,
    Shop,
)
from taawon.cooperatives.states import Role, Source
from taawon.core.text import slug
from taawon.demo import texts
from taawon.demo.loading import bulk, files
from taawon.demo.rows import CooperativeRow, PersonRow, ShopRow
from taawon.demo.world import World
from taawon.messaging.models import Recipient

REGISTER = (
    "Registre central des coopératives (démonstration) | السجل المركزي للتعاونيات (نسخة تجريبية)"
)
STAFF = ("administrator", "editor", "agent")


def load(world: World, clock: bulk.Clock) -> None:
    shop_of = {shop.cooperative: shop for shop in world.shops}
    labels = _labels(world)
    entries = [
        _cooperative(row, shop_of.get(row.key), clock)
        | {"label_codes": sorted(labels.get(row.key, ()))}
        for row in world.cooperatives
    ]
    bulk.write(Cooperative, entries)
    bulk.write(Revision, [_revision(entry, clock) for entry in entries])
    numbers = {row.shop: row.number for row in world.products}  # the last one of each stays
    bulk.add(Shop, [_shop(row, numbers[row.key], world, clock) for row in world.shops])
    bulk.add(Person, [_person(row, clock) for row in world.people])
    bulk.add(Recipient, [_consent(row, clock) for row in world.people if _has_agreed(row)])
    bulk.add(
        Membership,
        [
            Membership(
                cooperative_id=world.shops[row.shop - 1].cooperative,
                person_id=row.key,
                role=Role.PRESIDENT,
                since=clock.ago(days=world.shops[row.shop - 1].opened_days_ago),
            )
            for row in world.people
            if row.shop
        ],
    )
    bulk.count_on(Cooperative, Person)
    _claims(world, clock)


def _labels(world: World) -> dict[int, set[str]]:
    """By cooperative: the labels of its products that anybody can see."""
    held = {row.product for row in world.holds}
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row in world.products:
        if row.certificates and row.state == "published" and row.key not in held:
            labels = found[world.shops[row.shop - 1].cooperative]
            labels.update(one.label for one in row.certificates)
    return found


def _cooperative(row: CooperativeRow, shop: ShopRow | None, clock: bulk.Clock) -> dict[str, Any]:
    until = None
    if shop and shop.food_authorisation:
        until = clock.now.date() + timedelta(days=shop.food_authorisation_days)
    purpose_fr, purpose_ar = texts.purpose(row.sector, row.key)
    return {
        "id": row.key,
        "name_fr": row.name_fr,
        "name_ar": row.name_ar,
        "slug": slug(row.name_fr),
        "about_fr": shop.about_fr if shop else "",
        "about_ar": shop.about_ar if shop else "",
        "purpose_fr": purpose_fr,
        "purpose_ar": purpose_ar,
        "registration_number": row.registration_number,
        "registration_kind": row.registration_kind,
        "court": row.court,
        "registered_on": date.fromisoformat(row.registered_on),
        "status": row.status,
        "sector_id": row.sector,
        "region_id": row.region,
        "province_id": row.province,
        "commune_id": row.commune,
        "phone": row.phone,
        "is_womens": row.is_womens,
        "is_youth": row.is_youth,
        "women": row.women,
        "men": row.men,
        "capital_centimes": row.capital_centimes,
        "food_authorisation": shop.food_authorisation if shop else "",
        "food_authorisation_expires_on": until,
        "food_exemption": shop.food_exemption if shop else "",
        "picture": files.key(f"{shop.drawing}-1") if shop else "",
    }


def _revision(entry: dict[str, Any], clock: bulk.Clock) -> dict[str, Any]:
    """That the register of the end of 2019 said so."""
    held = {field: history.plain(entry[field]) for field in history.FIELDS if field in entry}
    return {
        "cooperative_id": entry["id"],
        "source": Source.IMPORT,
        "title": REGISTER,
        "as_of": date(2019, 12, 31),
        "at": clock.ago(days=400),
        "changes": {field: [None, value] for field, value in held.items() if value is not None},
    }


def _shop(row: ShopRow, last_number: int, world: World, clock: bulk.Clock) -> Shop:
    # A place to collect stands in the language of whoever opened the shop.
    president = next(person for person in world.people if person.shop == row.key)
    until = clock.now.date() + timedelta(days=row.paused_days) if row.paused_days else None
    return Shop(
        cooperative_id=row.cooperative,
        opened_at=clock.ago(days=row.opened_days_ago),
        paused_until=until,
        offers_pickup=row.offers_pickup,
        pickup_place=row.pickup_ar if president.language == "ar" else row.pickup_fr,
        days_to_prepare=row.days_to_prepare,
        last_product_number=last_number,
    )


def _person(row: PersonRow, clock: bulk.Clock) -> Person:
    staff = row.role in STAFF
    return Person(
        pk=row.key,
        phone=row.phone,
        password=make_password(None),
        name=row.name,
        language=row.language,
        staff_role=row.role if staff else "",
        staff_region_id=(row.region or None) if staff else None,
        region_id=None if staff else row.region,
        town=row.town,
        address=row.address,
        joined_at=clock.ago(days=400),
    )


def _has_agreed(row: PersonRow) -> bool:
    """Nine in ten want announcements; one of them has stopped since."""
    return row.role not in STAFF and row.key % 10 != 0


def _consent(row: PersonRow, clock: bulk.Clock) -> Recipient:
    return Recipient(
        to=row.phone,
        agreed_at=clock.ago(days=300),
        agreed_by="paper",
        stopped_at=clock.ago(days=30) if row.key % 10 == 9 else None,
    )


def _claims(world: World, clock: bulk.Clock) -> None:
    file, size = files.put_paper()
    for row in world.claims:
        claim = Claim.objects.create(
            cooperative_id=row.cooperative,
            person_id=row.customer,
            message=row.message,
            created_at=clock.ago(hours=row.hours_ago),
        )
        ClaimPaper.objects.create(
            claim=claim,
            file=file,
            title="Procès-verbal (démonstration)",
            content_type="image/png",
            size=size,
        )
