"""Products as the index knows them. Registers itself as the app gets ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model

from taawon.catalogue import shelves
from taawon.catalogue.models import Category, Label, Product
from taawon.catalogue.states import State
from taawon.cooperatives.documents import place_names, places, texts, words
from taawon.cooperatives.states import ShopState
from taawon.core.languages import columns
from taawon.search.documents import Document, register

KIND = "product"
FACETS = ("region", "province", "category", "label", "women", "in_stock", "cooperative")
NUMBERS = ("price", "newest", "rating")
CHUNK = 5_000
# A new product is as good as so many reviews of so many hundredths of a star.
FIRST_REVIEWS, FIRST_STARS = 5, 350
# More than all the stars: what can be bought comes first among equal hits.
IN_STOCK = 501

_ROW = (
    "pk",
    "category_id",
    "price_centimes",
    "on_hand",
    "reserved",
    "label_codes",
    "rating_sum",
    "rating_count",
    "published_at",
    "cooperative_id",
    "cooperative__shop__state",
    "cooperative__is_womens",
    "cooperative__region_id",
    "cooperative__province_id",
    "content",
    "unit",
    *columns("name"),
    *columns("description"),
    *columns("cooperative__name"),
    "cooperative__commune__aliases",
    *columns("cooperative__commune__name"),
)


def build(ids: Sequence[int]) -> list[Document]:
    """The documents of those that anybody may see; at most five queries however many there are."""
    rows = [row for row in _rows(ids) if row["cooperative__shop__state"] == ShopState.OPEN]
    if not rows:
        return []
    ways, labels, makers = _ways(), _names(Label, "code"), _makers(rows)
    return [_document(row, ways, labels, makers[row["cooperative_id"]]) for row in rows]


def _makers(rows: Iterable[Mapping[str, Any]]) -> dict[int, tuple[str, str]]:
    """Of each cooperative among the rows: its names, and those of where it is."""
    named = places()
    return {
        id: (words(row, "cooperative__name"), place_names(row, named, "cooperative__"))
        for id, row in {row["cooperative_id"]: row for row in rows}.items()
    }


def _rows(ids: Sequence[int]) -> Iterable[Mapping[str, Any]]:
    # The shop's state is looked at here: asked for it, SQLite begins at all the open shops.
    seen = Product.objects.filter(pk__in=ids, state=State.PUBLISHED, held=False)
    return list(seen.order_by("pk").values(*_ROW))


def all_ids() -> Iterator[int]:
    last = 0
    while ids := _after(last):
        yield from ids
        last = ids[-1]


def _after(last: int) -> list[int]:
    products = Product.objects.filter(pk__gt=last).order_by("pk")
    return list(products.values_list("pk", flat=True)[:CHUNK])


def _document(
    row: Mapping[str, Any],
    ways: Mapping[int, tuple[str, str]],
    labels: Mapping[str, str],
    maker: tuple[str, str],
) -> Document:
    slug, shelf = ways.get(row["category_id"], ("", ""))
    codes = tuple(row["label_codes"])
    published = row["published_at"]
    body = (
        shelf,
        *(labels.get(code, "") for code in codes),
        *texts(row, "description"),
        _pack(row["content"], row["unit"]),
    )
    in_stock = row["on_hand"] > row["reserved"]
    stars = rating(row["rating_sum"], row["rating_count"])
    return Document(
        kind=KIND,
        id=row["pk"],
        names=texts(row, "name"),
        body=body,
        proper=maker,
        rank=(IN_STOCK if in_stock else 0) + stars,
        group=row["cooperative_id"],
        terms={
            "region": (row["cooperative__region_id"],),
            "province": (row["cooperative__province_id"],),
            "category": (slug,) if slug else (),
            "label": codes,
            "women": ("yes" if row["cooperative__is_womens"] else "no",),
            "in_stock": ("yes" if in_stock else "no",),
            "cooperative": (str(row["cooperative_id"]),),
        },
        numbers={
            "price": row["price_centimes"],
            "newest": int(published.timestamp()) if published else 0,
            "rating": stars,
        },
    )


def rating(stars: int, reviews: int) -> int:
    """Hundredths of a star, drawn to the middle while there are few reviews; 0 without any."""
    if not reviews:
        return 0
    return (stars * 100 + FIRST_REVIEWS * FIRST_STARS) // (reviews + FIRST_REVIEWS)


def _pack(content: int, unit: str) -> str:
    """As people type it: 500 g, 1 kg, 750 ml."""
    if unit == "g" and content % 1000 == 0:
        return f"{content // 1000} kg {content // 1000}kg"
    return "" if unit == "piece" else f"{content} {unit} {content}{unit}"


def _ways() -> dict[int, tuple[str, str]]:
    """Of each category: its slug, and its names with those of what it lies in."""
    rows = {
        row["pk"]: row
        for row in Category.objects.values("pk", "slug", "parent_id", *columns("name"))
    }

    def upwards(pk: int | None) -> list[Mapping[str, Any]]:
        way: list[Mapping[str, Any]] = []
        while pk in rows and rows[pk] not in way:
            way.append(rows[pk])
            pk = rows[pk]["parent_id"]
        return way

    return {
        pk: (
            row["slug"],
            " ".join(words(row, "name") for row in upwards(pk)),
        )
        for pk, row in rows.items()
    }


def _names(model: type[Model], key: str) -> dict[str, str]:
    rows = model._default_manager.values(key, *columns("name"))
    return {row[key]: words(row, "name") for row in rows}


def _tree() -> dict[str, str]:
    return {one.slug: one.parent_slug for one in shelves.categories() if one.parent_slug}


register(
    KIND,
    build,
    all_ids,
    facets=FACETS,
    numbers=NUMBERS,
    sort="-newest",
    trees={"category": _tree},
)
