from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.catalogue.models import Product
from taawon.cooperatives.models import Cooperative
from taawon.core.money import Money
from taawon.orders.errors import WrongMoment
from taawon.orders.states import BACK, NEXT, Delivery, Payment, State
from taawon.places.models import Region


class Basket(models.Model):
    """What somebody means to buy. Whoever knows the token holds it; a person has at most one."""

    token = models.CharField(max_length=32, unique=True)
    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="basket"
    )
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"basket {self.pk}"


class BasketLine(models.Model):
    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    # The price that the person saw last, in centimes: a change is shown, and asked about.
    seen_price_centimes = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["basket", "product"], name="one_line_a_product"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=999), name="basket_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product_id}"


class OrderCounter(models.Model):
    """The last number given to an order of a cooperative."""

    cooperative = models.OneToOneField(Cooperative, on_delete=models.CASCADE, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.last}"


class Checkout(models.Model):
    """One pressing of "order": what came of it is the answer for whoever presses again.

    `key` is the caller's idempotency key, scoped to the basket; `fingerprint` the wish's SHA-256.
    """

    basket = models.ForeignKey(
        Basket, on_delete=models.SET_NULL, null=True, related_name="checkouts"
    )
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    secret = models.CharField(max_length=32, unique=True)
    placed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["basket", "key"], name="one_checkout_a_key")
        ]

    def __str__(self) -> str:
        return f"checkout {self.pk}"


class Order(models.Model):
    """One cooperative's part of a checkout. Names, prices and fees are frozen here, in centimes."""

    code = models.CharField(max_length=8, unique=True)
    number = models.PositiveIntegerField()
    # Whoever knows it may read and cancel the order: it stands in the link sent to a guest.
    secret = models.CharField(max_length=32)
    checkout = models.ForeignKey(Checkout, on_delete=models.PROTECT, related_name="orders")
    buyer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="orders")
    state = models.CharField(max_length=13, choices=State.choices, default=State.PLACED)
    # Frozen: the buyer.
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=16)
    language = models.CharField(max_length=3, choices=settings.LANGUAGES, default="fr")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    town = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)
    # Frozen: what was agreed.
    delivery = models.CharField(max_length=6, choices=Delivery.choices, default=Delivery.PARCEL)
    payment = models.CharField(max_length=3, choices=Payment.choices, default=Payment.COD)
    items_centimes = models.PositiveIntegerField()
    shipping_centimes = models.PositiveIntegerField()
    total_centimes = models.PositiveIntegerField()
    days_from = models.PositiveSmallIntegerField(default=0)
    days_to = models.PositiveSmallIntegerField(default=0)
    tracking = models.CharField(max_length=60, blank=True)
    carrier = models.CharField(max_length=60, blank=True)
    placed_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="order_number"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="order_state"),
            models.CheckConstraint(
                condition=Q(total_centimes=F("items_centimes") + F("shipping_centimes")),
                name="order_total_adds_up",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cooperative", "state", "-id"], name="orders_of_a_shop"),
            models.Index(fields=["buyer", "-id"], name="orders_of_a_buyer"),
            models.Index(fields=["phone", "-id"], name="orders_of_a_phone"),
            models.Index(fields=["state", "changed_at"], name="orders_by_age"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def total(self) -> Money:
        return Money(self.total_centimes)

    def packs(self) -> dict[int, int]:
        """{product id: packs}, for the stock."""
        packs: dict[int, int] = {}
        for product_id, quantity in self.lines.values_list("product_id", "quantity"):
            packs[product_id] = packs.get(product_id, 0) + quantity
        return packs

    def times(self, state: State) -> int:
        """How often it came to this state so far."""
        return self.steps.filter(state=state).count()

    def become(self, wanted: State, *extra: str) -> None:
        """Move on, or raise WrongMoment. `extra` names other changed columns to save."""
        if wanted not in NEXT[State(self.state)]:
            raise WrongMoment(state=State(self.state).label, wanted=wanted.label)
        self._set(wanted, *extra)

    def go_back(self, wanted: State) -> None:
        """Take the last step back, or raise WrongMoment."""
        if wanted not in BACK.get(State(self.state), ()):
            raise WrongMoment(state=State(self.state).label, wanted=wanted.label)
        self._set(wanted)

    def _set(self, wanted: State, *extra: str) -> None:
        self.state = wanted
        self.changed_at = timezone.now()
        self.save(update_fields=["state", "changed_at", *extra])


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="order_lines")
    # Frozen: in the buyer's language, as it was shown.
    name = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    cover = models.CharField(max_length=80, blank=True)
    price_centimes = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField()
    weight_grams = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.name}"

    @property
    def amount_centimes(self) -> int:
        return self.price_centimes * self.quantity


class Step(models.Model):
    """One line of the trail that buyer and cooperative both see."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=13, choices=State.choices)
    at = models.DateTimeField(default=timezone.now)
    # The cooperative's or buyer's own words: a reason, where to collect.
    note = models.CharField(max_length=300, blank=True)
    # Who moved it on: "buyer", "cooperative", "team" (on the cooperative's behalf) or "system".
    by = models.CharField(max_length=12)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"
