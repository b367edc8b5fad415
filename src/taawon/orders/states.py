"""The life of an order, on one page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PLACED = "placed", _("placed")
    ACCEPTED = "accepted", _("accepted")
    PREPARED = "prepared", _("ready")
    SHIPPED = "shipped", _("on its way")
    DELIVERED = "delivered", _("delivered")
    NOT_COLLECTED = "not_collected", _("not collected")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("expired")


NEXT: dict[State, frozenset[State]] = {
    State.PLACED: frozenset({State.ACCEPTED, State.REFUSED, State.CANCELLED, State.EXPIRED}),
    State.ACCEPTED: frozenset({State.PREPARED, State.SHIPPED, State.CANCELLED}),
    State.PREPARED: frozenset(
        {State.SHIPPED, State.DELIVERED, State.NOT_COLLECTED, State.CANCELLED}
    ),
    State.SHIPPED: frozenset({State.DELIVERED, State.NOT_COLLECTED}),
    State.DELIVERED: frozenset(),
    State.NOT_COLLECTED: frozenset(),
    State.REFUSED: frozenset(),
    State.CANCELLED: frozenset(),
    State.EXPIRED: frozenset(),
}
# What the cooperative may take back for a few minutes, when it pressed or typed the wrong thing.
BACK: dict[State, frozenset[State]] = {
    State.ACCEPTED: frozenset({State.PLACED}),
    State.PREPARED: frozenset({State.ACCEPTED}),
    State.SHIPPED: frozenset({State.ACCEPTED, State.PREPARED}),
}
# The stock of an order: reserved while placed, taken from acceptance on, given back at a bad end.
RESERVED = frozenset({State.PLACED})
TAKEN = frozenset({State.ACCEPTED, State.PREPARED})
OPEN = frozenset({State.PLACED, State.ACCEPTED, State.PREPARED, State.SHIPPED})


class Delivery(models.TextChoices):
    PARCEL = "parcel", _("delivery")
    PICKUP = "pickup", _("pick-up at the cooperative")


class Payment(models.TextChoices):
    COD = "cod", _("cash on delivery")
