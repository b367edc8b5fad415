"""The observatory: key figures, a page and a frame for each series, its table as a file."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taawon.observatory import sheets
from taawon.web import edge
from taawon.web.middleware import let_be_framed
from taawon.web.observatory import pages, tables


@require_safe
@edge.cacheable
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "observatory/overview.html", pages.overview())


@require_safe
@edge.cacheable
def one(request: HttpRequest, code: str) -> HttpResponse:
    month = pages.month_asked(request.GET.get("snapshot", ""))
    context = pages.context(code, month)
    context["months"] = pages.months()
    return render(request, "observatory/series.html", context)


@require_safe
@edge.cacheable
def embed(request: HttpRequest, code: str) -> HttpResponse:
    month = pages.month_asked(request.GET.get("snapshot", ""))
    response = render(request, "observatory/embed.html", pages.context(code, month))
    return let_be_framed(response)


@require_safe
def data(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    month = pages.month_asked(request.GET.get("snapshot", ""))
    query = {"snapshot": month} if month else None
    address = settings.SITE_URL + reverse("observatory:series", args=[code], query=query)
    return tables.answer(form, sheets.of(code, month), address)
