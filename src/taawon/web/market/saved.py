"""Searches that a person keeps, to be told when something new fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.core.errors import Refused
from taawon.search import saving
from taawon.search.saving import Wish
from taawon.web import edge
from taawon.web.market import directory, listing
from taawon.web.market.searching import PAGES


@require_safe
@edge.login_needed
def searches(request: HttpRequest) -> HttpResponse:
    """Those that are kept; with a kind in the address, the one that is offered to be."""
    wish = _wish(request) if "kind" in request.GET else None
    context = {
        "offered": wish,
        "kept": [
            {
                "saved": one,
                # In the language of today, whatever it was when it was kept.
                "title": _title(one.kind, one.words, one.filters),
                "url": f"{reverse(PAGES[one.kind])}?{one.address}",
            }
            for one in saving.of_person(edge.me(request).pk)
        ],
        "tab": "account",
    }
    return render(request, "market/searches.html", context)


@require_POST
@edge.login_needed
def keep(request: HttpRequest) -> HttpResponse:
    try:
        saving.keep(_wish(request), by=edge.actor(request))
        messages.success(request, _("You will be told when something new fits."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("market:searches")


@require_POST
@edge.login_needed
def drop(request: HttpRequest, saved_id: int) -> HttpResponse:
    saving.drop(saved_id, by=edge.actor(request))
    messages.success(request, _("This search is not watched any more."))
    return redirect("market:searches")


def _wish(request: HttpRequest) -> Wish:
    """As the page of results reads the same address."""
    get = request.GET.copy()
    kind = get.pop("kind", [""])[-1]
    for name in ("page", "sort", "near"):
        get.pop(name, None)
    if kind not in PAGES:
        raise Http404
    asked: Any = (listing if kind == "product" else directory).Asked.of(get)
    return Wish(
        kind=kind,
        address=get.urlencode()[:600],
        title=_title(kind, asked.words, asked.filters),
        words=asked.words,
        filters=asked.filters,
        ranges=getattr(asked, "ranges", {}),
    )


def _title(kind: str, words: str, filters: Mapping[str, list[str]]) -> str:
    known = (listing if kind == "product" else directory).known_values()
    pairs = ((facet, value) for facet, values in filters.items() for value in values)
    names = [known[facet][value] for facet, value in pairs if value in known.get(facet, {})]
    parts = [words, *names] if words else names
    return " · ".join(parts)[:200] or (_("Products") if kind == "product" else _("Cooperatives"))
