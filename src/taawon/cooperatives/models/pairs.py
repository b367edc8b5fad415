"""Two entries that may be one: found, told apart for ever, or merged, which can be taken back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from taawon.cooperatives.models.register import Cooperative
from taawon.cooperatives.states import PairState


class Pair(models.Model):
    """`first` is the older entry. `reasons` are codes of what is alike; `score` is out of 100."""

    first = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=PairState.choices, default=PairState.LIKELY)
    found_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="one_pair_of_two"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="older_entry_first"),
            models.CheckConstraint(condition=Q(state__in=PairState.values), name="pair_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-score", "id"], name="likely_pairs"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}?"


class Merge(models.Model):
    """`gone` was merged into `kept`. `moved` is what each room moved, so that it can move it back:
    {room: …}, in the words of the room."""

    kept = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    merged_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at__isnull=True),
                name="merged_once_at_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kept", "id"], name="merges_into_an_entry")]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
