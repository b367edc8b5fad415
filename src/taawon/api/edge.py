"""Around every address of the API: size, language, and a problem in place of any other error."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import NinjaAPI

from taawon.api import problems
from taawon.core.actor import Actor, Channel
from taawon.core.languages import LANGUAGES

MOST_BYTES = 64 * 1024
_DIGITS = re.compile(r"[0-9]{1,12}")
View = Callable[..., Any]


def guarded(api: NinjaAPI, view: View) -> View:
    """The view, without session, cookie or form token, and never cached."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        spoken = settings.LANGUAGE_CODE
        try:
            spoken = language(request)
            with translation.override(spoken):
                response = _sized(view, request, *args, **kwargs)
        except Exception as problem:
            with translation.override(spoken):
                response = api.on_exception(request, problem)
        response.headers.setdefault("Content-Language", spoken)
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # nothing here trusts a cookie
    return answer


def _sized(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not _DIGITS.fullmatch(length):
        return problems.unreadable(request)
    if int(length) > MOST_BYTES:
        return problems.too_large(request)
    method = request.method
    if method == "HEAD":  # The server cuts the body off.
        request.method = "GET"
    try:
        response: HttpResponse = view(request, *args, **kwargs)
    finally:
        request.method = method
    if isinstance(response, HttpResponseNotAllowed):
        return problems.method_not_allowed(request, response.headers["Allow"].split(", "))
    return response


def language(request: HttpRequest) -> str:
    """?lang=, else the first of Accept-Language that we speak, else French."""
    if (wanted := request.GET.get("lang")) in LANGUAGES:
        return wanted
    for accepted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (known := accepted.split("-")[0]) in LANGUAGES:
            return known
    return settings.LANGUAGE_CODE


def address(request: HttpRequest) -> str:
    """Where the request comes from; behind a proxy, what the proxy saw."""
    if settings.BEHIND_PROXY:
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        if last := hops[-1].strip()[:45]:
            return last
    return str(request.META.get("REMOTE_ADDR", ""))


def actor(request: HttpRequest) -> Actor:
    """A guest, or a partner by the key."""
    caller = getattr(request, "auth", None)
    return Actor(
        person_id=None,
        channel=Channel.API,
        api_key_id=caller.key_id if caller is not None else None,
    )
