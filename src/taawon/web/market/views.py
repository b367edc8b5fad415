"""Home, catalogue, product and cooperative pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.catalogue.services import favourites as favouring
from taawon.cooperatives import pairs
from taawon.core.errors import Refused
from taawon.core.languages import current
from taawon.reviews.services import questions
from taawon.web import edge
from taawon.web.market import (
    cooperative_page,
    directory,
    home_page,
    listing,
    product_page,
    searching,
    taken,
)
from taawon.web.market.addresses import id_of


@require_safe
@edge.cacheable
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "market/home.html", home_page.context())


@require_safe
@edge.cacheable
def catalogue(request: HttpRequest) -> HttpResponse:
    found = listing.of(request)
    chosen = found.asked.filters.get("category", [])
    context = {
        "listing": found,
        "chips": listing.chips(found, request.GET),
        "sorts": listing.SORTS.items(),
        "tab": "market",
        "category": chosen[0] if len(chosen) == 1 else "",
        "heading": listing.known_values()["category"][chosen[0]] if len(chosen) == 1 else "",
        "q": found.asked.words,
    }
    return render(request, "market/catalogue.html", context)


@require_safe
@edge.cacheable
def suggestions(request: HttpRequest) -> HttpResponse:
    """What may be meant, while somebody types: the lines below a search field."""
    in_directory = request.GET.get("of") == "cooperatives"
    offer = searching.offers_of_cooperatives if in_directory else searching.offers
    offers = offer(listing.words_of(request.GET))
    return render(request, "market/_offers.html", {"offers": offers})


@require_safe
@edge.cacheable
def product(request: HttpRequest, slug_id: str) -> HttpResponse:
    shown = product_page.of(id_of(slug_id), edge.actor(request))
    if shown is None:
        raise Http404
    if shown.slug_id != slug_id:
        return redirect("market:product", shown.slug_id, permanent=True)
    return render(request, "market/product.html", {"shown": shown, "tab": "market"})


@require_safe
@edge.cacheable
def cooperatives(request: HttpRequest) -> HttpResponse:
    found = directory.of(request)
    chips = taken.chips(found.asked, request.GET)
    context = {
        "directory": found,
        "chips": chips,
        "ways_out": [] if found.count else taken.ways_out(chips),
        "elsewhere": taken.elsewhere(request.GET),
        "tab": "cooperatives",
    }
    return render(request, "market/cooperatives.html", context)


@require_safe
@edge.cacheable
def cooperative(request: HttpRequest, slug_id: str) -> HttpResponse:
    shown = cooperative_page.of(id_of(slug_id))
    if shown is None:
        raise Http404
    if (kept := pairs.kept(shown.cooperative)) is not None:
        moved = redirect("market:cooperative", kept.slug_id, permanent=True)
        # For good, unless the merge is undone: no browser holds on to it for longer.
        moved["Cache-Control"] = "max-age=600"
        return moved
    if shown.slug_id != slug_id:
        return redirect("market:cooperative", shown.slug_id, permanent=True)
    return render(request, "market/cooperative.html", {"shown": shown, "tab": "cooperatives"})


@require_safe
@edge.login_needed
def favourites(request: HttpRequest) -> HttpResponse:
    cards = product_page.favourites(edge.actor(request))
    return render(request, "market/favourites.html", {"cards": cards, "tab": "account"})


@require_POST
@edge.login_needed
def favourite(request: HttpRequest, slug_id: str) -> HttpResponse:
    change = favouring.remove if request.POST.get("remove") else favouring.add
    change(id_of(slug_id), by=edge.actor(request))
    return redirect("market:product", slug_id)


@require_POST
@edge.login_needed
def ask(request: HttpRequest, slug_id: str) -> HttpResponse:
    try:
        words = request.POST.get("text", "")
        questions.ask(id_of(slug_id), words, language=current(), by=edge.actor(request))
        messages.success(request, _("Your question was sent. You will be told of the answer."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("market:product", slug_id)
