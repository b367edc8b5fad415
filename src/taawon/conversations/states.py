"""The lives of a ticket and of a proposed word."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TicketState(models.TextChoices):
    OPEN = "open", _("To call back")
    TAKEN = "taken", _("In hand")
    CLOSED = "closed", _("Settled")


class WordState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


NEXT: dict[TicketState, frozenset[TicketState]] = {
    TicketState.OPEN: frozenset({TicketState.TAKEN, TicketState.CLOSED}),
    TicketState.TAKEN: frozenset({TicketState.OPEN, TicketState.CLOSED}),
    TicketState.CLOSED: frozenset(),
}
