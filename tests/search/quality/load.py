"""Reads the corpus and the questions. The TOML files hold nothing that is not said here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
GROUPS = ("french", "arabic", "darija", "tamazight", "mixed")


@dataclass(frozen=True, slots=True)
class Cooperative:
    """One of `fr` and `ar` may be empty: many cooperatives are registered under one name alone."""

    key: str
    sector: str
    """A slug of sectors.tsv."""
    province: str
    """An ISO code of provinces.csv."""
    womens: bool
    fr: str = ""
    ar: str = ""
    commune: str = ""
    """An HCP code, or empty."""


@dataclass(frozen=True, slots=True)
class Product:
    """Whose place is that of its cooperative."""

    key: str
    fr: str
    ar: str
    about_fr: str
    about_ar: str
    category: str
    """A slug of categories.tsv."""
    cooperative: str
    in_stock: bool
    en: str = ""
    zgh: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """All of `first` must be among the first ten found, none of `never` may be.

    Their order says nothing. Other documents may stand among the ten.
    """

    q: str
    kind: Literal["product", "cooperative"]
    first: tuple[str, ...]
    why: str
    """What makes the question hard, in a few words."""
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents by key, in the order of the file."""

    cooperatives: dict[str, Cooperative]
    products: dict[str, Product]

    def keys(self, kind: Literal["product", "cooperative"]) -> frozenset[str]:
        return frozenset(self.products if kind == "product" else self.cooperatives)


@cache
def corpus() -> Corpus:
    """Raises ValueError for a key that stands twice among its kind."""
    rows = read("corpus")
    cooperatives = [Cooperative(**row) for row in rows["cooperative"]]
    products = [Product(**row) for row in rows["product"]]
    found = Corpus({each.key: each for each in cooperatives}, {each.key: each for each in products})
    if (len(found.cooperatives), len(found.products)) != (len(cooperatives), len(products)):
        raise ValueError("a key stands twice")
    return found


@cache
def queries(name: str) -> tuple[Query, ...]:
    """The questions of one of `GROUPS`."""
    return tuple(
        Query(**row | {"first": tuple(row["first"]), "never": tuple(row.get("never", ()))})
        for row in read(name)["query"]
    )


def read(name: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
