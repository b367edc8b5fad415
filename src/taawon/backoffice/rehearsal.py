"""A phone to try: what the line would do and say, in words. Nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from taawon.backoffice.texting import COMMANDS, STOPS, VOICES
from taawon.conversations.models import Dialogue
from taawon.conversations.services import dialogues
from taawon.sms import line
from taawon.sms.asking import holds_a_code
from taawon.web import numbers

ARGS: Mapping[str, str | Promise] = {
    "order": pgettext_lazy("a purchase", "Order"),
    "product": _("Product"),
    "quantity": _("Packs"),
    "price_centimes": _("Price"),
    "period": _("Period"),
    "reason": _("Reason"),
    "tracking": _("Tracking number"),
    "topic": _("Topic"),
    "language": _("Language"),
}
PERIODS: Mapping[str, str | Promise] = {
    "today": _("today"),
    "week": _("the last seven days"),
    "month": _("the last thirty days"),
}


def rehearsed(dialogue: Dialogue, text: str) -> dict[str, Any]:
    """{"intent", "args", "asks", "reply", "refused"}: words to show."""
    if _guesses_a_code(dialogue, text):
        # Tries that count for nothing would find it out.
        refused = gettext("A code is awaited from this phone: codes cannot be tried here.")
        return {"intent": "", "args": [], "asks": False, "reply": "", "refused": refused}
    told = line.explain(dialogue.phone, text)
    intent = told["intent"]
    return {
        "intent": {**COMMANDS, **STOPS}.get(intent, intent) if intent else "",
        "args": [(ARGS[name], _fact(name, fact)) for name, fact in _known(told["args"])],
        "asks": told["question"] is not None,
        "reply": told["reply"],
        "refused": "",
    }


def _known(args: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, args[name]) for name in ARGS if args.get(name) not in (None, "")]


def _fact(name: str, fact: Any) -> str:
    if name == "price_centimes":
        return numbers.amount(int(fact))
    return str({**PERIODS, **VOICES}.get(str(fact), fact))


def _guesses_a_code(dialogue: Dialogue, text: str) -> bool:
    return dialogues.awaited(dialogue) is not None and holds_a_code(text)
