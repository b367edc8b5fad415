from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.catalogue.models import Product
from taawon.orders.models import OrderLine
from taawon.reviews.states import State


class Review(models.Model):
    """The word of somebody who received the product: one a line of an order, one to five stars."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="reviews")
    line = models.OneToOneField(OrderLine, on_delete=models.PROTECT, related_name="review")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    # As shown: a first name or "Fatima B."; never the phone.
    author = models.CharField(max_length=60, blank=True)
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=3, default="fr")
    state = models.CharField(max_length=8, choices=State.choices, default=State.SHOWN)
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="one_to_five"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="review_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["product", "state", "-id"], name="reviews_of_a_product"),
            models.Index(fields=["state", "-id"], name="reviews_to_look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.stars}★ {self.product_id}"


class Question(models.Model):
    """A question to the cooperative about a product; shown with its answer."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="questions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="questions")
    author = models.CharField(max_length=60, blank=True)
    text = models.TextField(max_length=1000)
    language = models.CharField(max_length=3, default="fr")
    answer = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SHOWN)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="question_state")
        ]
        indexes: ClassVar = [
            models.Index(fields=["product", "state", "-id"], name="questions_of_a_product")
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"
