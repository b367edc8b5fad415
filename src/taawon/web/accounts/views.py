"""A person's own pages: orders and data."""

from __future__ import annotations

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts.services import codes, persons
from taawon.core.errors import Refused
from taawon.core.languages import current
from taawon.messaging import consent
from taawon.orders import queries
from taawon.web import edge

ERASE = "erase"


@never_cache
@require_safe
@edge.login_needed
def home(request: HttpRequest) -> HttpResponse:
    own = edge.me(request).phone or ""
    context = {
        "orders": queries.bought_by(edge.actor(request))[:5],
        "own_phone": own,
        "resting": consent.suppressed_until(own),
        "tab": "account",
    }
    return render(request, "accounts/home.html", context)


@never_cache
@require_safe
@edge.login_needed
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/data.html", {"asked": False, "error": "", "tab": "account"})


@never_cache
@require_safe
@edge.login_needed
def download(request: HttpRequest) -> HttpResponse:
    known = persons.export(edge.me(request).pk)
    response = JsonResponse(known, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="taawon-data.json"'
    return response


@require_POST
@edge.login_needed
def erase(request: HttpRequest) -> HttpResponse:
    """First a code to the phone, then the erasure: nobody else's hand on an open phone."""
    who, typed, error = edge.me(request), request.POST.get("code", ""), ""
    by = edge.actor(request)
    try:
        if who.phone and typed:
            codes.check_code(who.phone, typed[:40], purpose=ERASE)
            persons.erase(who.pk, by=by)
            auth.logout(request)
            messages.success(request, _("Your data has been erased."))
            return redirect("market:home")
        if who.phone:
            codes.send_code(
                who.phone,
                purpose=ERASE,
                address=edge.address(request),
                language=current(),
                by=by,
            )
    except Refused as refusal:
        error = str(refusal)
    context = {"asked": True, "error": error, "tab": "account"}
    return render(request, "accounts/data.html", context, status=422 if error else 200)
