"""Texts that nobody understood, and the words that were proposed, reviewed and decided on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.backoffice.desk import Desk, at_desk, done, one_of, page_of, show
from taawon.backoffice.texting import COMMANDS, VOICES, TeachForm
from taawon.conversations import queries
from taawon.conversations.models import TaughtWord, Unclear
from taawon.conversations.services import words
from taawon.conversations.states import WordState
from taawon.sms.language.tokens import tokens_of, words_of
from taawon.sms.lexicons import current

TABS = ("learn", "review", "decided")
_LISTS: dict[str, Callable[[], Any]] = {
    "learn": queries.unclear,
    "review": queries.words_to_review,
    "decided": queries.decided_words,
}
# Numbers of phones stand in texts, too: they are nobody's business here.
_PHONE = re.compile(r"\+?\d(?:[ .-]?\d){7,}")


@require_safe
@at_desk()
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    tab = one_of(request, "show", TABS)
    page = page_of(request, _LISTS[tab]())
    return show(
        request,
        desk,
        "vocabulary",
        "vocabulary",
        page=page,
        count=page.paginator.count,
        tab=tab,
        tabs=_tabs(tab),
        texts=[_text(one) for one in page] if tab == "learn" else [],
        rows=[_word(desk, one) for one in page] if tab != "learn" else [],
    )


def _tabs(tab: str) -> list[dict[str, Any]]:
    base = reverse("backoffice:vocabulary")
    labels = (_("To learn from"), _("To review"), _("Decided words"))
    return [
        {"label": label, "url": f"{base}?show={name}", "current": name == tab, "count": 0}
        for name, label in zip(TABS, labels, strict=True)
    ]


def _text(one: Unclear) -> dict[str, Any]:
    choices = teachable(one.text)
    start = {"voice": one.voice}
    return {
        "one": one,
        "text": without_phones(one.text),
        "voice": VOICES.get(one.voice, "—"),
        "form": TeachForm(choices, initial=start, auto_id=f"{one.pk}-%s") if choices else None,
    }


def _word(desk: Desk, one: TaughtWord) -> dict[str, Any]:
    return {
        "word": one,
        "command": COMMANDS.get(one.intent, one.intent),
        "voice": VOICES.get(one.voice, one.voice),
        "text": without_phones(one.unclear.text) if _is_proposed(one) and one.unclear else "",
        "own": one.proposed_by_id == desk.person.pk,
        "proposer": _name(one.proposed_by),
        "decider": "" if _is_proposed(one) else _name(one.decided_by),
        "counts": one.state == WordState.APPROVED,
    }


def _is_proposed(one: TaughtWord) -> bool:
    return one.state == WordState.PROPOSED


def _name(person: Any) -> str:
    return (person.name if person else "") or "—"


def teachable(text: str) -> list[str]:
    """The words of a text that the line does not know, longest first, as the parser folds them."""
    known = current()
    found = {
        token.text
        for token in tokens_of(words_of(text), known)
        # A word that was only guessed is none that the line knows.
        if (token.role == "unknown" or token.edits)
        and 2 <= len(token.text) <= 40
        and token.text not in known.alone
    }
    return sorted(found, key=lambda word: (-len(word), word))


def without_phones(text: str) -> str:
    return _PHONE.sub("…", text)


@require_POST
@at_desk()
def teach(request: HttpRequest, desk: Desk, unclear: int) -> HttpResponse:
    """One click proposes; a second person's click makes it count."""
    form = TeachForm(teachable(queries.unclear_text(unclear).text), request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose a word and what it means."))
        return redirect("backoffice:vocabulary")
    asked = form.cleaned_data
    done(
        request,
        lambda: words.propose(
            asked["word"], asked["intent"], asked["voice"], unclear_id=unclear, by=desk.actor
        ),
        _("The word is proposed. It counts once a colleague has approved it."),
    )
    return redirect("backoffice:vocabulary")


@require_POST
@at_desk()
def put_aside(request: HttpRequest, desk: Desk, unclear: int) -> HttpResponse:
    done(
        request,
        lambda: words.dismiss(unclear, by=desk.actor),
        _("The text is put aside."),
    )
    return redirect("backoffice:vocabulary")


@require_POST
@at_desk()
def approve(request: HttpRequest, desk: Desk, word: int) -> HttpResponse:
    said = _("The word counts: within a minute the line understands it.")
    return _decided(request, lambda: words.approve(word, by=desk.actor), said, "review")


@require_POST
@at_desk()
def refuse(request: HttpRequest, desk: Desk, word: int) -> HttpResponse:
    said = _("The word is refused.")
    return _decided(request, lambda: words.refuse(word, by=desk.actor), said, "review")


@require_POST
@at_desk()
def withdraw(request: HttpRequest, desk: Desk, word: int) -> HttpResponse:
    said = _("The word is taken back: within a minute it counts no more.")
    return _decided(request, lambda: words.withdraw(word, by=desk.actor), said, "decided")


def _decided(
    request: HttpRequest, call: Callable[[], Any], said: str | Promise, tab: str
) -> HttpResponse:
    done(request, call, said)
    return redirect(f"{reverse('backoffice:vocabulary')}?show={tab}")
