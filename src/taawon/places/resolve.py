"""Names of places as people write them, in either language, become codes; or it is said why not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from rapidfuzz import fuzz, process

from taawon.core.folding import folded
from taawon.core.languages import columns
from taawon.core.memory import remember
from taawon.places.models import Commune, Place, Province, Region

# Words that say what a place is, not which.
_KINDS: Final = frozenset(
    folded(
        "province préfecture region région commune municipalité cercle cr cu mu rurale urbaine "
        "de du d la le l al el des إقليم اقليم عمالة جهة جماعة الجماعة بلدية"
    ).split()
)
# A spelling must be this near, and this much nearer than the next place's.
_NEAR: Final = 84
_MARGIN: Final = 6
_WORTH_NAMING: Final = 66


@dataclass(frozen=True, slots=True)
class Doubt:
    """`code`: unknown-place, ambiguous-place, elsewhere; `candidates` are codes of places."""

    field: str
    code: str
    value: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Codes, "" for what was not said; with `doubts` they may be missing.

    `guesses` are names that were taken for a place that is written in another way.
    """

    region: str = ""
    province: str = ""
    commune: str = ""
    doubts: tuple[Doubt, ...] = ()
    guesses: tuple[Doubt, ...] = ()


@dataclass
class _Names:
    """Places of one kind by each of their spellings."""

    codes: set[str] = field(default_factory=set)
    by_name: dict[str, set[str]] = field(default_factory=dict)

    def add(self, code: str, spellings: Iterable[str]) -> None:
        self.codes.add(code)
        for spelling in spellings:
            if key := _key(spelling):
                self.by_name.setdefault(key, set()).add(code)

    def has(self, written: str) -> bool:
        """Whether some place is written so."""
        return written.strip() in self.codes or _key(written) in self.by_name

    def find(self, written: str) -> tuple[set[str], bool]:
        """The places that may be meant, best first and one of them if it is sure."""
        if written.strip() in self.codes:
            return {written.strip()}, True
        key = _key(written)
        if key in self.by_name:
            codes = self.by_name[key]
            return codes, len(codes) == 1
        return self._near(key)

    def _near(self, key: str) -> tuple[set[str], bool]:
        near = process.extract(
            key, self.by_name.keys(), scorer=fuzz.ratio, score_cutoff=_WORTH_NAMING, limit=12
        )
        best: dict[str, float] = {}
        for name, score, _place in near:
            for code in self.by_name[name]:
                best[code] = max(score, best.get(code, 0))
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        if not ranked:
            return set(), False
        next_best = ranked[1][1] if len(ranked) > 1 else 0
        if len(key) > 3 and ranked[0][1] >= _NEAR and ranked[0][1] - next_best >= _MARGIN:
            return {ranked[0][0]}, True
        return {code for code, _score in ranked[:5]}, False


class Resolver:
    """All places of the database, ready to be asked for thousands of rows."""

    def __init__(
        self,
        regions: Mapping[str, Iterable[str]],
        provinces: Mapping[str, tuple[str, Iterable[str]]],
        communes: Mapping[str, tuple[str, Iterable[str]]],
    ) -> None:
        self._region_of = {code: region for code, (region, _names) in provinces.items()}
        self._province_of = {code: province for code, (province, _names) in communes.items()}
        self._regions, self._provinces, self._communes = _Names(), _Names(), _Names()
        self._within: dict[str, _Names] = {}
        self._called = {code: list(names) for code, (_province, names) in communes.items()}
        for code, names in regions.items():
            self._regions.add(code, names)
        for code, (_region, names) in provinces.items():
            self._provinces.add(code, names)
        for code, (province, _names) in communes.items():
            spellings = self._called[code]
            self._communes.add(code, spellings)
            self._within.setdefault(province, _Names()).add(code, spellings)
        self.find = lru_cache(maxsize=50_000)(self._find)
        self.is_town = lru_cache(maxsize=2_000)(self._is_town)

    def region_of(self, province: str) -> str:
        return self._region_of.get(province, "")

    def commune(self, code: str) -> tuple[str, str]:
        """(its name, the code of its province), or two empty texts."""
        names = self._called.get(code)
        return (names[0], self._province_of[code]) if names else ("", "")

    def town(self, written: str) -> str:
        """The code of the one province that has this very name; "" for none or several."""
        codes = self._provinces.by_name.get(_key(written), set())
        return next(iter(codes)) if len(codes) == 1 else ""

    def _is_town(self, written: str) -> bool:
        """Whether a province or a commune has this very name."""
        return self._provinces.has(written) or self._communes.has(written)

    def _find(self, region: str, province: str, commune: str) -> Found:
        """A commune alone is enough where its name is unique in the country."""
        doubts: list[Doubt] = []
        here = self._sure(self._provinces, "province", province, doubts) if province else ""
        there = ""
        if commune and (here or not province):
            there = self._commune(here, commune, doubts)
            here = here or self._province_of.get(there, "")
        around = self._region_of.get(here, "")
        if region:
            said, sure = self._regions.find(region)
            if sure and around and around not in said:
                doubts.append(Doubt("region", "elsewhere", region, (around,)))
            elif not sure and not around and not doubts:
                doubts.append(Doubt("region", "unknown-place", region, tuple(sorted(said))))
        guesses = [
            Doubt(which, "read-as", written, (code,))
            for which, written, code, names in (
                ("province", province, here, self._provinces),
                ("commune", commune, there, self._within.get(here, self._communes)),
            )
            if written and code and not names.has(written)
        ]
        return Found(around, here, there, tuple(doubts), tuple(guesses))

    def _commune(self, province: str, written: str, doubts: list[Doubt]) -> str:
        if province:
            names = self._within.get(province, _Names())
            found = self._sure(names, "commune", written, doubts)
            if not found and (elsewhere := self._communes.by_name.get(_key(written))):
                doubts[-1] = Doubt("commune", "elsewhere", written, tuple(sorted(elsewhere)))
            return found
        return self._sure(self._communes, "commune", written, doubts)

    @staticmethod
    def _sure(names: _Names, which: str, written: str, doubts: list[Doubt]) -> str:
        codes, sure = names.find(written)
        if sure:
            return next(iter(codes))
        code = "ambiguous-place" if len(codes) > 1 else "unknown-place"
        doubts.append(Doubt(which, code, written, tuple(sorted(codes))))
        return ""


def _key(written: str) -> str:
    """Without blanks, articles and words such as "province de"."""
    words = [_bare(word) for word in folded(written).split()]
    telling = [word for word in words if word not in _KINDS]
    return "".join(telling or words)


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@remember(seconds=60)
def resolver() -> Resolver:
    """Three queries a minute at most."""
    return Resolver(
        {code: names for code, _parent, names in _rows(Region, None)},
        {code: (parent, names) for code, parent, names in _rows(Province, "region_id")},
        {code: (parent, names) for code, parent, names in _rows(Commune, "province_id")},
    )


def _rows(model: type[Place], parent: str | None) -> list[tuple[str, str, list[str]]]:
    more = spellings(model)
    wanted: list[Any] = ["code", "aliases", *columns("name"), *([parent] if parent else [])]
    return [
        (
            row["code"],
            row[parent] if parent else "",
            [
                *(row[column] for column in columns("name") if row[column]),
                *row["aliases"].split("\n"),
                *more.get(row["code"], ()),
            ],
        )
        for row in model._default_manager.values(*wanted)
    ]


def spellings(model: type[Place]) -> dict[str, list[str]]:
    """By the code of a place: how registers spell it beside its names and aliases."""
    return _spellings().get(f"{model.__name__.lower()}s", {})


@cache
def _spellings() -> dict[str, dict[str, list[str]]]:
    text = files("taawon.places").joinpath("data", "spellings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
