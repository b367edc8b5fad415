"""A command is run: for which cooperative, with a code where it is risky, and to be undone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation

from taawon.accounts.services import confirmations
from taawon.conversations.models import Dialogue
from taawon.conversations.services import dialogues, exchanges
from taawon.cooperatives import queries as cooperatives
from taawon.core.errors import NotAllowed, Refused, TooMany
from taawon.messaging.fitting import Name
from taawon.orders.states import State
from taawon.sms import commands, customers, says, shop
from taawon.sms.commands.accept import waiting_choices
from taawon.sms.shop import Answered
from taawon.sms.turns import Choice, Reply, Turn

# What is asked about an order once the cooperative is known; nothing is done.
ABOUT = "ABOUT"
# Stands where a code would: whoever rehearses a text has none to read out.
NO_CODE = "0000"


def run(dialogue: Dialogue, turn: Turn, intent: str) -> Reply:
    """The reply of a command, whatever comes of it."""
    dialogue.misunderstood = 0
    if intent == "CHOOSE":
        return _chosen(dialogue, turn)
    if intent == ABOUT:
        return about_an_order(dialogue, turn, turn.args)
    command = commands.find(intent)
    shops = cooperatives.shops_of(turn.person_id)
    turn.intent = intent
    stopped = _which_cooperative(dialogue, turn, intent, shops, needed=command.FOR_SHOP)
    if stopped is not None:
        return stopped
    reply = _attempt(dialogue, turn, intent)
    if reply.risky:
        return _with_code(dialogue, turn, intent, reply)
    remember(dialogue, reply.choices, turn.cooperative_id)
    if reply.undo is not None:
        dialogues.can_be_undone(dialogue, {**reply.undo, "cooperative": turn.cooperative_id})
    elif reply.final:
        dialogues.can_be_undone(dialogue, None)
    if reply.undo is not None or reply.final:
        # Whoever went on without the code means what came after it.
        dialogues.await_code(dialogue, None)
    return reply


def remember(dialogue: Dialogue, choices: Sequence[Choice], cooperative_id: int = 0) -> None:
    """What a digit answers from now on, for a cooperative; nothing, where nothing was asked."""
    options = [choice.as_json() for choice in choices]
    question = {"options": options, "cooperative": cooperative_id}
    dialogues.ask(dialogue, question if options else None)


def bound_to(dialogue: Dialogue, turn: Turn, cooperative_id: int) -> Reply | None:
    """What was asked is done for that cooperative alone; not yours any more: nothing is done."""
    if not cooperative_id:
        return None
    shops = {one.id: one for one in cooperatives.shops_of(turn.person_id)}
    if cooperative_id not in shops or shops[cooperative_id].in_dispute:
        remember(dialogue, ())
        return Reply("in_dispute" if cooperative_id in shops else "not_yours")
    dialogues.choose(dialogue, cooperative_id)
    return None


def menu(whats: Sequence[str], voice: str) -> Name:
    rows = [says.say("option", voice, n=n, what=what) for n, what in enumerate(whats, 1)]
    return Name(says.listed(rows, voice))


def about_an_order(dialogue: Dialogue, turn: Turn, args: Mapping[str, Any]) -> Reply:
    """A number alone, or a yes that was none: what the order is, and what can be done."""
    shops = cooperatives.shops_of(turn.person_id)
    turn.args = dict(args)
    if stop := _which_cooperative(dialogue, turn, ABOUT, shops, needed=True):
        return stop
    try:
        order = shop.order_of(turn, State.PLACED)
    except Answered as answered:
        remember(dialogue, ())
        return answered.reply
    facts: dict[str, Any] = {"order": order.number}
    choices = waiting_choices(order.number) if order.state == State.PLACED else ()
    remember(dialogue, choices, turn.cooperative_id)
    alone = "".join(sign for sign in turn.text if sign.isalnum())
    if order.state == State.PLACED and not alone.isdecimal():
        return Reply("order_unclear", facts)
    facts |= {"lines": shop.lines_of(order, turn), "total": order.total}
    if order.state == State.PLACED:
        return Reply("order_ask", facts)
    return Reply("order_is", facts | {"state": says.state(order.state, turn.voice)})


def subject_of(command: Mapping[str, Any]) -> str:
    """What a code is bound to: this command, with all that belongs to it."""
    written = json.dumps(command, sort_keys=True, default=str)
    return f"sms:{hashlib.sha256(written.encode()).hexdigest()[:40]}"


def _attempt(dialogue: Dialogue, turn: Turn, intent: str) -> Reply:
    undo = dialogues.undoable(dialogue) if intent == "CANCEL" else None
    try:
        if undo is not None:
            return exchanges.attempt(lambda: _undo(dialogue, turn, undo))
        reply: Reply = exchanges.attempt(lambda: commands.find(intent).run(turn))
        return reply
    except Answered as answered:
        return answered.reply
    except NotAllowed:
        return Reply("not_allowed")
    except Refused as refusal:
        with translation.override(turn.language):
            return Reply("refused_because", {"reason": Name(str(refusal))})


def _undo(dialogue: Dialogue, turn: Turn, undo: Mapping[str, Any]) -> Reply:
    """Only what was done for the cooperative that is meant now, and the order that is named."""
    named = turn.args.get("order")
    if undo["cooperative"] != turn.cooperative_id or named not in (None, undo.get("order")):
        return Reply("nothing_to_undo")
    reply: Reply = commands.find(undo["intent"]).undo(turn, undo)
    dialogues.can_be_undone(dialogue, None)
    return reply


def _with_code(dialogue: Dialogue, turn: Turn, intent: str, reply: Reply) -> Reply:
    """The code goes to the registered number: whoever forged the sender never reads it."""
    args = {name: fact for name, fact in turn.args.items() if name != "verb"}
    awaited = {"intent": intent, "args": args, "cooperative": turn.cooperative_id}
    if turn.rehearsed:
        return Reply(reply.sentence, {**reply.facts, "code": NO_CODE})
    try:
        code = confirmations.issue(turn.phone, subject_of(awaited))
    except TooMany as refusal:
        return Reply("too_many_codes", {"minutes": refusal.facts["wait_minutes"]})
    dialogues.await_code(dialogue, awaited)
    return Reply(reply.sentence, {**reply.facts, "code": code})


def _which_cooperative(
    dialogue: Dialogue,
    turn: Turn,
    intent: str,
    shops: Sequence[cooperatives.ShopOf],
    *,
    needed: bool,
) -> Reply | None:
    """Fill in the cooperative; where it must be asked, or there is none, the reply that says so."""
    known = {one.id: one for one in shops}
    chosen = dialogues.chosen(dialogue)
    if len(known) == 1 or chosen in known:
        turn.cooperative_id = chosen if chosen in known else next(iter(known))
        dialogues.choose(dialogue, turn.cooperative_id)
        if needed and known[turn.cooperative_id].in_dispute:
            return Reply("in_dispute")
        with_shop = known[turn.cooperative_id].state
        return None if with_shop or not needed else Reply("no_shop")
    if not needed:
        return None
    if not known:
        return customers.answer(turn)
    args = {name: fact for name, fact in turn.args.items() if name != "verb"}
    choices = [
        Choice("CHOOSE", {"cooperative": one.id, "intent": intent, "args": args}) for one in shops
    ]
    remember(dialogue, choices)
    turn.intent = None
    names = [Name(spoken_name(one, turn)[:24]) for one in shops]
    return Reply("which_cooperative", {"options": menu(names, turn.voice)})


def spoken_name(one: cooperatives.ShopOf, turn: Turn) -> str:
    with translation.override(turn.language):
        return one.name


def _chosen(dialogue: Dialogue, turn: Turn) -> Reply:
    """The cooperative was asked, and pressed: the command goes on."""
    wish = turn.args
    if stop := bound_to(dialogue, turn, int(wish["cooperative"])):
        return stop
    turn.args = dict(wish["args"])
    return run(dialogue, turn, str(wish["intent"]))
