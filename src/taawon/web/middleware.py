"""What every answer bears, and how a refusal becomes a page."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from taawon.core.disk import DiskFull
from taawon.core.errors import Invalid, NotAllowed, NotFound, Refused, TooMany
from taawon.orders.errors import KeyUsedOtherwise

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors "
)
_ANYWHERE = _POLICY + "*"
_HEADERS = {
    "Content-Security-Policy": _POLICY + "'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=(self)",
}
_STATUS: list[tuple[type[Refused], int]] = [
    (NotFound, 404),
    (NotAllowed, 403),
    (TooMany, 429),
    (DiskFull, 507),
    (KeyUsedOtherwise, 422),
    (Invalid, 422),
]


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal: 409 where nothing better fits."""
    return next((status for kind, status in _STATUS if isinstance(refusal, kind)), 409)


def headers(get_response: GetResponse) -> GetResponse:
    """Headers that keep browsers from doing harm."""
    always = dict(_HEADERS)
    if settings.HTTPS:
        always["Strict-Transport-Security"] = "max-age=31536000"

    def add(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, text in always.items():
            response.headers.setdefault(name, text)
        if response["Content-Security-Policy"] == _ANYWHERE:
            del response["X-Frame-Options"]
        return response

    return add


def let_be_framed(response: HttpResponse) -> HttpResponse:
    """Any site may show this page in a frame: it has no form, and nothing of a person."""
    response["Content-Security-Policy"] = _ANYWHERE
    return response


def _unavailable(problem: Exception) -> HttpResponse:
    """The database is away, or its disk is full: a page that needs neither."""
    log.error("The database did not answer: %s", type(problem).__name__)
    page = loader.render_to_string("500.html")
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


class RefusalMiddleware:
    """A refusal that no view caught is a page with its status and its words."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            return None
        if isinstance(problem, OperationalError | InterfaceError):
            return _unavailable(problem)
        if not isinstance(problem, Refused):
            return None
        if isinstance(problem, NotFound):
            return render(request, "404.html", status=404)
        return render(request, "refused.html", {"refusal": problem}, status=status_of(problem))
