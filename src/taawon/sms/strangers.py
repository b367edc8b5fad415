"""A number that nobody knows gets one answer, on how to join; a stop and a call for help count."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from taawon.conversations.models import Dialogue
from taawon.conversations.services import dialogues
from taawon.sms import asking, customers
from taawon.sms.language import Understanding
from taawon.sms.turns import Reply, Turn

ANSWERED_AGAIN_AFTER = timedelta(days=30)
OPEN_TO_ALL = ("STOP", "STOP_ALL", "START", "AGENT")


def answer(
    dialogue: Dialogue, turn: Turn, understood: Understanding, inbound_id: int
) -> Reply | None:
    answers = dialogues.awaited(dialogue) or asking.is_pressed(dialogue, turn, understood)
    if understood.intent in OPEN_TO_ALL or answers:
        return asking.answer(dialogue, turn, understood, inbound_id)
    if told := customers.about_the_last_order(turn):
        return told
    now = timezone.now()
    if understood.intent == "HELP":
        dialogue.welcomed_at = None
    if dialogue.welcomed_at and dialogue.welcomed_at > now - ANSWERED_AGAIN_AFTER:
        return None
    dialogue.welcomed_at = now
    return Reply("stranger", {"site": settings.SITE_URL})
