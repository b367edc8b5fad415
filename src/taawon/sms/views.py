"""Where gateways bring texts and reports: checked, stored, answered; then handled."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from taawon.messaging import inbox, reports
from taawon.messaging.gateways import Gateway, Received, routes
from taawon.sms import line

_MOST_BYTES = 65_536


@require_GET
def kannel_inbound(request: HttpRequest) -> HttpResponse:
    """200 as soon as the text is stored: Kannel sends anything else again."""
    return _from("kannel", request, _texts)


@require_GET
def kannel_report(request: HttpRequest) -> HttpResponse:
    return _from("kannel", request, _reports)


@csrf_exempt  # a machine that signs what it posts
@require_POST
def http_inbound(request: HttpRequest) -> HttpResponse:
    return _from("http", request, _texts)


@csrf_exempt  # a machine that signs what it posts
@require_POST
def http_report(request: HttpRequest) -> HttpResponse:
    return _from("http", request, _reports)


def _from(
    kind: str, request: HttpRequest, take: Callable[[Gateway, Received], bool]
) -> HttpResponse:
    """Only what a gateway of ours can prove to have brought."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_BYTES:
        return HttpResponse("too large", status=413, content_type="text/plain")
    received = Received(
        query=request.META.get("QUERY_STRING", ""), headers=request.headers, body=request.body
    )
    for gateway in routes.of_kind(kind):
        if gateway.verify(received):
            if not take(gateway, received):
                return HttpResponse("bad request", status=400, content_type="text/plain")
            ack = gateway.ack()
            return HttpResponse(ack.body, status=ack.status, content_type=ack.content_type)
    return HttpResponse("forbidden", status=403, content_type="text/plain")


def _texts(gateway: Gateway, received: Received) -> bool:
    """A sender that is no number, and a text that came before, are taken and forgotten."""
    found = gateway.parse_inbound(received)
    for inbound in found:
        stored = inbox.receive(inbound)
        if stored is not None:
            line.handle(stored[0].pk)
    return bool(found)


def _reports(gateway: Gateway, received: Received) -> bool:
    for told in gateway.parse_report(received):
        reports.note(gateway.name, told)
    return True
