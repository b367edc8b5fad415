"""A register of sixty for the directory's pages, and an oracle that counts it without an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from pytest_django.fixtures import Settings

from taawon.cooperatives.models import Sector
from taawon.cooperatives.states import CooperativeStatus, ShopState
from taawon.places import reference
from taawon.places.models import Commune, Province
from taawon.search import follower, readers
from taawon.web import pagecache
from tests.factories import (
    CooperativeFactory,
    LabelFactory,
    ProvinceFactory,
    RegionFactory,
    SectorFactory,
    ShopFactory,
)

MANY = 60
WORDS = ("Tifaout", "Wardane", "Kebdana")
# Two provinces each of four regions that lie apart.
PROVINCES = ("MA-TIZ", "MA-TAR", "MA-CAS", "MA-SET", "MA-FES", "MA-TAO", "MA-OUD", "MA-AOU")
SECTORS = {"food": ("argan", "honey", "dates"), "hands": ("carpets", "pottery")}
LABELS = ("igp", "aop", "bio")
CATEGORY_OF = {field: top for top, fields in SECTORS.items() for field in fields}


@dataclass(frozen=True, slots=True)
class Entry:
    """What was written of one, by facet."""

    id: int
    word: str
    values: Mapping[str, frozenset[str]]

    def passes(self, filters: Mapping[str, Sequence[str]]) -> bool:
        return all(self.values[facet] & {*values} for facet, values in filters.items())

    def bears(self, word: str) -> bool:
        """In its name, or in that of its field of activity."""
        return word == self.word or word in self.values["sector"]


@pytest.fixture
def index(tmp_path: Path, settings: Settings) -> Iterator[Callable[[], None]]:
    """Call it to put all that there is into an index of this test's own."""
    settings.HOME = tmp_path
    readers.forget()
    pagecache.forget()
    yield follower.rebuild
    readers.forget()


def register(seed: int = 7) -> list[Entry]:
    """Sixty cooperatives, the same from the same seed."""
    rng = Random(seed)
    _places()
    _words()
    return [_entry(rng, number) for number in range(MANY)]


def _places() -> None:
    rows = {row.code: row for row in reference.provinces()}
    regions = {row.code: row for row in reference.regions()}
    for code in PROVINCES:
        row, region = rows[code], regions[rows[code].region_code]
        home = RegionFactory(code=region.code, name_fr=region.name_fr, name_ar=region.name_ar)
        ProvinceFactory(code=code, region=home, name_fr=row.name_fr, name_ar=row.name_ar)
        for number in (1, 2):
            name = f"{row.name_fr} {number}"
            Commune.objects.create(code=f"{code}.{number}", province_id=code, name_fr=name)


def _words() -> None:
    for top, fields in SECTORS.items():
        parent = SectorFactory(code=top, name_fr=f"Filière {top}", name_ar=f"قطاع {top}")
        for field in fields:
            SectorFactory(
                code=field, parent=parent, name_fr=f"Champ {field}", name_ar=f"مجال {field}"
            )
    for code in LABELS:
        LabelFactory(code=code, name_fr=f"Signe {code}", name_ar=f"علامة {code}")


def _entry(rng: Random, number: int) -> Entry:
    province, word = rng.choice(PROVINCES), rng.choice(WORDS)
    commune = rng.choice((None, f"{province}.1", f"{province}.2"))
    sector = rng.choice(sorted(CATEGORY_OF))
    labels = sorted(rng.sample(LABELS, rng.randint(0, 2)))
    women, youth, sells = (rng.random() < 0.5 for _ in range(3))
    status = rng.choices(CooperativeStatus.values, (6, 2, 1, 1))[0]
    made = CooperativeFactory(
        name_fr=f"{word} {number}",
        name_ar=f"{word} {number}",
        province=Province.objects.get(pk=province),
        commune_id=commune,
        sector=Sector.objects.get(pk=sector),
        is_womens=women,
        is_youth=youth,
        women=rng.randint(0, 40),
        status=status,
        label_codes=labels,
    )
    if sells or labels:
        state = ShopState.OPEN if sells else ShopState.SUSPENDED
        ShopFactory(cooperative=made, state=state)
    values = {
        "region": [made.region_id],
        "province": [province],
        "commune": [commune] if commune else [],
        "sector": [sector, CATEGORY_OF[sector]],
        "women": ["yes" if women else "no"],
        "youth": ["yes" if youth else "no"],
        "sells": ["yes" if sells else "no"],
        "certificate": labels if sells else [],
        "status": [status],
    }
    return Entry(made.pk, word, {facet: frozenset(held) for facet, held in values.items()})
