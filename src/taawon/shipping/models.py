from __future__ import annotations

from typing import ClassVar

from django.db import models

from taawon.places.models import Region


class Zone(models.Model):
    """Where a parcel goes, seen from where it starts: the same region, or a set of regions."""

    code = models.SlugField(max_length=20, primary_key=True)
    name = models.CharField(max_length=120)
    within_region = models.BooleanField(default=False)
    regions = models.ManyToManyField(Region, blank=True, related_name="zones")
    days_from = models.PositiveSmallIntegerField()
    days_to = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Rate(models.Model):
    """The fee of a parcel of at most that weight in a zone."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="rates")
    up_to_grams = models.PositiveIntegerField()
    fee_centimes = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["zone", "up_to_grams"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zone", "up_to_grams"], name="one_rate_a_weight")
        ]

    def __str__(self) -> str:
        return f"{self.zone_id} ≤ {self.up_to_grams} g"
