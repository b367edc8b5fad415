"""The texts of a number, to and fro: each look is on record. Beside them, a phone to try."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice.desk import Desk, at_desk, page_of, place, region_choices, show
from taawon.backoffice.outbox import without_secrets
from taawon.backoffice.rehearsal import rehearsed
from taawon.backoffice.texting import CAME_IN, ON_ITS_WAY, REPORTED, VOICES, FindForm, TryForm
from taawon.conversations import queries
from taawon.conversations.models import Dialogue
from taawon.conversations.queries import ThreadText
from taawon.conversations.services import dialogues
from taawon.core.errors import Invalid
from taawon.core.phone import masked
from taawon.messaging.models import Fate, InboundText, Lane, Message
from taawon.sms.asking import holds_a_code


@require_safe
@at_desk(team.is_agent)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    region = desk.where(request)
    page = page_of(request, queries.dialogues(by=desk.actor, region=region))
    spoken = queries.speak_for(one.phone for one in page)
    return show(
        request,
        desk,
        "conversations",
        "conversations",
        page=page,
        count=page.paginator.count,
        form=FindForm(),
        region=region,
        regions=region_choices(desk),
        rows=[
            {
                "dialogue": one,
                "masked": masked(one.phone),
                "voice": VOICES.get(one.voice, "—"),
                "speaks": _speaks(spoken.get(one.phone, [])),
            }
            for one in page
        ],
    )


def _speaks(found: list[queries.SpeaksFor]) -> list[dict[str, Any]]:
    return [{"for": one, "place": place(one.region_code)} for one in found]


@require_POST
@at_desk(team.is_agent)
def find(request: HttpRequest, desk: Desk) -> HttpResponse:
    """By phone, in the body of the request: numbers stand in no address."""
    try:
        found = dialogues.read_of(request.POST.get("phone", "")[:24], by=desk.actor)
    except Invalid as refusal:
        messages.warning(request, str(refusal))
        return redirect("backoffice:conversations")
    if found is None:
        messages.warning(request, _("There are no texts of this number that you may read."))
        return redirect("backoffice:conversations")
    return _page(request, desk, found, is_open=True)


@require_safe
@at_desk(team.is_agent)
def conversation(request: HttpRequest, desk: Desk, dialogue: int) -> HttpResponse:
    return _page(request, desk, queries.dialogue(dialogue, by=desk.actor), is_open=False)


@require_POST
@at_desk(team.is_agent)
def read(request: HttpRequest, desk: Desk, dialogue: int) -> HttpResponse:
    """The same page with number and texts: that is on record."""
    return _page(request, desk, dialogues.read(dialogue, by=desk.actor), is_open=True)


@require_POST
@at_desk(team.is_agent)
def attempt(request: HttpRequest, desk: Desk, dialogue: int) -> HttpResponse:
    """What the line would answer to a text from this phone; nothing is changed."""
    is_open = bool(request.POST.get("open"))
    look = dialogues.read if is_open else queries.dialogue
    found = look(dialogue, by=desk.actor)
    form = TryForm(request.POST)
    told = rehearsed(found, form.cleaned_data["text"]) if form.is_valid() else None
    return _page(request, desk, found, is_open=is_open, form=form, told=told)


def _page(
    request: HttpRequest,
    desk: Desk,
    found: Dialogue,
    *,
    is_open: bool,
    form: TryForm | None = None,
    told: dict[str, Any] | None = None,
) -> HttpResponse:
    before = _before(request.POST.get("before", ""))
    texts, earlier = queries.thread(found.phone, before=before) if is_open else ([], False)
    return show(
        request,
        desk,
        "conversation",
        "conversations",
        status=422 if form is not None and form.errors else 200,
        talk=found,
        masked=masked(found.phone),
        voice=VOICES.get(found.voice, "—"),
        speaks=_speaks(queries.speak_for([found.phone]).get(found.phone, [])),
        is_open=is_open,
        bubbles=[bubble(one, _code_since(found)) for one in texts],
        earlier=texts[0].at.isoformat() if earlier else "",
        form=form or TryForm(),
        told=told,
    )


def _before(written: str) -> datetime | None:
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment if moment and is_aware(moment) else None


def _code_since(found: Dialogue) -> datetime | None:
    """Since when an answer may hold a code that still counts: nobody else may read it."""
    if dialogues.awaited(found) is None or found.awaited_until is None:
        return None
    return found.awaited_until - dialogues.CODE_LIVES - timedelta(minutes=1)


def bubble(one: ThreadText, code_since: datetime | None) -> dict[str, Any]:
    """A text as it is shown; codes and the ends of links are not."""
    if one.inbound is not None:
        text = one.inbound
        wrong = text.state in (InboundText.State.IGNORED, InboundText.State.FAILED)
        hidden = code_since is not None and holds_a_code(text.text) and one.at >= code_since
        shown = "" if hidden else text.text
        said = {"text": shown, "state": CAME_IN[text.state], "tone": "error" if wrong else ""}
        return {"came": True, "at": one.at, "language": "", "segments": 0, **said} | {
            "in_doubt": False,
            "trouble": "",
        }
    message = one.outbound
    assert message is not None
    hidden = code_since is not None and message.lane == Lane.REPLY and one.at >= code_since
    return {
        "came": False,
        "at": message.sent_at or one.at,
        "text": "" if hidden else without_secrets(message),
        "language": message.language,
        "state": fate_of(message),
        "tone": _tone(message),
        "segments": message.segments,
        "in_doubt": message.in_doubt,
        "trouble": message.trouble,
    }


def fate_of(message: Message) -> Any:
    """How far it came: the report of the operator, once it has left."""
    if message.state == Message.State.SENT and message.fate in REPORTED:
        return REPORTED[message.fate]
    return ON_ITS_WAY[message.state]


def _tone(message: Message) -> str:
    if message.state == Message.State.FAILED or message.fate == Fate.LOST:
        return "error"
    return "" if message.state == Message.State.SENT else "plain"
