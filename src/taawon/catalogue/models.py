from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.catalogue.errors import WrongState
from taawon.catalogue.states import NEXT, State, Unit
from taawon.cooperatives.models import Cooperative
from taawon.core.money import Money


class Category(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)
    # Perishable goods are excluded from withdrawal (law 31-08), and that is said before buying.
    perishable = models.BooleanField(default=False)
    # A processed food needs its cooperative's food authorisation, or a recorded exemption.
    processed_food = models.BooleanField(default=False)
    picture = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "slug"]

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """A sign of quality or origin: IGP, AOP, organic…"""

    code = models.SlugField(max_length=20, primary_key=True)
    name = models.CharField(max_length=120)
    short = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Family(models.Model):
    """The pack sizes of one thing: each is a product of its own, linked here."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="families")

    def __str__(self) -> str:
        return f"{self.pk}"


class Product(models.Model):
    """One pack of one thing that one cooperative sells. Money in centimes, weights in grams."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="products")
    number = models.PositiveIntegerField()
    # Absent while a product is being drafted.
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="products"
    )
    family = models.ForeignKey(
        Family,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="products",
    )
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    description = models.TextField(blank=True, max_length=4000)
    price_centimes = models.PositiveIntegerField()
    # What one pack holds: 500 g, 750 ml, 1 piece; for the price a kilogram, litre or piece.
    content = models.PositiveIntegerField(default=1)
    unit = models.CharField(max_length=5, choices=Unit.choices, default=Unit.PIECE)
    weight_grams = models.PositiveIntegerField()
    on_hand = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(default=0)
    low_stock = models.PositiveIntegerField(default=3)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    # Held by the national team: hidden until the hold is lifted.
    held = models.BooleanField(default=False)
    # Codes of labels with a valid certificate, and the first picture: shown without a join.
    label_codes = models.JSONField(default=list, blank=True)
    cover = models.CharField(max_length=80, blank=True)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="product_number"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="product_state"),
            models.CheckConstraint(
                condition=Q(reserved__lte=F("on_hand")), name="reserved_is_on_hand"
            ),
            models.CheckConstraint(condition=Q(content__gte=1), name="product_holds_something"),
            models.CheckConstraint(
                condition=Q(category__isnull=False) | Q(state__in=[State.DRAFT, State.ARCHIVED]),
                name="on_a_shelf_to_be_sold",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cooperative", "state", "id"], name="products_of_a_shop"),
            models.Index(fields=["category", "state", "id"], name="products_of_a_category"),
            models.Index(
                fields=["-published_at", "-id"],
                name="newest_products",
                condition=Q(state="published", held=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def price(self) -> Money:
        return Money(self.price_centimes)

    @property
    def available(self) -> int:
        """Packs that can be sold now, as far as the stock goes."""
        return self.on_hand - self.reserved

    def become(self, wanted: State, *extra: str) -> None:
        """Move on, or raise WrongState. `extra` names other changed columns to save."""
        if wanted not in NEXT[State(self.state)]:
            raise WrongState(state=State(self.state).label, wanted=wanted.label)
        self.state = wanted
        self.changed_at = timezone.now()
        self.save(update_fields=["state", "changed_at", *extra])


class Picture(models.Model):
    """A picture of a product; `key` names its files (see catalogue.pictures)."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    key = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.key


class Certificate(models.Model):
    """That a product bears a label: number, certifying body and expiry, or no badge."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="certificates")
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=60)
    body = models.CharField(max_length=120)
    expires_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "label"], name="one_certificate_a_label")
        ]
        indexes: ClassVar = [models.Index(fields=["expires_on"], name="certificates_by_expiry")]

    def __str__(self) -> str:
        return f"{self.label_id} {self.number}"


class Hold(models.Model):
    """The national team holds a product back, says why, and reads the cooperative's answer."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="holds")
    reason = models.TextField(max_length=1000)
    answer = models.TextField(max_length=1000, blank=True)
    placed_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(lifted_at__isnull=True),
                name="one_open_hold_a_product",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id}"


class Favourite(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="favourites")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="favourites")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "product"], name="favourite_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ♥ {self.product_id}"


class Selection(models.Model):
    """A shelf of the home page: a title and chosen products."""

    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    shown = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class SelectedProduct(models.Model):
    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="chosen")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="selections")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["selection", "product"], name="selected_once")
        ]

    def __str__(self) -> str:
        return f"{self.selection_id}: {self.product_id}"
