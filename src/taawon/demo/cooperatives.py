"""27,260 cooperatives, spread over the regions exactly as ODCO published for the end of 2019."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from math import sqrt
from random import Random
from typing import TypeVar

from taawon.demo.rows import CooperativeRow
from taawon.demo.texts import sectors, table
from taawon.places.reference import CommuneRow, communes, cooperatives_2019, provinces

WOMENS_SHARE = 0.35
# Where a sector makes no sense, it is not drawn.
_SEA = """
HOC CHE FAH LAR TNG TET MDF BER DRI NAD KEN RAB SAL SKH BES CAS MOH NOU JDI SIB ESI SAF
AGD CHT INE TIZ SIF GUE TNT BOD LAA TAF AOU OUD
"""
SEA = frozenset(_SEA.split())
ARGAN = frozenset(("ESI", "AGD", "CHT", "INE", "TAR", "TIZ", "SIF", "GUE", "CHI"))
WOMENS_TASTE = {"argan": 0.55, "crafts": 0.3, "foodstuffs": 0.3, "aromatic-plants": 0.2}
MENS_TASTE = {"housing": 0.4, "transport": 0.5, "fishing": 0.35, "quarries": 0.5, "mines": 0.5}
STATUSES = ("active", "inactive", "dissolved", "struck_off")
STATUS_WEIGHTS = (93, 4, 2, 1)

Thing = TypeVar("Thing")


class Draw:
    """Weighted choice with the sums made once."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.sums: dict[str, list[float]] = {}

    def one(self, name: str, things: list[Thing], weights: list[float]) -> Thing:
        if name not in self.sums:
            self.sums[name] = list(accumulate(weights))
        return self.rng.choices(things, cum_weights=self.sums[name])[0]


def build(rng: Random, one_in: int = 1) -> list[CooperativeRow]:
    """In the order of ODCO's table, so that keys stay what they are; `one_in` 10 is a tenth."""
    draw = Draw(rng)
    places: list[tuple[str, CommuneRow, str]] = []
    for count in cooperatives_2019():
        if count.region_code:
            here = _communes_of(count.region_code)
            weights = [sqrt(commune.population + 1000) for commune in here]
            for _ in range(-(-count.cooperatives // one_in)):
                commune = draw.one(count.region_code, here, weights)
                sector = _sector(draw, commune.province_code)
                places.append((count.region_code, commune, sector))
    womens = _womens(rng, [sector for _region, _commune, sector in places])
    return [
        _row(rng, position, place, position in womens)
        for position, place in enumerate(places, start=1)
    ]


def _communes_of(region: str) -> list[CommuneRow]:
    region_of = {province.code: province.region_code for province in provinces()}
    return [commune for commune in communes() if region_of[commune.province_code] == region]


def _sector(draw: Draw, province: str) -> str:
    code = province.removeprefix("MA-")
    by_sea, under_argan = code in SEA, code in ARGAN
    open_to = [
        row
        for row in sectors()
        if (row.slug != "fishing" or by_sea) and (row.slug != "argan" or under_argan)
    ]
    # Where there are argan trees, argan is no small matter.
    weights = [float(row.share * (5 if row.slug == "argan" else 1)) for row in open_to]
    return draw.one(f"{by_sea} {under_argan}", open_to, weights).slug


def _womens(rng: Random, sector_of: list[str]) -> set[int]:
    """Exactly 35 %, more often where women work."""
    scores = [
        (rng.random() + WOMENS_TASTE.get(sector, 0.0) - MENS_TASTE.get(sector, 0.0), position)
        for position, sector in enumerate(sector_of, start=1)
    ]
    scores.sort(reverse=True)
    return {position for _score, position in scores[: round(WOMENS_SHARE * len(sector_of))]}


def _row(
    rng: Random, key: int, place: tuple[str, CommuneRow, str], is_womens: bool
) -> CooperativeRow:
    region, commune, sector = place
    name_fr, name_ar = _name(rng, sector, is_womens, commune)
    year = min(2019, 2020 - int(rng.expovariate(0.16)) - 1)
    year = max(1962, year)
    members = min(90, 5 + int(rng.expovariate(0.07)))
    women = members if is_womens else int(members * rng.random() * 0.55)
    return CooperativeRow(
        key=key,
        registration_number=f"DEMO-2019-{key:05d}",
        registration_kind="register" if year >= 2016 else "agrement",
        registered_on=f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        name_fr=name_fr,
        name_ar=name_ar,
        sector=sector,
        region=region,
        province=commune.province_code,
        commune=commune.code,
        is_womens=is_womens,
        women=women,
        men=members - women,
        # At least 1,000 dirhams, a share at least 100 (law 112-12).
        capital_centimes=max(1000, members * rng.choice((100, 100, 200, 500, 1000))) * 100,
        phone=f"+2125200{key:05d}",
        status=rng.choices(STATUSES, STATUS_WEIGHTS)[0],
        # Approvals of old are numbered in the whole country, local registers at a court.
        court=_courts()[commune.province_code] if year >= 2016 else "",
        is_youth=key % 9 == 4,
    )


@cache
def _courts() -> dict[str, str]:
    """The town of the court of each province: where the province has its name from."""
    return {province.code: province.name_fr for province in provinces()}


def _name(rng: Random, sector: str, is_womens: bool, commune: CommuneRow) -> tuple[str, str]:
    """("Coopérative Tifaouine", "تعاونية تيفاوين"), with or without trade and place."""
    word = rng.choice(_words(is_womens))
    fr, ar = "{word}", "{word}"
    chance = rng.random()
    if chance < 0.5:
        fr, ar = rng.choice(_trades(sector))
    kind_fr, kind_ar = "Coopérative", "تعاونية"
    if chance > 0.9 and is_womens:
        kind_fr, kind_ar = "Coopérative féminine", "التعاونية النسوية"
    if fr[0].isupper():
        fr = fr[0].lower() + fr[1:]
    name_fr = f"{kind_fr} {fr.format(word=word['fr'])}"
    name_ar = f"{kind_ar} {ar.format(word=word['ar'])}"
    if rng.random() < 0.45 and len(commune.name_fr) < 24:
        return f"{name_fr} {commune.name_fr}", f"{name_ar} {commune.name_ar}"
    return name_fr, name_ar


_WORDS: dict[bool, list[dict[str, str]]] = {}
_TRADES: dict[str, list[tuple[str, str]]] = {}


def _words(is_womens: bool) -> list[dict[str, str]]:
    if not _WORDS:
        rows = list(table("cooperative_words"))
        _WORDS[False] = [row for row in rows if row["women"] == "0"]
        # A women's cooperative bears any name, one of women's own more often.
        _WORDS[True] = rows + 2 * [row for row in rows if row["women"] == "1"]
    return _WORDS[is_womens]


def _trades(sector: str) -> list[tuple[str, str]]:
    if not _TRADES:
        for row in table("trade_words"):
            _TRADES.setdefault(row["sector"], []).append((row["fr"], row["ar"]))
    return _TRADES[sector]
