from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One line of the journal. Written once; only its delivery is ever updated."""

    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    facts = models.JSONField()
    person_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=8)
    for_cooperative = models.BigIntegerField(null=True)
    api_key_id = models.BigIntegerField(null=True)
    happened_at = models.DateTimeField(default=timezone.now)
    # Null once every listener has been told, or when there is none.
    deliver_at = models.DateTimeField(null=True, default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="journal_of_a_subject"),
            models.Index(fields=["person_id", "id"], name="journal_of_a_person"),
            models.Index(fields=["for_cooperative", "id"], name="journal_on_behalf"),
            models.Index(fields=["-happened_at", "-id"], name="journal_by_day"),
            models.Index(
                fields=["deliver_at"],
                name="journal_waiting",
                condition=models.Q(deliver_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"


class Delivery(models.Model):
    """That one listener was told of one entry, or how often it failed."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=120)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "listener"], name="told_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.listener}"


class PeriodicJob(models.Model):
    """When a job of the clock runs next; whoever moves `next_at` on runs it."""

    name = models.CharField(max_length=120, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
