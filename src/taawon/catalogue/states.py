"""The life of a product, and what it is counted in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    PAUSED = "paused", _("paused")
    ARCHIVED = "archived", _("archived")


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PUBLISHED, State.ARCHIVED}),
    State.PUBLISHED: frozenset({State.PAUSED, State.ARCHIVED}),
    State.PAUSED: frozenset({State.PUBLISHED, State.ARCHIVED}),
    State.ARCHIVED: frozenset({State.DRAFT}),
}


class Unit(models.TextChoices):
    """What the content of one pack is counted in."""

    GRAM = "g", _("grams")
    MILLILITRE = "ml", _("millilitres")
    PIECE = "piece", _("pieces")
