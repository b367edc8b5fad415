"""Beside the directory: its map, the choice of a place, an entry's short address and its code."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from taawon.core import qr as codes
from taawon.core.languages import LANGUAGES
from taawon.web import edge
from taawon.web.market import cooperative_page, map_page, near, taken
from taawon.web.market.addresses import id_of

# The only page that may ask where its reader is.
_MAY_ASK = "geolocation=(self), microphone=(), camera=()"


@require_safe
@edge.cacheable
def regions_map(request: HttpRequest) -> HttpResponse:
    context = {"atlas": map_page.of(request), "tab": "cooperatives"}
    return render(request, "market/map.html", context)


@require_safe
@edge.cacheable
def choose_place(request: HttpRequest) -> HttpResponse:
    """A position leads on to the nearest province, so that no other address ever holds it."""
    kept = taken.elsewhere(request.GET)
    if "at" in request.GET:
        here = near.at(request.GET["at"])
        if here is not None:
            query = f"near={here.code}&{kept}".rstrip("&")
            return redirect(f"{reverse('market:cooperatives')}?{query}")
    context = {
        "regions": map_page.provinces_by_region(),
        "province": near.of(request.GET.get("province", "")),
        "communes": map_page.communes_of(request.GET.get("province", "")),
        "kept": taken.pairs(kept),
        "elsewhere": kept,
        "lost": "at" in request.GET,
        "tab": "cooperatives",
    }
    response = render(request, "market/near.html", context)
    response["Permissions-Policy"] = _MAY_ASK
    return response


@require_safe
def short(request: HttpRequest, number: str) -> HttpResponse:
    """/c/12/ → the page in the reader's language, wherever it is by now."""
    found = cooperative_page.slug_id(int(number))
    if found is None:
        raise Http404
    language = get_language_from_request(request)
    with override(language if language in LANGUAGES else "fr"):
        response = redirect("market:cooperative", found)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@edge.cacheable
def qr(request: HttpRequest, slug_id: str, form: str) -> HttpResponse:
    """The code that leads to the short address, as a drawing to print or as a picture."""
    shown = cooperative_page.of(id_of(slug_id))
    if shown is None:
        raise Http404
    if form == "png":
        response = HttpResponse(codes.png(shown.short_url), content_type="image/png")
    else:
        response = HttpResponse(codes.svg(shown.short_url), content_type="image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="{shown.slug_id}.{form}"'
    return response
