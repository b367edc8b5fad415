from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Lane(models.IntegerChoices):
    """What goes first when a gateway is slow."""

    CODE = 0
    REPLY = 1
    ORDER = 2
    CAMPAIGN = 3


class Message(models.Model):
    """One text or e-mail on its way out. `key` makes a second telling harmless."""

    class Via(models.TextChoices):
        SMS = "sms"
        EMAIL = "email"

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    via = models.CharField(max_length=5, choices=Via.choices, default=Via.SMS)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=3, default="fr")
    lane = models.PositiveSmallIntegerField(choices=Lane.choices, default=Lane.ORDER)
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    # Claimed but never settled: a worker died while it was on the road.
    in_doubt = models.BooleanField(default=False)
    queued_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "sending", "sent", "failed"]),
                name="message_state",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["lane", "not_before", "id"],
                name="messages_waiting",
                condition=models.Q(state__in=["queued", "sending"]),
            ),
            models.Index(fields=["to", "-id"], name="messages_of_a_phone"),
        ]

    def __str__(self) -> str:
        return self.key


class ConsoleMessage(models.Model):
    """What the console gateway "delivered": the demonstration shows it on a page."""

    key = models.CharField(max_length=120, unique=True)
    via = models.CharField(max_length=5)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["to", "-id"], name="console_of_a_phone")]

    def __str__(self) -> str:
        return self.key
