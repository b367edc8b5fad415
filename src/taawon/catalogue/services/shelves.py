"""Categories, labels, and the selections of the home page: the editors' work."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from taawon.catalogue.errors import SlugTaken
from taawon.catalogue.events import (
    CategoryAdded,
    CategoryEdited,
    LabelAdded,
    LabelEdited,
    SelectionAdded,
    SelectionEdited,
    SelectionRemoved,
)
from taawon.catalogue.models import Category, Label, Product, SelectedProduct, Selection
from taawon.catalogue.states import State
from taawon.cooperatives import rules as cooperatives
from taawon.core import memory, written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from taawon.core.locks import lock_or_not_found
from taawon.journal.record import record
from taawon.search import feed

MOST_SELECTED = 48


@transaction.atomic
def add_category(
    slug: str,
    *,
    names: Mapping[str, str],
    parent_id: int | None = None,
    position: int = 0,
    perishable: bool = False,
    processed_food: bool = False,
    by: Actor,
) -> Category:
    """A category, on top or below one that is on top.

    Raises NotFound, NotAllowed, Invalid, Missing, SlugTaken.
    """
    _insist(by)
    _free(Category, "slug", slug, 60)
    category = Category.objects.create(
        slug=slug,
        parent=_parent(parent_id),
        position=_position(position),
        perishable=perishable,
        processed_food=processed_food,
        **_names("name", names, 120),
    )
    _done(CategoryAdded(category_id=category.pk), by)
    return category


@transaction.atomic
def edit_category(
    category_id: int,
    *,
    names: Mapping[str, str],
    parent_id: int | None,
    position: int,
    perishable: bool,
    processed_food: bool,
    by: Actor,
) -> Category:
    """All of a category but its slug, which stands in addresses.

    Raises NotFound, NotAllowed, Invalid, Missing.
    """
    _insist(by)
    category = lock_or_not_found(Category, pk=category_id)
    parent = _parent(parent_id)
    if parent is not None and (parent.pk == category.pk or category.children.exists()):
        raise Invalid(field="parent_id")
    category.parent = parent
    category.position = _position(position)
    category.perishable = perishable
    category.processed_food = processed_food
    _write(category, _names("name", names, 120))
    category.save()
    _done(CategoryEdited(category_id=category.pk), by)
    shown = Product.objects.filter(category=category, state=State.PUBLISHED)
    feed.changed("product", *shown.order_by("pk").values_list("pk", flat=True))
    return category


@transaction.atomic
def add_label(
    code: str,
    *,
    names: Mapping[str, str],
    shorts: Mapping[str, str],
    position: int = 0,
    by: Actor,
) -> Label:
    """A sign of quality or origin; `shorts` are what badges say.

    Raises NotFound, NotAllowed, Invalid, Missing, SlugTaken.
    """
    _insist(by)
    _free(Label, "code", code, 20)
    label = Label.objects.create(
        code=code,
        position=_position(position),
        **_names("name", names, 120),
        **_names("short", shorts, 20),
    )
    _done(LabelAdded(label=label.pk), by)
    return label


@transaction.atomic
def edit_label(
    code: str, *, names: Mapping[str, str], shorts: Mapping[str, str], position: int, by: Actor
) -> Label:
    """Raises NotAllowed, NotFound, Invalid."""
    _insist(by)
    label = lock_or_not_found(Label, pk=code)
    label.position = _position(position)
    _write(label, _names("name", names, 120) | _names("short", shorts, 20))
    label.save()
    _done(LabelEdited(label=label.pk), by)
    return label


@transaction.atomic
def add_selection(
    *,
    titles: Mapping[str, str],
    product_ids: Sequence[int] = (),
    position: int = 0,
    shown: bool = True,
    by: Actor,
) -> Selection:
    """A shelf of the home page. Raises NotAllowed, Invalid, Missing."""
    _insist(by)
    selection = Selection.objects.create(
        position=_position(position), shown=shown, **_names("title", titles, 120)
    )
    _choose(selection, product_ids)
    _done(SelectionAdded(selection_id=selection.pk), by)
    return selection


@transaction.atomic
def edit_selection(
    selection_id: int,
    *,
    titles: Mapping[str, str],
    product_ids: Sequence[int],
    position: int,
    shown: bool,
    by: Actor,
) -> Selection:
    """Title, place and products, in their order. Raises NotAllowed, NotFound, Invalid, Missing."""
    _insist(by)
    selection = lock_or_not_found(Selection, pk=selection_id)
    selection.position = _position(position)
    selection.shown = shown
    _write(selection, _names("title", titles, 120))
    selection.save()
    _choose(selection, product_ids)
    _done(SelectionEdited(selection_id=selection.pk), by)
    return selection


@transaction.atomic
def remove_selection(selection_id: int, *, by: Actor) -> None:
    """Raises NotAllowed, NotFound."""
    _insist(by)
    lock_or_not_found(Selection, pk=selection_id).delete()
    _done(SelectionRemoved(selection_id=selection_id), by)


def _insist(by: Actor) -> None:
    if not cooperatives.may_edit_content(by):
        raise NotAllowed if cooperatives.in_the_team(by) else NotFound


def _free(model: type[Model], field: str, slug: str, longest: int) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > longest:
        raise Invalid(field=field)
    if model._default_manager.filter(**{field: slug}).exists():
        raise SlugTaken(field=field)


def _parent(parent_id: int | None) -> Category | None:
    if parent_id is None:
        return None
    parent = Category.objects.filter(pk=parent_id, parent__isnull=True).first()
    if parent is None:  # Two floors of categories, no more.
        raise Invalid(field="parent_id")
    return parent


def _position(position: int) -> int:
    return written.whole(position, field="position", least=0, most=9_999)


def _names(field: str, texts: Mapping[str, str], most: int) -> dict[str, Any]:
    read = written.by_language(texts, field=field, most=most)
    if not any(read.values()):
        raise Missing(field=field)
    return read


def _write(thing: Model, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(thing, name, value)


def _choose(selection: Selection, product_ids: Sequence[int]) -> None:
    ids = list(dict.fromkeys(product_ids))
    known = Product.objects.filter(pk__in=ids).exclude(state=State.DRAFT).count()
    if len(ids) > MOST_SELECTED or known != len(ids):
        raise Invalid(field="product_ids")
    selection.chosen.all().delete()
    SelectedProduct.objects.bulk_create(
        SelectedProduct(selection=selection, product_id=pk, position=place)
        for place, pk in enumerate(ids)
    )


def _done(event: Any, by: Actor) -> None:
    """The other processes see it when their memory is old enough; this one at once."""
    record(event, by=by)
    transaction.on_commit(memory.forget)
