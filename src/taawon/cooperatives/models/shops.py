"""What a cooperative that sells has beside its entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from taawon.cooperatives.models.register import Cooperative
from taawon.cooperatives.states import ShopState


class Shop(models.Model):
    """A cooperative that sells. Its products show while it is open, and are sold unless paused."""

    cooperative = models.OneToOneField(
        Cooperative, on_delete=models.PROTECT, primary_key=True, related_name="shop"
    )
    state = models.CharField(
        max_length=10, choices=ShopState.choices, default=ShopState.OPEN, db_index=True
    )
    opened_at = models.DateTimeField(default=timezone.now)
    # Closed for holidays until and including that day.
    paused_until = models.DateField(null=True, blank=True)
    # What the national team told the cooperative when it suspended the shop.
    suspended_because = models.TextField(blank=True, max_length=1000)
    offers_pickup = models.BooleanField(default=True)
    pickup_place = models.CharField(max_length=300, blank=True)
    days_to_prepare = models.PositiveSmallIntegerField(default=2)
    # The last number given to a product of this cooperative.
    last_product_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=ShopState.values), name="shop_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}"

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and self.paused_until >= timezone.localdate()
