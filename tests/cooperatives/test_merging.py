"""Nothing that points to a cooperative is forgotten by a merge."""

from __future__ import annotations

from django.apps import apps

from taawon.cooperatives.merging import movers, stays
from taawon.cooperatives.models import Cooperative


def pointing() -> set[str]:
    """Columns that hold a cooperative, by a key or by its number alone."""
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Cooperative or field.name.endswith("cooperative_id")
    }


def test_every_column_that_points_to_a_cooperative_moves_or_says_why_it_stays() -> None:
    moved = {column for mover in movers.values() for column in mover.moves}
    assert pointing() - moved - stays.keys() == set()
    assert moved & stays.keys() == set()
    assert moved - pointing() == set()
    assert all(stays.values())


def test_orders_are_moved_before_products() -> None:
    """As they are locked by whoever orders."""
    assert movers["orders"].turn < movers["catalogue"].turn
