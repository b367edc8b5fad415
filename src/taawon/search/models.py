from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


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
