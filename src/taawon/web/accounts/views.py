"""A person's own pages: orders, profile, data."""

from __future__ import annotations

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taawon.accounts.services import codes, persons
from taawon.core.errors import Refused
from taawon.core.languages import current
from taawon.orders import queries
from taawon.web import edge
from taawon.web.accounts.forms import ProfileForm

ERASE = "erase"


@never_cache
@require_safe
@edge.login_needed
def home(request: HttpRequest) -> HttpResponse:
    orders = queries.bought_by(edge.actor(request))[:5]
    return render(request, "accounts/home.html", {"orders": orders, "tab": "account"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@edge.login_needed
def profile(request: HttpRequest) -> HttpResponse:
    who = edge.me(request)
    known = {
        "name": who.name,
        "email": who.email,
        "region": who.region_id,
        "town": who.town,
        "address": who.address,
    }
    form = ProfileForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            by = edge.actor(request)
            persons.update_profile(who.pk, **form.cleaned_data, by=by)
            messages.success(request, _("Saved."))
            return redirect("accounts:home")
        except Refused as refusal:
            form.add_error(refusal.facts.get("field"), str(refusal))
    context = {"form": form, "tab": "account"}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


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
