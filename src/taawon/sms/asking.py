"""In which order a text is looked at: awaited code, stop, digit of a menu, verb, question."""

from __future__ import annotations

import re
from typing import Any

from taawon.accounts.services import confirmations
from taawon.conversations.models import Dialogue
from taawon.conversations.services import dialogues, words
from taawon.cooperatives import queries as cooperatives
from taawon.core.money import Money
from taawon.messaging.rules import segments
from taawon.sms import customers, doing, says
from taawon.sms.language import Understanding
from taawon.sms.language.normalise import normalise
from taawon.sms.language.tokens import tokens_of, words_of
from taawon.sms.language.understanding import STOPS, Option
from taawon.sms.lexicons import current
from taawon.sms.turns import Choice, Reply, Turn

CODE_LETTERS = 4
# "mon code est 8315"
_CODE = re.compile(r"\b(?:code|kod|رمز|الرمز|القن)\b\D{0,12}\b(\d{4})\b")
MOST_CHOICES = 4
_ABOUT_A_CODE = ("ACCEPT", "REFUSE", "CANCEL")
_ABOUT_AN_ORDER = (["ACCEPT"], ["ACCEPT", "REFUSE"])


def answer(
    dialogue: Dialogue, turn: Turn, understood: Understanding, inbound_id: int
) -> Reply | None:
    awaited = dialogues.awaited(dialogue)
    if awaited and (reply := _about_a_code(dialogue, turn, understood, awaited)):
        return reply
    if understood.intent in STOPS:
        return doing.run(dialogue, turn, understood.intent or "")
    if chosen := _pressed(dialogue, understood, _digits(turn.text)):
        return _do_what_was_pressed(dialogue, turn, chosen)
    if understood.intent is not None:
        return doing.run(dialogue, turn, understood.intent)
    if understood.options:
        return _ask(dialogue, turn, understood.options)
    return _lost(dialogue, turn, inbound_id)


def _about_a_code(
    dialogue: Dialogue, turn: Turn, understood: Understanding, awaited: dict[str, Any]
) -> Reply | None:
    tidy = normalise(turn.text)
    digits = _digits(turn.text)
    if named := _CODE.search(tidy):
        digits = named[1]
    elif not any(sign.isalpha() for sign in tidy):
        digits = "".join(sign for sign in tidy if sign.isdigit())
    if len(digits) == CODE_LETTERS:
        return _code(dialogue, turn, awaited, digits)
    if _is_about_its_code(understood, awaited):
        return _without_its_code(dialogue, understood.intent or "")
    return None


def _do_what_was_pressed(dialogue: Dialogue, turn: Turn, chosen: dict[str, Any]) -> Reply:
    question = dialogues.pending(dialogue) or {}
    if stop := doing.bound_to(dialogue, turn, question.get("cooperative", 0)):
        return stop
    turn.args = dict(chosen["args"])
    return doing.run(dialogue, turn, chosen["intent"])


def _is_about_its_code(understood: Understanding, awaited: dict[str, Any]) -> bool:
    """A yes, a no or a CANCEL, alone or of the very order that waits."""
    same = understood.args == {"order": awaited["args"].get("order")}
    return understood.intent in _ABOUT_A_CODE and (
        not understood.args or (same and understood.intent == "CANCEL")
    )


def _without_its_code(dialogue: Dialogue, intent: str) -> Reply:
    """A yes alone confirms nothing, and accepts no order meanwhile; a no leaves it."""
    if intent == "ACCEPT":
        return Reply("code_first")
    dialogues.await_code(dialogue, None)
    return Reply("code_dropped")


def is_pressed(dialogue: Dialogue, turn: Turn, understood: Understanding) -> bool:
    """Whether the text is the digit that was asked for."""
    digits = _digits(turn.text)
    return bool(digits) and _pressed(dialogue, understood, digits) is not None


def _digits(text: str) -> str:
    tidy = normalise(text).strip(" .!?#*")
    return tidy if tidy.isascii() and tidy.isdigit() else ""


def _code(dialogue: Dialogue, turn: Turn, awaited: dict[str, Any], digits: str) -> Reply:
    left = confirmations.tries_left(turn.phone, digits, doing.subject_of(awaited))
    if left is None:
        dialogues.await_code(dialogue, None)
        turn.args = dict(awaited["args"])
        turn.confirmed = True
        if stop := doing.bound_to(dialogue, turn, awaited["cooperative"]):
            return stop
        return doing.run(dialogue, turn, awaited["intent"])
    if left == 0:
        dialogues.await_code(dialogue, None)
        return Reply("dead_code")
    return Reply("wrong_code", {"left": left})


def _pressed(dialogue: Dialogue, understood: Understanding, digits: str) -> dict[str, Any] | None:
    """The line of the menu; a plain yes presses the only one there is."""
    question = dialogues.pending(dialogue)
    if question is None:
        return None
    options = question["options"]
    if digits and len(digits) <= 2 and 1 <= int(digits) <= len(options):
        return dict(options[int(digits) - 1])
    yes = understood.intent == "ACCEPT" and not understood.args
    return dict(options[0]) if yes and len(options) == 1 else None


def _ask(dialogue: Dialogue, turn: Turn, options: tuple[Option, ...]) -> Reply:
    choices = tuple(Choice(option.intent, option.args) for option in options[:MOST_CHOICES])
    intents = [choice.intent for choice in choices]
    orders = {choice.args.get("order") for choice in choices}
    if intents in _ABOUT_AN_ORDER and len(orders) == 1:
        return doing.about_an_order(dialogue, turn, choices[0].args)
    if len(choices) == 1 and _only_tells(choices[0]):
        return _told(dialogue, turn, choices[0])
    whats = _that_fit([_what(choice, turn) for choice in choices], turn)
    doing.remember(dialogue, choices[: len(whats)])
    if len(choices) == 1:
        stop = normalise(turn.text).split()[:1] == ["stop"]
        return Reply("did_you_mean_stop" if stop else "did_you_mean", {"what": whats[0]})
    return Reply("which_verb", {"options": doing.menu(whats, turn.voice)})


def _only_tells(choice: Choice) -> bool:
    """ "stock 3" and "prix" change nothing: they are answered at once."""
    lacking = {"STOCK": "quantity", "PRICE": "price_centimes"}.get(choice.intent)
    return choice.intent == "HELP" or (lacking is not None and lacking not in choice.args)


def _told(dialogue: Dialogue, turn: Turn, choice: Choice) -> Reply:
    turn.args = dict(choice.args)
    reply = doing.run(dialogue, turn, choice.intent)
    turn.intent = None
    return reply


def _that_fit(whats: list[str], turn: Turn) -> list[str]:
    """A menu is never cut: what does not fit is left out, the last first."""

    def fits(some: list[str]) -> bool:
        options = str(doing.menu(some, turn.voice))
        return segments(says.say("which_verb", turn.voice, options=options)) == 1

    return next((whats[:n] for n in range(len(whats), 1, -1) if fits(whats[:n])), whats[:1])


def _what(choice: Choice, turn: Turn) -> str:
    facts = {"order": "", "product": "", "quantity": "", "amount": "", "topic": "", **choice.args}
    if "price_centimes" in choice.args:
        facts["amount"] = Money(choice.args["price_centimes"])
    if "topic" in choice.args:
        facts["topic"] = says.verb(choice.args["topic"], turn.voice)
    name = f"what_{choice.intent}"
    if "period" in choice.args:
        name = f"{name}_{choice.args['period']}"
    return says.say(name, turn.voice, **facts).strip()


def _lost(dialogue: Dialogue, turn: Turn, inbound_id: int) -> Reply:
    sells = bool(cooperatives.shops_of(turn.person_id))
    if sells and _only_greets(turn.text):
        return Reply("greeted")
    dialogue.misunderstood += 1
    if inbound_id and not (dialogues.awaited(dialogue) and holds_a_code(turn.text)):
        words.note_unclear(inbound_id, turn.text, turn.voice)
    if not sells:
        return customers.answer(turn)
    again = dialogue.misunderstood > 1
    return Reply("not_understood_again" if again else "not_understood")


def _only_greets(text: str) -> bool:
    tokens = tokens_of(words_of(text), current())
    return bool(tokens) and all(token.role in ("polite", "thanks") for token in tokens)


def holds_a_code(text: str) -> bool:
    """Whether somebody who reads it could find a code in it."""
    return sum(sign.isdecimal() for sign in text) >= CODE_LETTERS
