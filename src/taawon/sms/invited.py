"""A number that an agent has checked is asked for a yes, and opens a shop by it.

A plain yes or no answers. Whoever speaks for a cooperative already may mean an order by it, and is
asked. Everything else from a newcomer gets the question again.
"""

from __future__ import annotations

from collections.abc import Sequence

from taawon.conversations.models import Dialogue
from taawon.conversations.services import dialogues
from taawon.cooperatives import queries as cooperatives
from taawon.cooperatives.invitations import Offer
from taawon.messaging.fitting import Name
from taawon.sms import asking, doing, says
from taawon.sms.language import Understanding
from taawon.sms.language.tokens import tokens_of, words_of
from taawon.sms.lexicons import current
from taawon.sms.strangers import OPEN_TO_ALL
from taawon.sms.turns import Choice, Reply, Turn

_POLITE = ("verb", "polite", "thanks")
_ANSWERS = {"ACCEPT": "JOIN", "REFUSE": "DECLINE"}


def answer(
    dialogue: Dialogue, turn: Turn, understood: Understanding, offers: Sequence[Offer]
) -> Reply | None:
    """None where the text is answered like any other."""
    if not offers or understood.intent in OPEN_TO_ALL or dialogues.awaited(dialogue):
        return None
    meant = _meant(turn, understood)
    if cooperatives.shops_of(turn.person_id):
        asks = meant and not _other_question(dialogue)
        return _ask_a_member(dialogue, turn, offers[0]) if asks else None
    if not meant and asking.is_pressed(dialogue, turn, understood):
        return None
    if len(offers) > 1:
        return _which(dialogue, turn, meant or "JOIN", offers)
    if not meant:
        doing.remember(dialogue, ())
        return Reply("invited", {"name": _name(offers[0], turn)})
    turn.args = {"invitation": offers[0].id}
    return doing.run(dialogue, turn, meant)


def _meant(turn: Turn, understood: Understanding) -> str:
    if _is_polite_yes(turn.text):
        return "JOIN"
    return "" if understood.args else _ANSWERS.get(understood.intent or "", "")


def _is_polite_yes(text: str) -> bool:
    """A yes with a thank-you, which alone would accept no order; every word spelt right."""
    if text.rstrip().endswith(("?", "؟")):
        return False
    tokens = tokens_of(words_of(text), current())
    said = {token.value for token in tokens if token.role == "verb"}
    plain = all(not token.edits and token.role in _POLITE for token in tokens)
    return said == {"ACCEPT"} and plain


def _other_question(dialogue: Dialogue) -> bool:
    """Something else was asked, and a yes may answer that."""
    question = dialogues.pending(dialogue) or {"options": ()}
    intents = {option["intent"] for option in question["options"]}
    return bool(intents) and "JOIN" not in intents


def _which(dialogue: Dialogue, turn: Turn, intent: str, offers: Sequence[Offer]) -> Reply:
    most = offers[: asking.MOST_CHOICES]
    doing.remember(dialogue, [Choice(intent, {"invitation": one.id}) for one in most])
    names = [Name(_name(one, turn)[:24]) for one in most]
    sentence = "which_to_decline" if intent == "DECLINE" else "which_to_open"
    return Reply(sentence, {"options": doing.menu(names, turn.voice)})


def _ask_a_member(dialogue: Dialogue, turn: Turn, offer: Offer) -> Reply:
    chosen = {"invitation": offer.id}
    doing.remember(dialogue, [Choice("JOIN", chosen), Choice("DECLINE", chosen)])
    verb = says.verb("ACCEPT", turn.voice)
    return Reply("invited_member", {"name": _name(offer, turn), "verb": verb})


def _name(offer: Offer, turn: Turn) -> Name:
    return Name(offer.name(turn.language))
