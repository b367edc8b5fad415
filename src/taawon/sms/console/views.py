"""The page with two phones, and what it asks for while one looks at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from taawon.core.errors import Invalid
from taawon.core.languages import LANGUAGES
from taawon.messaging import inbox
from taawon.messaging.gateways import Inbound
from taawon.sms import line
from taawon.sms.console import screens
from taawon.sms.console.screens import GATEWAY, MOST_LETTERS, Pair

View = Callable[[HttpRequest], HttpResponse]


def of_the_demonstration(view: View) -> View:
    """There alone, and in the language that the address names."""

    @never_cache
    @wraps(view)
    def look(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        asked = request.GET.get("language")
        with translation.override(asked if asked in LANGUAGES else translation.get_language()):
            return view(request)

    return look


@of_the_demonstration
@require_http_methods(["GET", "HEAD", "POST"])
def phones(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _send(request)
    pair = screens.pair(request.GET.dict())
    refused = any(phone.error for phone in pair.both)
    page = {
        **_shown(pair),
        "languages": _languages(pair),
        "keys": "123456789*0#",
    }
    return render(request, "sms/phones.html", page, status=422 if refused else 200)


@of_the_demonstration
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What has changed since `seen`; nothing (204) when that is all."""
    pair = screens.pair(request.GET.dict())
    if pair.state == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "sms/_news.html", _shown(pair))


def _send(request: HttpRequest) -> HttpResponse:
    """As a phone would: stored, answered, and the answer on its way through the outbox."""
    pair, side = screens.pair(request.GET.dict()), request.POST.get("side", "")
    phone = next((one for one in pair.both if one.side == side), None)
    if phone is None or phone.error:
        raise Invalid(field="side")
    text = request.POST.get("text", "")[:MOST_LETTERS].strip()
    stored = inbox.receive(_inbound(phone.number, text)) if text else None
    if stored is not None:
        line.handle(stored[0].pk)
    if "HX-Request" in request.headers:
        pair = screens.pair({**request.GET.dict(), "shown": side})
        return render(request, "sms/_news.html", {**_shown(pair), "sent": side})
    address = pair.address(shown=side, since=str(pair.since))
    return redirect(f"{reverse('phones:home')}?{address}#write-{side}")


def _inbound(sender: str, text: str) -> Inbound:
    """Without an id: the same words within a second are one text, as a button pressed twice."""
    return Inbound(
        gateway=GATEWAY,
        provider_id="",
        sender=sender,
        recipient=settings.SHORT_CODE,
        text=text,
        sent_at=timezone.now(),
    )


def _shown(pair: Pair) -> dict[str, Any]:
    return {
        "pair": pair,
        "both": [(phone, phone.news(pair.since)) for phone in pair.both],
        "latest": pair.latest,
        "most_letters": MOST_LETTERS,
        "sent": "",
        "short_code": settings.SHORT_CODE,
    }


def _languages(pair: Pair) -> list[dict[str, Any]]:
    """This page has no language in its path: it is kept in the address."""
    return [
        {
            "code": code,
            "name": name,
            "url": f"?{pair.address(language=code)}",
            "current": code == pair.language,
        }
        for code, name in settings.LANGUAGES
    ]
