"""Some of the cooperatives sell: several in every category, spread over the regions."""

from __future__ import annotations

from random import Random

from taawon.demo.rows import CooperativeRow, ShopRow
from taawon.demo.texts import leaves, origin, sentences, suits, table
from taawon.places.reference import communes, cooperatives_2019

SHELVES_MOST = 3
# A name that says one trade would contradict most shelves.
NARROW = (
    *("Lilhalib", "Litarbiat", "Lizzaytoune", "Linnassij", "Lilkhiyata", "Lizzarbia"),
    *("Lilkouskous", "Lilhalawiyat", "Forestière", "Lilghabat"),
)
# The cooperatives that may sell a category, by region and category.
Able = dict[tuple[str, str], list[CooperativeRow]]


def build(
    rng: Random, cooperatives: list[CooperativeRow], count: int, sellers: int
) -> list[ShopRow]:
    """`count` shops in all, `sellers` at least with each category as their main one."""
    chosen = _choose(rng, cooperatives, count, sellers)
    in_front = _shown_first(chosen)
    rest = sorted(set(chosen) - set(in_front))
    rng.shuffle(rest)
    by_key = {row.key: row for row in cooperatives}
    return [
        _row(rng, key, by_key[pick], chosen[pick])
        for key, pick in enumerate((*in_front, *rest), start=1)
    ]


def _choose(
    rng: Random, cooperatives: list[CooperativeRow], count: int, at_least: int
) -> dict[int, str]:
    """Which cooperatives sell, with their main category."""
    able = _able(cooperatives)
    left = _shares(count)
    chosen: dict[int, str] = {}
    for wanted in _wanted_first():
        _pick_at(rng, able, left, chosen, *wanted)
    for category in leaves():
        sellers = 0
        while sellers < at_least:
            regions = [region for region in left if left[region] and (region, category) in able]
            sellers += _pick(rng, able, left, chosen, rng.choice(regions), category)
    for region in left:
        there = [category for category in leaves() if (region, category) in able]
        while left[region]:
            _pick(rng, able, left, chosen, region, rng.choice(there))
    return chosen


def _able(cooperatives: list[CooperativeRow]) -> Able:
    able: Able = {}
    for row in cooperatives:
        if (
            row.status == "active"
            and 11 <= row.women + row.men <= 60
            and not any(word in row.name_fr for word in NARROW)
        ):
            for category in suits(row.province, row.sector):
                able.setdefault((row.region, category), []).append(row)
    return able


def _wanted_first() -> list[tuple[str, str]]:
    """The shops of the demonstration's logins: ("MA-AZI", "miel")."""
    places = [row["place"].split() for row in table("logins") if row["role"] == "member"]
    return [(f"MA-{province}", category) for province, category in places]


def _pick_at(
    rng: Random,
    able: Able,
    left: dict[str, int],
    chosen: dict[int, str],
    province: str,
    category: str,
) -> None:
    rows = {
        row.key: row
        for (_region, sold), sellers in able.items()
        for row in sellers
        if sold == category and left[row.region]
    }
    # At home first, then a women's cooperative, then a name that a card holds.
    best = max(_fit(row, province) for row in rows.values())
    among = [row for row in rows.values() if _fit(row, province) == best]
    row = rng.choice(among)
    chosen[row.key] = category
    left[row.region] -= 1


def _fit(row: CooperativeRow, province: str) -> tuple[bool, bool, bool]:
    return row.province == province, row.is_womens, len(row.name_fr) < 28


def _pick(
    rng: Random,
    able: Able,
    left: dict[str, int],
    chosen: dict[int, str],
    region: str,
    category: str,
) -> int:
    row = rng.choice(able[region, category])
    if row.key in chosen:
        return 0
    chosen[row.key] = category
    left[region] -= 1
    return 1


def _shares(shops: int) -> dict[str, int]:
    """So many over the regions, by largest remainder."""
    counts = {row.region_code: row.cooperatives for row in cooperatives_2019() if row.region_code}
    total = sum(counts.values())
    shares = {region: shops * count // total for region, count in counts.items()}
    by_remainder = sorted(counts, key=lambda region: -(shops * counts[region] % total))
    for region in by_remainder[: shops - sum(shares.values())]:
        shares[region] += 1
    return shares


def _shown_first(chosen: dict[int, str]) -> list[int]:
    """The shops of the logins were chosen first, and a dict remembers."""
    return list(chosen)[: len(_wanted_first())]


def _row(rng: Random, key: int, cooperative: CooperativeRow, main: str) -> ShopRow:
    shelves = _shelves(rng, cooperative, main)
    food = any(leaves()[slug].processed_food for slug in shelves)
    exempt = food and rng.random() < 0.08
    about_fr, about_ar = _about(rng, cooperative, shelves)
    commune = _commune_names()[cooperative.commune]
    return ShopRow(
        key=key,
        cooperative=cooperative.key,
        categories=shelves,
        about_fr=about_fr,
        about_ar=about_ar,
        opened_days_ago=rng.randint(380, 1500),
        offers_pickup=rng.random() < 0.8,
        pickup_fr=f"Local de la coopérative, {commune[0]}",
        pickup_ar=f"مقر التعاونية، {commune[1]}",
        days_to_prepare=rng.choice((1, 2, 2, 2, 3, 4)),
        # A handful are on holiday, never one that can be logged in to.
        paused_days=rng.randint(5, 20) if key > 20 and rng.random() < 0.015 else 0,
        food_authorisation=f"DEMO-ONSSA-{key:04d}" if food and not exempt else "",
        food_authorisation_days=rng.randint(200, 900) if food and not exempt else 0,
        food_exemption="Vente directe de petites quantités (démonstration)" if exempt else "",
        drawing=leaves()[main].drawing,
    )


def _shelves(rng: Random, cooperative: CooperativeRow, main: str) -> tuple[str, ...]:
    """The main category, and up to two more that go with it."""
    others = [slug for slug in suits(cooperative.province, cooperative.sector) if slug != main]
    near = [slug for slug in others if leaves()[slug].parent == leaves()[main].parent]
    shelves = [main]
    for _ in range(rng.choice((0, 1, 1, 2))):
        among = near if near and rng.random() < 0.7 else others
        if among and (slug := rng.choice(among)) not in shelves:
            shelves.append(slug)
    return tuple(shelves[:SHELVES_MOST])


def _about(rng: Random, cooperative: CooperativeRow, shelves: tuple[str, ...]) -> tuple[str, str]:
    texts = sentences()["about"]
    opening = texts["opening_women" if cooperative.is_womens else "opening"]
    parts = [rng.choice(opening), *texts["shelves"], rng.choice(texts["middle"])]
    parts.append(rng.choice(texts["closing"]))
    de_fr, ar, _en = origin("", cooperative.province)
    facts = {
        "members": cooperative.women + cooperative.men,
        "year": cooperative.registered_on[:4],
        "name": cooperative.name_fr.replace("Coopérative", "la coopérative", 1),
        "name_ar": cooperative.name_ar,
        "fr": de_fr,
        "ar": ar,
        "shelves": ", ".join(_small(leaves()[slug].name_fr) for slug in shelves),
        "shelves_ar": "، ".join(leaves()[slug].name_ar for slug in shelves),
    }
    fr = " ".join(_capital(part[0].format(**facts)) for part in parts)
    return fr, " ".join(part[1].format(**facts) for part in parts)


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _small(words: str) -> str:
    return words[0].lower() + words[1:]


_COMMUNES: dict[str, tuple[str, str]] = {}


def _commune_names() -> dict[str, tuple[str, str]]:
    if not _COMMUNES:
        _COMMUNES.update({row.code: (row.name_fr, row.name_ar) for row in communes()})
    return _COMMUNES
