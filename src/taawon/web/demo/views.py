"""The demonstration's own page: who can log in, and what was sent to whom."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from taawon.core import phone as phones
from taawon.core.errors import Refused
from taawon.messaging import queries

SHOWN = 60


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    typed, before = request.GET.get("phone", "")[:40], request.GET.get("before", "")[:12]
    seen = int(before) if before.isascii() and before.isdigit() else None
    # One more than is shown says whether there are earlier ones.
    found = queries.console(SHOWN + 1, to=_number(typed), before=seen)
    context = {
        # The demonstration's data stand on a floor above the pages: named, not imported.
        "logins": import_string("taawon.demo.logins.LOGINS"),
        "messages_sent": found[:SHOWN],
        "earlier": found[SHOWN - 1].pk if len(found) > SHOWN else None,
        "is_earlier": seen is not None,
        "typed": typed,
    }
    return render(request, "demo/home.html", context)


def _number(typed: str) -> str | None:
    try:
        return phones.normalise(typed) if typed else None
    except Refused:
        return None
