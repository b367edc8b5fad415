"""Every "no" of the API is application/problem+json (RFC 9457), for programs and people."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Collection, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from taawon.accounts.errors import WrongKey
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound, Refused, TooMany
from taawon.observatory.errors import CursorTooOld
from taawon.orders.errors import KeyUsedOtherwise, WrongQuantity

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
_MEMBERS = frozenset({"type", "title", "status", "code", "detail", "errors", "field", "allowed"})
# More values than that are not told: somebody looks them up in a facet.
MOST_TOLD = 80
_QUOTED = re.compile(r"'([^']+)'")


class NoKey(Refused):
    """The header that makes an order safe to send twice is absent, or cannot be one."""

    code = "idempotency-key"
    text = gettext_lazy("Send a header Idempotency-Key of 1 to 200 printable ASCII signs.")


# The first that fits; a refusal that is none of them is a conflict with how things stand now.
_STATUS: tuple[tuple[type[Refused], int], ...] = (
    (NoKey, 400),
    (WrongKey, 401),
    (NotFound, 404),
    (NotAllowed, 403),
    (CursorTooOld, 410),
    (TooMany, 429),
    (KeyUsedOtherwise, 422),
    (Invalid, 422),
)


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Iterable[Mapping[str, Any]] = (),
    facts: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """`errors`: [{"field", "code", "message"}], some with "allowed"; `facts` stand beside
    the usual members."""
    extra = {name: _plain(fact) for name, fact in (facts or {}).items() if name not in _MEMBERS}
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
        **extra,
    }
    response = JsonResponse(
        body,
        status=status,
        content_type=MEDIA_TYPE,
        headers=dict(headers or {}),
        json_dumps_params={"ensure_ascii": False},
    )
    # Django would log the path, which may hold the token of a basket or the code of an order.
    setattr(response, "_has_been_logged", True)  # noqa: B010 (Django declares no such attribute)
    return response


def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    status = next((status for kind, status in _STATUS if isinstance(no, kind)), 409)
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 429:
        headers["Retry-After"] = str(_seconds(no.facts))
    errors = []
    if isinstance(no, Invalid) and no.field:
        errors.append(_error(no.field, no.code, str(no), no.facts.get("allowed", ())))
    return problem(status, no.code, str(no), errors=errors, facts=no.facts, headers=headers)


def too_large(request: HttpRequest, no: Exception | None = None) -> HttpResponse:
    return problem(413, "too-large", _("This request is too large."))


def unknown(request: HttpRequest, no: Exception | None = None) -> HttpResponse:
    return refused(request, NotFound())


def invalid(request: HttpRequest, no: ValidationError) -> HttpResponse:
    """What does not fit the document: one error a field, in words."""
    kinds: dict[str, type[Refused]] = {}
    allowed: dict[str, list[str]] = {}
    for error in no.errors:
        name, kind = _field_error(error)
        kinds[name] = kind
        if error["type"] == "literal_error":
            allowed.setdefault(name, []).extend(_QUOTED.findall(error["ctx"]["expected"]))
    errors = [
        _error(name, kind.code, str(kind.text), allowed.get(name, ()))
        for name, kind in kinds.items()
    ]
    return problem(422, "invalid", _("Some values are not valid."), errors=errors)


def method_not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    names = set(allowed)
    names |= {"HEAD"} if "GET" in names else set()
    detail = _("This address does not answer to that method.")
    return problem(405, "method-not-allowed", detail, headers={"Allow": ", ".join(sorted(names))})


def http_error(request: HttpRequest, no: HttpError) -> HttpResponse:
    """What the framework itself refuses."""
    if isinstance(no, Throttled):
        wait = math.ceil(no.wait or 60)
        return refused(request, TooMany(wait_seconds=wait, wait_minutes=math.ceil(wait / 60)))
    if no.status_code == 400:
        return problem(400, "malformed", _("The body is not JSON that can be read."))
    return problem(no.status_code, "refused", str(no))


def unreadable(request: HttpRequest, no: Exception | None = None) -> HttpResponse:
    return problem(400, "malformed", _("This request cannot be read."))


def unavailable(request: HttpRequest, no: Exception) -> HttpResponse:
    # The first line says what happened; further ones may hold what was asked.
    reason = next(iter(str(no).splitlines()), "")
    log.error("The database did not answer: %s %s", type(no).__name__, reason)
    detail = _("This is not possible at the moment. Try again in a moment.")
    return problem(503, "unavailable", detail, headers={"Retry-After": "5"})


def unexpected(request: HttpRequest, no: Exception) -> HttpResponse:
    """Our own mistake: told to the log, not to the caller."""
    log.error("An answer of the API failed.", exc_info=no)
    return problem(500, "unexpected", _("Something went wrong on our side."))


def register(api: NinjaAPI) -> None:
    handlers: Mapping[type[Exception], Any] = {
        Exception: unexpected,
        OperationalError: unavailable,
        InterfaceError: unavailable,
        Refused: refused,
        Http404: unknown,
        HttpError: http_error,
        ValidationError: invalid,
        SuspiciousOperation: unreadable,
        RequestDataTooBig: too_large,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _error(field: str, code: str, message: str, allowed: Collection[str]) -> dict[str, Any]:
    """One line of `errors`; it says which values there are, if they are not too many."""
    error: dict[str, Any] = {"field": field, "code": code, "message": message}
    if 0 < len(allowed) <= MOST_TOLD:
        values = list(allowed)
        said = _("Allowed: %(values)s.") % {"values": ", ".join(values)}
        error |= {"message": f"{message} {said}", "allowed": values}
    return error


def _field_error(error: Mapping[str, Any]) -> tuple[str, type[Refused]]:
    """The name of the field, and what is wrong with it."""
    # ("body", <our parameter>, "delivery", "12") or ("query", <ours>, "page", <one of its types>).
    source, *steps = error["loc"]
    path = [str(step) for step in (steps[1:] or steps)]
    if source == "query":
        path = path[:1]
    kind: type[Refused] = Missing if error["type"] == "missing" else Invalid
    if path == ["quantity"]:
        kind = WrongQuantity
    return ".".join(path), kind


def _plain(fact: Any) -> Any:
    return fact if fact is None or isinstance(fact, bool | int | str) else str(fact)


def _seconds(facts: Mapping[str, Any]) -> int:
    seconds: float = facts.get("wait_seconds") or 60 * facts.get("wait_minutes", 1)
    return math.ceil(seconds)
