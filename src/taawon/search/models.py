from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from taawon.accounts.models import Person


class Change(models.Model):
    """A line of the feed: this document is new, different or gone. Committed with the change.

    PostgreSQL's sequence numbers become visible out of order; `transaction_id` (pg_current_xact_id,
    0 on SQLite) lets the follower stop before a transaction that is still in flight.
    """

    kind = models.CharField(max_length=20)
    document_id = models.BigIntegerField()
    transaction_id = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["transaction_id", "id"], name="feed_in_commit_order"),
            models.Index(fields=["at"], name="feed_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_id}"


class SavedSearch(models.Model):
    """A question that a person wants to be told about when something new fits.

    `address` is the query string of its page, `filters` {facet: [value]}, `ranges` {number: [low,
    high]}. What came after `seen_at` is new to them.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_searches")
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=600)
    title = models.CharField(max_length=200)
    words = models.CharField(max_length=120, blank=True)
    filters = models.JSONField(default=dict, blank=True)
    ranges = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "address"], name="saved_once")
        ]
        indexes: ClassVar = [models.Index(fields=["seen_at", "id"], name="searches_to_look_at")]

    def __str__(self) -> str:
        return self.title
