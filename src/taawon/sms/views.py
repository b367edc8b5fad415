"""Where gateways bring texts and reports: checked, stored, answered; then handled."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from taawon.messaging import inbox, reports
from taawon.messaging.gateways import Inbound, http, kannel
from taawon.sms import line


@require_GET
def kannel_inbound(request: HttpRequest) -> HttpResponse:
    """200 as soon as the text is stored: Kannel sends anything else again."""
    if not kannel.verify(request.GET):
        return HttpResponse("forbidden", status=403, content_type="text/plain")
    return _receive(kannel.parse_inbound(request.GET))


@require_GET
def kannel_report(request: HttpRequest) -> HttpResponse:
    if not kannel.verify(request.GET):
        return HttpResponse("forbidden", status=403, content_type="text/plain")
    if told := kannel.parse_report(request.GET):
        reports.note(*told)
    return HttpResponse("", content_type="text/plain")


@csrf_exempt  # a machine that signs what it posts
@require_POST
def http_inbound(request: HttpRequest) -> HttpResponse:
    if not http.verify(request.body, request.headers.get("X-Taawon-Signature", "")):
        return HttpResponse("forbidden", status=403, content_type="text/plain")
    inbound = http.parse_inbound(request.body)
    if inbound is None:
        return HttpResponse("bad request", status=400, content_type="text/plain")
    return _receive(inbound)


def _receive(inbound: Inbound) -> HttpResponse:
    """A sender that is no number, and a text that came before, are taken and forgotten."""
    stored = inbox.receive(inbound)
    if stored is not None:
        line.handle(stored[0].pk)
    return HttpResponse("", content_type="text/plain")
