from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import NotAllowed, Refused


class WrongTicketState(Refused):
    code = "wrong-ticket-state"
    text = _("This request is %(state)s already.")


class TakenByColleague(Refused):
    """`name`: who was faster."""

    code = "taken-by-colleague"
    text = _("%(name)s has taken this call on already.")


class OwnProposal(NotAllowed):
    """Four eyes: a word counts when somebody else than who proposed it has read it."""

    code = "own-proposal"
    text = _("Somebody else must review the word that you proposed.")


class WordTaken(Refused):
    code = "word-taken"
    text = _("This word is already understood, or was proposed before.")


class WordDecided(Refused):
    code = "word-decided"
    text = _("This word was decided on already.")
