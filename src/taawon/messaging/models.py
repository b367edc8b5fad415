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


class Fate(models.IntegerChoices):
    """How far a text came, by the reports of the centre. The last two are ends."""

    UNKNOWN = 0
    ACCEPTED = 1
    LOST = 2
    DELIVERED = 3


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

    # Still on its way out; and what nothing more is done about.
    UNSETTLED = (State.QUEUED, State.SENDING)
    SETTLED = (State.SENT, State.FAILED)

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
    # What the operator's centre says of it; its rank only rises.
    fate = models.PositiveSmallIntegerField(choices=Fate.choices, default=Fate.UNKNOWN)
    reported_at = models.DateTimeField(null=True)
    segments = models.PositiveSmallIntegerField(default=1)
    # The line that carries it: a table of the settings, or "email".
    gateway = models.CharField(max_length=20, default="")
    # What the gateway calls it; reports may know it by this name alone.
    provider_id = models.CharField(max_length=64, blank=True)
    # Who holds it at the moment: one random word a batch.
    claim = models.CharField(max_length=32, blank=True)
    # Nobody wants it any more from then on.
    valid_until = models.DateTimeField(null=True)
    # In whose name it was sent, by number: this room knows no cooperative.
    cooperative_id = models.BigIntegerField(null=True)
    centimes = models.PositiveIntegerField(default=0)
    # Why it was not sent: a short code, never a text.
    trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "sending", "sent", "failed"]),
                name="message_state",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["gateway", "lane", "not_before", "id"],
                name="messages_waiting",
                condition=models.Q(state__in=["queued", "sending"]),
            ),
            models.Index(
                fields=["claim"], name="messages_claimed", condition=models.Q(state="sending")
            ),
            models.Index(
                fields=["gateway", "provider_id"],
                name="messages_of_a_provider",
                condition=~models.Q(provider_id=""),
            ),
            models.Index(fields=["to", "-id"], name="messages_of_a_phone"),
            models.Index(fields=["state", "queued_at"], name="messages_by_age"),
            models.Index(
                fields=["queued_at"], name="messages_to_blank", condition=~models.Q(to="")
            ),
        ]

    def __str__(self) -> str:
        return self.key


class InboundText(models.Model):
    """A text that came in, written down before anything was answered; `digest` makes it one."""

    class State(models.TextChoices):
        RECEIVED = "received"
        HANDLED = "handled"
        IGNORED = "ignored"
        FAILED = "failed"

    digest = models.CharField(max_length=64, unique=True)
    gateway = models.CharField(max_length=20)
    sender = models.CharField(max_length=16)
    recipient = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    tries = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["received", "handled", "ignored", "failed"]),
                name="inbound_state",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["received_at"],
                name="inbound_waiting",
                condition=models.Q(state="received"),
            ),
            models.Index(fields=["sender", "-id"], name="inbound_of_a_phone"),
            models.Index(fields=["sender", "received_at"], name="inbound_lately"),
            models.Index(fields=["received_at"], name="inbound_by_age"),
        ]

    def __str__(self) -> str:
        return f"inbound {self.pk}"


class InboundPart(models.Model):
    """A piece of a long text, until the others are there; they come in any order."""

    gateway = models.CharField(max_length=20)
    sender = models.CharField(max_length=16)
    recipient = models.CharField(max_length=20, blank=True)
    reference = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=320, blank=True)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gateway", "sender", "reference", "total", "number"], name="one_part"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["received_at"], name="parts_by_age")]

    def __str__(self) -> str:
        return f"part {self.number} of {self.total}"


class ParkedReport(models.Model):
    """A report by a gateway's id that came before its text was settled."""

    gateway = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=64)
    fate = models.PositiveSmallIntegerField(choices=Fate.choices)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gateway", "provider_id", "fate"], name="one_parked_report"
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Line(models.Model):
    """How a gateway is doing, for all processes together."""

    name = models.CharField(max_length=20, unique=True)
    # Batches in a row that it did not take.
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)
    down_until = models.DateTimeField(null=True)
    # A bucket of segments, filled by the clock at the rate of the settings.
    tokens = models.FloatField(default=0)
    filled_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    # A process of its own says that it lives.
    alive_at = models.DateTimeField(null=True)
    # What its provider says is left, and when it said so.
    balance = models.CharField(max_length=40, blank=True)
    balance_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Recipient(models.Model):
    """What the owner of a phone or mailbox agreed to, and what they stopped."""

    # A phone (E.164) or an e-mail address.
    to = models.CharField(max_length=254, unique=True)
    # Announcements need prior consent, with its day and source (law 09-08, article 10).
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.CharField(max_length=12, blank=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_all_at = models.DateTimeField(null=True)
    # Texts in a row that the operator could not deliver; after some of them, a rest.
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    suppressed_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["to"],
                name="recipients_agreed",
                condition=models.Q(agreed_at__isnull=False, stopped_at__isnull=True),
            ),
            models.Index(
                fields=["failed_at"],
                name="recipients_failing",
                condition=models.Q(failures__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"recipient {self.pk}"

    @property
    def takes_announcements(self) -> bool:
        return bool(self.agreed_at) and not self.stopped_at and not self.stopped_all_at


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
