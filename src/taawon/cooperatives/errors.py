"""Why the directory says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid, Refused


class AlreadyClaimed(Refused):
    code = "already-claimed"
    text = _(
        "You have already asked for this cooperative. The national team will answer."
    )


class AlreadyMember(Refused):
    code = "already-member"
    text = _("This person already belongs to the cooperative.")


class AlreadyDecided(Refused):
    code = "already-decided"
    text = _("This request has already been decided.")


class LastPresident(Refused):
    code = "last-president"
    text = _("A cooperative keeps at least one president. Name another one first.")


class PaperNeeded(Invalid):
    code = "paper-needed"
    text = _("Add at least one paper: the registration or the minutes that name you.")


class BadPaper(Invalid):
    code = "bad-paper"
    text = _("This file is not a PDF or a picture of at most 10 MB.")


class CannotSell(Refused):
    code = "cannot-sell"
    text = _("A cooperative that is “%(status)s” cannot open a shop.")
