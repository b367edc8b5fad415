"""Members, customers and the national team; phones follow a pattern that belongs to nobody here."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from taawon.demo.rows import CooperativeRow, PersonRow, ShopRow
from taawon.demo.texts import table
from taawon.places.reference import communes

CUSTOMERS = 60
# +2126000 and: 00001 … the team, 01001 … customers, 10001 … presidents, in their shops' order.
CUSTOMER_PHONE, MEMBER_PHONE = 600001000, 600010000


def build(rng: Random, shops: list[ShopRow], home: dict[int, CooperativeRow]) -> list[PersonRow]:
    rows = [*_staff(), *_members(rng, shops, home), *_customers(rng)]
    return [replace(row, key=key) for key, row in enumerate(rows, start=1)]


def logins(role: str) -> list[dict[str, str]]:
    return [row for row in table("logins") if row["role"] == role]


def _staff() -> list[PersonRow]:
    return [
        PersonRow(
            0, row["role"], row["phone"], row["name_fr"], row["name_ar"], "fr", row["place"], "", ""
        )
        for row in table("logins")
        if row["role"] in ("administrator", "editor", "agent")
    ]


def _members(rng: Random, shops: list[ShopRow], home: dict[int, CooperativeRow]) -> list[PersonRow]:
    known = logins("member")
    towns = {row.code: row for row in communes()}
    rows = []
    for shop in shops:
        cooperative = home[shop.key]
        fr, ar = _name(rng, "f" if cooperative.is_womens else rng.choice("fmm"))
        if shop.key <= len(known):
            fr, ar = known[shop.key - 1]["name_fr"], known[shop.key - 1]["name_ar"]
        language = rng.choice(("ar", "ar", "fr")) if shop.key > 1 else "fr"
        town = towns[cooperative.commune]
        rows.append(
            PersonRow(
                key=0,
                role="president",
                phone=f"+212{MEMBER_PHONE + shop.key}",
                name_fr=fr,
                name_ar=ar,
                language=language,
                region=cooperative.region,
                town=town.name_ar if language == "ar" else town.name_fr,
                address="",
                shop=shop.key,
            )
        )
    return rows


def _customers(rng: Random) -> list[PersonRow]:
    known = logins("customer")
    rows = []
    for place in range(1, CUSTOMERS + 1):
        fr, ar = _name(rng, rng.choice("fm"))
        if place <= len(known):
            fr, ar = known[place - 1]["name_fr"], known[place - 1]["name_ar"]
        language = ("fr", "ar")[(place - 1) % 2]
        town = rng.choice(table("towns"))
        rows.append(
            PersonRow(
                key=0,
                role="customer",
                phone=f"+212{CUSTOMER_PHONE + place}",
                name_fr=fr,
                name_ar=ar,
                language=language,
                region=town["region"],
                town=town[language],
                address=town[f"address_{language}"],
            )
        )
    return rows


def _name(rng: Random, sex: str) -> tuple[str, str]:
    first = rng.choice([row for row in table("first_names") if row["sex"] == sex])
    last = rng.choice(table("last_names"))
    return f"{first['fr']} {last['fr']}", f"{first['ar']} {last['ar']}"
