"""Reviews and questions that somebody reported: hidden or shown, one or many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from taawon.backoffice import files
from taawon.backoffice.desk import (
    PER_PAGE,
    Desk,
    at_desk,
    one_of,
    page_of,
    place,
    region_choices,
    show,
)
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound
from taawon.core.languages import said_by
from taawon.reviews import moderation
from taawon.reviews.services import questions, reviews
from taawon.reviews.states import State
from taawon.web.exports import Row

KINDS = ("reviews", "questions")
STATES = (State.REPORTED.value, State.HIDDEN.value, State.SHOWN.value)
_SERVICES: dict[tuple[str, str], Callable[..., Any]] = {
    ("reviews", "hide"): reviews.hide,
    ("reviews", "show"): reviews.show,
    ("questions", "hide"): questions.hide,
    ("questions", "show"): questions.show,
}


@require_safe
@at_desk()
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    kind, state = one_of(request, "kind", KINDS), one_of(request, "state", STATES)
    region = desk.where(request)
    ask: Callable[..., Any] = (
        moderation.reviews if kind == "reviews" else moderation.questions  # the same shape
    )
    found = ask(state, region)
    if files.wanted(request):
        return files.answer(request, kind, headings(), file_rows(found))
    page = page_of(request, found)
    return show(
        request,
        desk,
        "moderation",
        "moderation",
        page=page,
        count=page.paginator.count,
        kind=kind,
        state=state,
        states=[choice for choice in State.choices if choice[0] in STATES],
        tabs=_tabs(kind, state, region),
        region=region,
        regions=region_choices(desk),
        rows=[_shown(one) for one in page],
    )


def _shown(one: Any) -> dict[str, Any]:
    coop = one.product.cooperative
    return {
        "one": one,
        "at": getattr(one, "written_at", None) or getattr(one, "asked_at", None),
        "stars": getattr(one, "stars", 0),
        "product": said_by(one.product, "name"),
        "coop": said_by(coop, "name"),
        "place": place(coop.region_id),
    }


def _tabs(kind: str, state: str, region: str | None) -> list[dict[str, Any]]:
    base = reverse("backoffice:moderation")
    kept = f"&state={state}" + (f"&region={region}" if region else "")
    return [
        {"label": label, "url": f"{base}?kind={name}{kept}", "current": name == kind, "count": 0}
        for name, label in zip(KINDS, (_("Reviews"), _("Questions")), strict=True)
    ]


def headings() -> list[str]:
    return [_("Number"), _("Product"), _("Cooperative"), _("Stars"), _("Text"), _("Answer")]


def file_rows(found: Any) -> Iterator[Row]:
    return (
        (
            one.pk,
            said_by(one.product, "name", "fr"),
            said_by(one.product.cooperative, "name", "fr"),
            getattr(one, "stars", None),
            one.text,
            one.answer,
        )
        for one in found.iterator(chunk_size=200)
    )


@require_POST
@at_desk()
def act(request: HttpRequest, desk: Desk, kind: str, verb: str) -> HttpResponse:
    """Hide or show all that were ticked; says how many, and how many one may not touch."""
    service = _SERVICES[kind, verb]
    ids = [int(text) for text in request.POST.getlist("id")[:PER_PAGE] if _is_id(text)]
    changed = sum(_try(service, one, desk.actor) for one in dict.fromkeys(ids))
    if not ids:
        messages.warning(request, _("Tick at least one line first."))
    elif verb == "hide":
        said = ngettext("%(n)d text is hidden.", "%(n)d texts are hidden.", changed)
        messages.success(request, said % {"n": changed})
    else:
        said = ngettext("%(n)d text is shown.", "%(n)d texts are shown.", changed)
        messages.success(request, said % {"n": changed})
    if left := len(set(ids)) - changed:
        said = ngettext("%(n)d text was left alone.", "%(n)d texts were left alone.", left)
        messages.warning(request, said % {"n": left})
    return redirect(f"{reverse('backoffice:moderation')}?kind={kind}")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def _try(service: Callable[..., Any], one: int, by: Actor) -> bool:
    try:
        service(one, by=by)
    except (NotAllowed, NotFound):
        return False
    return True
