"""Whole pages for visitors without a cookie, kept in process memory for some seconds.

A page is kept only where its view says so (`edge.cacheable`), and only for a request without any
cookie: what is kept was rendered for nobody in particular. A shared cache may keep it as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
_MOST = 2_000
_kept: dict[tuple[str, ...], tuple[float, bytes, list[tuple[str, str]]]] = {}


def forget() -> None:
    _kept.clear()


class PageCacheMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        if request.method != "GET" or meta.get("HTTP_COOKIE") or meta.get("HTTP_AUTHORIZATION"):
            return _private(self.get_response(request))
        key = (
            request.get_host(),
            request.get_full_path(),
            "gzip" if "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "") else "",
            meta.get("HTTP_HX_REQUEST", ""),
        )
        found = _kept.get(key)
        if found is not None and found[0] > time.monotonic():
            return HttpResponse(found[1], headers=dict(found[2]))
        response = self.get_response(request)
        if not _keepable(response):
            return _private(response)
        seconds = settings.PAGE_CACHE_SECONDS
        response["Cache-Control"] = f"public, max-age=0, s-maxage={seconds}"
        if seconds:
            _keep(key, time.monotonic() + seconds, response)
        return response


def _keepable(response: HttpResponse) -> bool:
    return (
        getattr(response, "may_be_kept", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
    )


def _keep(key: tuple[str, ...], until: float, response: HttpResponse) -> None:
    if len(_kept) >= _MOST:
        now = time.monotonic()
        for old in [old for old, (end, _body, _head) in list(_kept.items()) if end <= now]:
            _kept.pop(old, None)
        if len(_kept) >= _MOST:
            _kept.clear()
    _kept[key] = (until, response.content, list(response.items()))


def _private(response: HttpResponse) -> HttpResponse:
    """What was made for somebody, or by a form, stays with them."""
    if "Cache-Control" not in response:
        kept = getattr(response, "may_be_kept", False)
        response["Cache-Control"] = "private, no-cache" if kept else "private, no-store"
    return response
