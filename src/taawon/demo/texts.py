"""Reads the hand-written material that the world is composed from."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from taawon.demo.rows import CategoryRow, LabelRow, SectorRow

_TEXT = resources.files("taawon.demo").joinpath("text")

LABELS = (
    LabelRow(
        "igp",
        "Indication géographique protégée",
        "بيان جغرافي محمي",
        "Protected geographical indication",
        "IGP",
        "بيان جغرافي",
    ),
    LabelRow(
        "aop",
        "Appellation d'origine protégée",
        "تسمية المنشأ المحمية",
        "Protected designation of origin",
        "AOP",
        "تسمية المنشأ",
    ),
    LabelRow("bio", "Agriculture biologique", "منتوج بيولوجي", "Organic", "Bio", "بيولوجي"),
)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of text/<name>.tsv."""
    text = _TEXT.joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def sentences() -> dict[str, dict[str, list[list[str]]]]:
    return tomllib.loads(_TEXT.joinpath("sentences.toml").read_text(encoding="utf-8"))


@cache
def goods() -> dict[str, dict[str, Any]]:
    """By category: sectors, places, kinds, sizes, finish, about, use, labels, origins."""
    files = sorted(_TEXT.joinpath("products").iterdir(), key=lambda file: file.name)
    found: dict[str, dict[str, Any]] = {}
    for file in files:
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


@cache
def categories() -> tuple[CategoryRow, ...]:
    return tuple(
        CategoryRow(
            slug=row["slug"],
            parent=row["parent"],
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            name_en=row["name_en"],
            name_zgh=row["name_zgh"],
            drawing=row["drawing"],
            processed_food=row["processed_food"] == "1",
            perishable=row["perishable"] == "1",
        )
        for row in table("categories")
    )


@cache
def leaves() -> dict[str, CategoryRow]:
    """The 40 categories that hold products."""
    return {row.slug: row for row in categories() if row.parent}


@cache
def sectors() -> tuple[SectorRow, ...]:
    return tuple(
        SectorRow(
            slug=row["slug"],
            parent=row["parent"],
            name_fr=row["name_fr"],
            name_ar=row["name_ar"],
            name_en=row["name_en"],
            share=int(row["share"]),
        )
        for row in table("sectors")
    )


def purpose(sector: str, key: int) -> tuple[str, str]:
    """(French, Arabic): what the statutes of the cooperative of this key say that it is for."""
    found = _purposes()[sector]
    return found[key % len(found)]


@cache
def _purposes() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in table("purposes"):
        found.setdefault(row["sector"], []).append((row["fr"], row["ar"]))
    return found


@cache
def typical_provinces(category: str) -> frozenset[str]:
    """Where a category is at home: ISO codes (MA-AZI)."""
    return frozenset(f"MA-{code}" for code in goods()[category]["places"].split())


@cache
def suits(province: str, sector: str) -> tuple[str, ...]:
    """The categories that a cooperative of a sector may sell in a province, in a steady order."""
    return tuple(
        slug
        for slug in leaves()
        if province in typical_provinces(slug) and sector in goods()[slug]["sectors"].split()
    )


@cache
def origin(category: str, province: str) -> tuple[str, str, str]:
    """("du Haut Atlas", "الأطلس الكبير", "the High Atlas"): how a place signs its products."""
    special = goods().get(category, {}).get("origins", {}).get(province.removeprefix("MA-"))
    if special:
        return (special[0], special[1], special[2])
    return _terroirs()[province.removeprefix("MA-")]


@cache
def _terroirs() -> dict[str, tuple[str, str, str]]:
    return {row["province"]: (row["fr"], row["ar"], row["en"]) for row in table("terroirs")}
