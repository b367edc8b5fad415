"""LANGUE ARABE"""

from __future__ import annotations

from taawon.accounts.services import persons
from taawon.core.languages import LANGUAGES
from taawon.sms.turns import Reply, Turn

INTENTS = ("LANGUAGE",)
FOR_SHOP = False


def run(turn: Turn) -> Reply:
    """Darija in Latin letters is a way of writing here, and no language of the pages."""
    wanted = turn.args.get("language", "")
    if not wanted:
        return Reply("which_language")
    if wanted in LANGUAGES:
        persons.change_language(turn.person_id, wanted, by=turn.actor)
    return Reply("language", voice=wanted)
