"""A text that was stored is answered: by whom it was written decides how."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from taawon.accounts import queries as people
from taawon.accounts.models import Person
from taawon.conversations.models import Dialogue
from taawon.conversations.services import exchanges, tickets
from taawon.conversations.services.exchanges import Said
from taawon.cooperatives import invitations
from taawon.cooperatives.invitations import Offer
from taawon.core.actor import Actor, Channel
from taawon.messaging import inbox
from taawon.messaging import services as messaging
from taawon.messaging.models import Lane
from taawon.sms import asking, invited, says, strangers
from taawon.sms.language import Understanding, understand
from taawon.sms.lexicons import current
from taawon.sms.turns import Reply, Turn

log = logging.getLogger(__name__)
_OF_PAGES = ("fr", "ar", "zgh", "en")


def handle(inbound_id: int) -> None:
    """Answer a stored text; what breaks is tried again by the clock, and never lost."""
    try:
        exchanges.answer(inbound_id, _answer)
    except Exception:
        log.exception("Inbound text %d was not handled", inbound_id)
        if row := inbox.failed(inbound_id):
            by = Actor(person_id=None, channel=Channel.SMS)
            tickets.open_ticket(row.sender, row.text, cooperative_id=None, by=by)
            key = f"sms.inbound:{inbound_id}:reply"
            messaging.queue(row.sender, says.say("broken", "fr"), key=key, lane=Lane.REPLY)


def handle_left_over() -> int:
    """What a crash left behind; how many."""
    waiting = inbox.left_over()
    for inbound_id in waiting:
        handle(inbound_id)
    return len(waiting)


def explain(phone: str, text: str) -> dict[str, Any]:
    """{"intent", "args", "question", "reply"}: what would be done and said; nothing is changed."""
    told: dict[str, Any] = {}

    def answer(dialogue: Dialogue, phone: str, text: str, inbound_id: int) -> Said:
        understood = understand(text, current())
        turn, reply, said = _turn_of(dialogue, phone, text, understood, inbound_id)
        told.update(_told(understood, turn, reply, said.words))
        return said

    said = exchanges.rehearse(phone, text, answer)
    return {**told, "reply": said.words}


def _answer(dialogue: Dialogue, phone: str, text: str, inbound_id: int) -> Said:
    understood = understand(text, current())
    return _turn_of(dialogue, phone, text, understood, inbound_id)[2]


def _turn_of(
    dialogue: Dialogue, phone: str, text: str, understood: Understanding, inbound_id: int
) -> tuple[Turn, Reply | None, Said]:
    person = people.by_phone(phone)
    if person is None or not person.is_active:
        person = None
    offers = invitations.waiting_for(phone)
    own = person.language if person else _asked_in(offers)
    turn = _turn(dialogue, person, phone, text, understood, own)
    turn.rehearsed = not inbound_id
    answerer = strangers.answer if person is None else asking.answer
    reply = invited.answer(dialogue, turn, understood, offers) or answerer(
        dialogue, turn, understood, inbound_id
    )
    dialogue.voice = (reply and reply.voice) or turn.voice
    words = says.say(reply.sentence, dialogue.voice, **reply.facts) if reply else ""
    return turn, reply, Said(words, turn.language)


def _asked_in(offers: Sequence[Offer]) -> str:
    """The language that an agent chose for somebody whom nobody knows yet."""
    return offers[-1].language if offers else "fr"


def _turn(
    dialogue: Dialogue,
    person: Person | None,
    phone: str,
    text: str,
    understood: Understanding,
    own: str,
) -> Turn:
    """Answered as it was written; digits alone are answered as before."""
    voice = understood.voice or dialogue.voice or own
    return Turn(
        person_id=person.pk if person else 0,
        phone=phone,
        voice=voice,
        language=voice if voice in _OF_PAGES else own,
        args=dict(understood.args),
        text=text,
    )


def _told(understood: Understanding, turn: Turn, reply: Reply | None, words: str) -> dict[str, Any]:
    asks = turn.intent is None and reply is not None
    args = {name: fact for name, fact in turn.args.items() if name != "verb"}
    return {
        "intent": turn.intent,
        "args": args if turn.intent else {},
        "question": words if asks else None,
    }
