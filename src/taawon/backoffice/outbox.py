"""Messages on their way out, without numbers, codes and the secrets of links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
from taawon.accounts.services import outbox
from taawon.backoffice import files
from taawon.backoffice.desk import Desk, at_desk, done, page_of, show
from taawon.conversations.services import dialogues
from taawon.core.phone import masked
from taawon.messaging import queries
from taawon.messaging.models import Lane, Message
from taawon.web.exports import Row

STATES: dict[str, str | Promise] = {
    Message.State.QUEUED: gettext_lazy("waiting"),
    Message.State.SENDING: gettext_lazy("being sent"),
    Message.State.SENT: gettext_lazy("sent"),
    Message.State.FAILED: gettext_lazy("failed"),
}
_FOUR = re.compile(r"(?:\d[ .-]?){4}")
# Whoever has the end of such a link can open the order.
_SECRET = re.compile(r"\?\S+")


@require_safe
@at_desk(team.may_manage_people)
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    found = queries.in_state(*([state] if state else []))
    if files.wanted(request):
        return files.answer(request, "messages", headings(), file_rows(found))
    page = page_of(request, found)
    return show(
        request,
        desk,
        "messages",
        "messages",
        page=page,
        count=page.paginator.count,
        state=state,
        states=STATES.items(),
        rows=[
            {
                "message": message,
                "to": hidden(message.to),
                "text": text_of(message),
                "state": STATES[message.state],
                "may_retry": message.state == Message.State.FAILED
                and message.lane not in (Lane.CODE, Lane.CAMPAIGN)
                and bool(message.text),
            }
            for message in page
        ],
    )


def hidden(to: str) -> str:
    """The last two digits of a phone; the first letter and the domain of an e-mail."""
    if "@" not in to:
        return masked(to) if to else "—"
    name, _at, domain = to.partition("@")
    return f"{name[:1]}…@{domain}"


def may_hold_a_code(text: str, at: datetime, lane: int = Lane.REPLY) -> bool:
    """An answer of the last minutes with four digits."""
    late = timezone.now() - dialogues.CODE_LIVES - timedelta(minutes=1)
    return lane == Lane.REPLY and at > late and _FOUR.search(text) is not None


def text_of(message: Message) -> str:
    """What was written, as far as anybody may read it at any time."""
    if may_hold_a_code(message.text, message.queued_at, message.lane):
        return ""
    return without_secrets(message)


def without_secrets(message: Message) -> str:
    """Without the ends of links; nothing of a code that was sent alone."""
    return "" if message.lane == Lane.CODE else _SECRET.sub("?…", message.text)


def headings() -> list[str]:
    return [_("Number"), _("To"), _("By"), _("State"), _("Tries"), _("Queued on"), _("Text")]


def file_rows(found: Any) -> Iterator[Row]:
    states = {state: str(said) for state, said in STATES.items()}
    return (
        (
            message.pk,
            hidden(message.to),
            message.via,
            states[message.state],
            message.tries,
            message.queued_at,
            text_of(message),
        )
        for message in found.iterator(chunk_size=500)
    )


@require_POST
@at_desk(team.may_manage_people)
def retry(request: HttpRequest, desk: Desk, message: int) -> HttpResponse:
    done(
        request,
        lambda: outbox.retry(message, by=desk.actor),
        _("The message is on its way again."),
    )
    return redirect("backoffice:messages")
