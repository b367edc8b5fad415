from __future__ import annotations

from typing import ClassVar

from django.db import models


class Place(models.Model):
    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=120)
    # Other spellings that people use, one a line: for the index of words.
    aliases = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Region(Place):
    """One of the twelve; code MA-01 … MA-12 (ISO 3166-2, division of 2015)."""

    seat = models.CharField(max_length=120)
    population = models.PositiveIntegerField(default=0)


class Province(Place):
    """A province or prefecture; ISO code such as MA-ESI."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="provinces")
    kind = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["code"]


class Commune(Place):
    """A commune; HCP code such as 01.051.01.01."""

    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="communes")

    class Meta:
        ordering: ClassVar = ["code"]
