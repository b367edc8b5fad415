"""Entries that are likely one: listed by likeness, compared, merged, or told apart for ever."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice import comparing
from taawon.backoffice.desk import (
    Desk,
    at_desk,
    done,
    one_of,
    page_of,
    place,
    region_choices,
    show,
)
from taawon.cooperatives import merging, pairs
from taawon.cooperatives.services import duplicates as looking
from taawon.cooperatives.services import merging as service
from taawon.cooperatives.states import PairState
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.places.queries import provinces
from taawon.web import register_words

_BANDS = dict(zip(pairs.SCORES, (100, *(least - 1 for least in pairs.SCORES)), strict=False))


@require_safe
@at_desk(team.is_agent)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    state = one_of(request, "state", PairState.values)
    region = desk.where(request)
    asked = request.GET.get("score", "")
    least = int(asked) if asked in {str(score) for score in pairs.SCORES} else 0
    found = pairs.pairs(state, least=least, most=_BANDS.get(least, 100), region_code=region)
    page = page_of(request, pairs.with_entries(found), found.count())
    return show(
        request,
        desk,
        "duplicates",
        "duplicates",
        page=page,
        count=page.paginator.count,
        state=state,
        states=PairState.choices,
        score=least,
        bands=[
            {"least": score, "most": _BANDS[score], "count": count}
            for score, count in pairs.by_score(region).items()
        ],
        region=region,
        regions=region_choices(desk),
        rows=[_row(pair) for pair in page],
    )


def _row(pair: Any) -> dict[str, Any]:
    known = provinces()
    return {
        "pair": pair,
        "first": said_by(pair.first, "name"),
        "second": said_by(pair.second, "name"),
        "places": [
            known[entry.province_id].name if entry.province_id in known else ""
            for entry in (pair.first, pair.second)
        ],
        "reasons": register_words.alike(pair.reasons),
    }


@require_POST
@at_desk(team.is_agent)
def scan(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The provinces of one region: the clock goes through the whole register."""
    region = desk.region or request.POST.get("region") or None
    if region is None:
        messages.warning(request, _("Choose a region first."))
    else:
        done(
            request,
            lambda: looking.scan(region, by=desk.actor),
            lambda new: (
                _("Looked through %(region)s: %(new)d new.") % {"region": place(region), "new": new}
            ),
        )
    query = {"region": region} if region and not desk.region else None
    return redirect(reverse("backoffice:duplicates", query=query))


@require_safe
@at_desk(team.is_agent)
def find(request: HttpRequest, desk: Desk) -> HttpResponse:
    """From the number of another entry to the page that compares the two."""
    one, other = request.GET.get("one", ""), request.GET.get("other", "").strip()
    if one.isdecimal() and len(one) < 16 and other.isdecimal() and len(other) < 16 and one != other:
        return redirect("backoffice:compare", int(one), int(other))
    messages.warning(request, _("Write the number of the other entry."))
    known = one.isdecimal() and len(one) < 16
    return (
        redirect("backoffice:cooperative", int(one)) if known else redirect("backoffice:duplicates")
    )


@require_safe
@at_desk(team.is_agent)
def compare(request: HttpRequest, desk: Desk, kept: int, gone: int) -> HttpResponse:
    return _page(request, desk, kept, gone, {})


@require_POST
@at_desk(team.is_agent)
def merge(request: HttpRequest, desk: Desk, kept: int, gone: int) -> HttpResponse:
    chosen = _chosen(request.POST)
    if not request.POST.get("sure"):
        return _page(request, desk, kept, gone, chosen, asks=True)
    merged = done(
        request,
        lambda: service.merge(kept, gone, chosen, by=desk.actor),
        _("Merged. The other address leads here now."),
    )
    return redirect("backoffice:cooperative", kept) if merged else _back(kept, gone)


@require_POST
@at_desk(team.is_agent)
def tell_apart(request: HttpRequest, desk: Desk, pair: int) -> HttpResponse:
    done(
        request,
        lambda: service.tell_apart(pair, by=desk.actor),
        _("They are two. Nobody is asked again."),
    )
    return redirect("backoffice:duplicates")


@require_safe
@at_desk(team.is_agent)
def merges(request: HttpRequest, desk: Desk) -> HttpResponse:
    undone = request.GET.get("show") == "undone"
    region = desk.where(request)
    found = pairs.merges(region, undone=undone)
    page = page_of(request, found, found.count())
    return show(
        request,
        desk,
        "merges",
        "duplicates",
        page=page,
        count=page.paginator.count,
        undone=undone,
        region=region,
        regions=region_choices(desk),
        rows=[comparing.merge_row(one) for one in page],
    )


@require_POST
@at_desk(team.is_agent)
def undo(request: HttpRequest, desk: Desk, merge: int) -> HttpResponse:
    undone = done(
        request,
        lambda: service.undo(merge, by=desk.actor),
        _("Undone. Each has again what it had, and what happened since."),
    )
    return redirect("backoffice:merges" if undone else "backoffice:duplicates")


def _chosen(sent: QueryDict) -> dict[str, str]:
    return {key: str(sent[key]) for key in merging.CHOICES if sent.get(key)}


def _back(kept: int, gone: int) -> HttpResponse:
    return redirect("backoffice:compare", kept, gone)


def _page(
    request: HttpRequest,
    desk: Desk,
    kept: int,
    gone: int,
    chosen: dict[str, str],
    *,
    asks: bool = False,
) -> HttpResponse:
    if kept == gone:
        raise NotFound
    compared = comparing.compared(desk, kept, gone, chosen)
    return show(request, desk, "compare", "duplicates", compared=compared, asks=asks)
