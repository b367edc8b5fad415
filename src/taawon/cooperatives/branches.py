"""The fields of activity and the categories that they lie in: a small tree, kept in memory."""

from __future__ import annotations

from taawon.cooperatives.models import Sector
from taawon.core.languages import columns
from taawon.core.memory import remember
from taawon.places.queries import Named


@remember(seconds=60)
def sectors() -> dict[str, Named]:
    """The tree by code, in its order: categories, and the fields of activity that lie in them."""
    rows = Sector.objects.order_by("position", "code")
    return {
        row["code"]: Named(
            code=row["code"],
            names=tuple((name, row[name]) for name in columns("name")),
            parent=row["parent_id"] or "",
        )
        for row in rows.values("code", "parent_id", *columns("name"))
    }


def fields() -> dict[str, Named]:
    """The fields of activity that a cooperative can be of: those that nothing lies in."""
    tree = sectors()
    categories = {one.parent for one in tree.values()}
    return {code: one for code, one in tree.items() if code not in categories}


def within(code: str) -> list[str]:
    """A field of activity, or a category with all its fields."""
    return [code, *(field for field, one in sectors().items() if one.parent == code)]
