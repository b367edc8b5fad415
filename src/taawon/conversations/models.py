from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.conversations.errors import WrongTicketState
from taawon.conversations.states import NEXT, TicketState, WordState
from taawon.cooperatives.models import Cooperative


class Dialogue(models.Model):
    """Where the talk with a phone stands: one row a number, locked while a text is answered."""

    phone = models.CharField(max_length=16, unique=True)
    # How the last text was written: fr, ar, ary (Darija in Latin letters), zgh, en.
    voice = models.CharField(max_length=3, blank=True)
    # Whom a person who speaks for several cooperatives means, and until when.
    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cooperative_until = models.DateTimeField(null=True, blank=True)
    # What was asked: {"kind": …, "options": [{"intent", "args"}, …], "cooperative": id}.
    question = models.JSONField(null=True, blank=True)
    question_until = models.DateTimeField(null=True, blank=True)
    # A risky command that waits for its code: {"intent", "args", "cooperative"}.
    awaited = models.JSONField(null=True, blank=True)
    awaited_until = models.DateTimeField(null=True, blank=True)
    # What the next ANNULER takes back: {"intent", "facts", "cooperative"}.
    undo = models.JSONField(null=True, blank=True)
    undo_until = models.DateTimeField(null=True, blank=True)
    misunderstood = models.PositiveSmallIntegerField(default=0)
    # The same answer over and over is a talk between two robots.
    last_reply = models.CharField(max_length=64, blank=True)
    repeated = models.PositiveSmallIntegerField(default=0)
    welcomed_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-heard_at"], name="dialogues_by_day")]

    def __str__(self) -> str:
        return f"dialogue {self.pk}"


class Ticket(models.Model):
    """Somebody wants to be called back by a person; one open request a phone."""

    phone = models.CharField(max_length=16)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.SET_NULL, null=True, blank=True, related_name="tickets"
    )
    words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=6, choices=TicketState.choices, default=TicketState.OPEN)
    taken_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["phone"],
                condition=~models.Q(state="closed") & ~models.Q(phone=""),
                name="one_open_ticket_a_phone",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=TicketState.values), name="ticket_state"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "opened_at"], name="tickets_waiting")]

    def __str__(self) -> str:
        return f"ticket {self.pk}"

    def become(self, wanted: TicketState) -> None:
        if wanted not in NEXT[TicketState(self.state)]:
            raise WrongTicketState(state=self.get_state_display())
        self.state = wanted


class Unclear(models.Model):
    """A text that nobody understood, so that a person can teach its words."""

    inbound_id = models.BigIntegerField(unique=True)
    voice = models.CharField(max_length=3, blank=True)
    text = models.CharField(max_length=480)
    heard_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["-id"],
                name="unclear_waiting",
                condition=models.Q(settled_at__isnull=True),
            ),
            models.Index(fields=["heard_at"], name="unclear_by_age"),
        ]

    def __str__(self) -> str:
        return f"unclear {self.pk}"


class TaughtWord(models.Model):
    """A word that means a command; it counts once a second person has approved it."""

    word = models.CharField(max_length=40)
    voice = models.CharField(max_length=3)
    intent = models.CharField(max_length=16)
    unclear = models.ForeignKey(
        Unclear, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=WordState.choices, default=WordState.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["word"],
                condition=~models.Q(state="refused"),
                name="a_word_means_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=WordState.values), name="word_state"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="words_to_review")]

    def __str__(self) -> str:
        return f"{self.word} → {self.intent}"
