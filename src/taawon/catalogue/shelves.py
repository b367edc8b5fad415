"""Categories, labels and selections, kept in memory: they change with an editor alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from taawon.catalogue.models import Category, Label, SelectedProduct, Selection
from taawon.core.languages import columns, spoken
from taawon.core.memory import remember

MOST_IN_STRIP = 8
Texts = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A category with its names: {"name_fr": …}; `parent_slug` is empty for those on top."""

    id: int
    slug: str
    names: Texts
    parent_id: int | None
    parent_slug: str
    position: int
    perishable: bool
    processed_food: bool
    picture: str

    @property
    def name(self) -> str:
        return spoken(dict(self.names), "name")

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class LabelLine:
    code: str
    names: Texts
    shorts: Texts
    position: int

    @property
    def name(self) -> str:
        return spoken(dict(self.names), "name")

    @property
    def short(self) -> str:
        return spoken(dict(self.shorts), "short")

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class SelectionLine:
    """A shelf of the home page, with the ids of its products in their order."""

    id: int
    titles: Texts
    position: int
    shown: bool
    product_ids: tuple[int, ...]

    @property
    def title(self) -> str:
        return spoken(dict(self.titles), "title")


@remember(seconds=10)
def categories() -> tuple[CategoryLine, ...]:
    """Each category on top is followed by those below it."""
    return tuple(all_categories())


def all_categories() -> list[CategoryLine]:
    """The same, as they are at this moment: for their editors."""
    rows = Category.objects.order_by("position", "slug").values(
        "pk",
        "slug",
        "parent_id",
        "parent__slug",
        "position",
        "perishable",
        "processed_food",
        "picture",
        *columns("name"),
    )
    below: defaultdict[int | None, list[CategoryLine]] = defaultdict(list)
    for row in rows:
        below[row["parent_id"]].append(
            CategoryLine(
                id=row["pk"],
                slug=row["slug"],
                names=_texts(row, "name"),
                parent_id=row["parent_id"],
                parent_slug=row["parent__slug"] or "",
                position=row["position"],
                perishable=row["perishable"],
                processed_food=row["processed_food"],
                picture=row["picture"],
            )
        )
    return [line for top in below[None] for line in (top, *below[top.id])]


def category(category_id: int) -> CategoryLine | None:
    return next((line for line in categories() if line.id == category_id), None)


def strip_categories() -> list[CategoryLine]:
    """The first of those on top: the strip below the head of every page."""
    return [line for line in categories() if line.parent_id is None][:MOST_IN_STRIP]


@remember(seconds=10)
def labels() -> dict[str, LabelLine]:
    """By code, the most important first."""
    return {line.code: line for line in all_labels()}


def all_labels() -> list[LabelLine]:
    """The same, as they are at this moment: for their editors."""
    rows = Label.objects.order_by("position", "code").values(
        "code", "position", *columns("name"), *columns("short")
    )
    return [
        LabelLine(
            code=row["code"],
            names=_texts(row, "name"),
            shorts=_texts(row, "short"),
            position=row["position"],
        )
        for row in rows
    ]


@remember(seconds=10)
def selections() -> tuple[SelectionLine, ...]:
    """What the home page shows, in its order; two queries."""
    return tuple(line for line in all_selections() if line.shown)


def all_selections() -> list[SelectionLine]:
    """Those that are not shown, too: for their editors."""
    chosen: defaultdict[int, list[int]] = defaultdict(list)
    pairs = SelectedProduct.objects.order_by("position", "pk")
    for selection_id, product_id in pairs.values_list("selection_id", "product_id"):
        chosen[selection_id].append(product_id)
    rows = Selection.objects.order_by("position", "pk")
    return [
        SelectionLine(
            id=row["pk"],
            titles=_texts(row, "title"),
            position=row["position"],
            shown=row["shown"],
            product_ids=tuple(chosen[row["pk"]]),
        )
        for row in rows.values("pk", "position", "shown", *columns("title"))
    ]


def _texts(row: Mapping[str, Any], field: str) -> Texts:
    return tuple((name, row[name]) for name in columns(field))
