"""The life of a campaign, and of its text to one person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a campaign", "draft")
    REVIEW = "review", pgettext_lazy("a campaign", "waiting for approval")
    SENDING = "sending", pgettext_lazy("a campaign", "being sent")
    PAUSED = "paused", pgettext_lazy("a campaign", "paused")
    STOPPED = "stopped", pgettext_lazy("a campaign", "stopped")
    DONE = "done", pgettext_lazy("a campaign", "finished")


class Who(models.TextChoices):
    MEMBERS = "members", _("members of cooperatives")
    CUSTOMERS = "customers", _("customers")
    EVERYBODY = "everybody", _("members and customers")


class Turn(models.TextChoices):
    """Where the text to one person stands."""

    WAITING = "waiting"
    QUEUED = "queued"
    HELD = "held"


class Held(models.TextChoices):
    """Why somebody of the audience is not written to."""

    LANDLINE = "landline", _("the number takes no texts")
    STOPPED = "stopped", _("stopped announcements")
    NO_CONSENT = "no-consent", _("never agreed to announcements")
    NO_TEXT = "no-text", _("no text in their language")


NEXT: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.REVIEW, State.SENDING}),
    State.REVIEW: frozenset({State.DRAFT, State.SENDING}),
    State.SENDING: frozenset({State.REVIEW, State.PAUSED, State.STOPPED, State.DONE}),
    State.PAUSED: frozenset({State.SENDING, State.STOPPED}),
    State.STOPPED: frozenset(),
    State.DONE: frozenset(),
}
# Its words and its audience stand; what came of it is still counted.
ENDED = (State.STOPPED, State.DONE)
