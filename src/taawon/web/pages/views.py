from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from taawon.core.languages import LANGUAGES
from taawon.web.edge import cacheable


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    language = get_language_from_request(request)
    response = redirect(f"/{language if language in LANGUAGES else 'fr'}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@cacheable
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@require_safe
@cacheable
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"texts_kept": settings.TEXTS_KEPT_DAYS})


@require_safe
@cacheable
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html")


def csrf_failure(request: HttpRequest, **reason: Any) -> HttpResponse:
    return render(request, "403.html", {"expired": True}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)
