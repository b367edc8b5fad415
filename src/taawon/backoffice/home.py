"""The first page: what waits, how the machines are, what happened last."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts.services import persons
from taawon.backoffice import told
from taawon.backoffice.counts import counts_and_health
from taawon.backoffice.desk import Desk, at_desk, show, speak
from taawon.backoffice.menu import may_open
from taawon.core.errors import Refused
from taawon.journal import queries as journal
from taawon.messaging import queries as messaging

LAST = 15
SLOW_SECONDS = 120


@require_safe
@at_desk()
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    numbers = counts_and_health(desk.person, desk.region)
    last = journal.latest(LAST, person_id=None if told.sees_all(desk) else desk.person.pk)
    age = messaging.queue_age_seconds()
    return show(
        request,
        desk,
        "home",
        "home",
        numbers=numbers,
        figures=numbers,
        todo=todo(desk, numbers),
        lines=told.lines(desk, last),
        wait_minutes=age // 60,
        is_slow=age > SLOW_SECONDS,
    )


def todo(desk: Desk, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """What waits for this member of the team, the most urgent first."""
    products, voices = reverse("backoffice:products"), reverse("backoffice:moderation")
    vocabulary, campaigns = reverse("backoffice:vocabulary"), reverse("backoffice:campaigns")
    lines = (
        ("claims", "claims", "clipboard-list", _claims, reverse("backoffice:claims")),
        ("orders", "orders", "package", _orders, reverse("backoffice:orders")),
        ("tickets", "tickets", "phone", _tickets, reverse("backoffice:tickets")),
        ("reports", "reports", "circle-alert", _reports, reverse("backoffice:reports")),
        ("duplicates", "duplicates", "copy", _duplicates, reverse("backoffice:duplicates")),
        ("holds", "products", "tag", _holds, f"{products}?only=answered"),
        ("reviews", "moderation", "flag", _reviews, voices),
        ("questions", "moderation", "message-circle", _questions, f"{voices}?kind=questions"),
        ("campaigns", "campaigns", "send", _campaigns, f"{campaigns}?state=review"),
        ("words", "vocabulary", "graduation-cap", _words, f"{vocabulary}?show=review"),
        ("failed", "messages", "mail", _failed, f"{reverse('backoffice:messages')}?state=failed"),
    )
    return [
        {"count": numbers[name], "icon": icon, "text": say(numbers[name]), "url": url}
        for name, page, icon, say, url in lines
        if numbers.get(name) and may_open(desk.person, page)
    ]


def _claims(n: int) -> str:
    return ngettext("Request to decide", "Requests to decide", n)


def _reports(n: int) -> str:
    return ngettext("Reported error", "Reported errors", n)


def _duplicates(n: int) -> str:
    return ngettext("Likely duplicate", "Likely duplicates", n)


def _orders(n: int) -> str:
    return ngettext("Order that needs attention", "Orders that need attention", n)


def _holds(n: int) -> str:
    return ngettext("Held product with an answer", "Held products with an answer", n)


def _tickets(n: int) -> str:
    return ngettext("Person to call back", "Persons to call back", n)


def _campaigns(n: int) -> str:
    return ngettext("Campaign to approve", "Campaigns to approve", n)


def _words(n: int) -> str:
    return ngettext("Word to review", "Words to review", n)


def _reviews(n: int) -> str:
    return ngettext("Reported review", "Reported reviews", n)


def _questions(n: int) -> str:
    return ngettext("Reported question", "Reported questions", n)


def _failed(n: int) -> str:
    return ngettext("Message that could not be sent", "Messages that could not be sent", n)


@require_POST
@at_desk()
def language(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The language of these pages is the person's own."""
    try:
        wanted = request.POST.get("language", "")
        person = persons.change_language(desk.person.pk, wanted, by=desk.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        speak(request, person.language)
        messages.success(request, _("The pages of the national team now speak your language."))
    return redirect("backoffice:home")
