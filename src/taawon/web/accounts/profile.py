"""Name, address, and how a person is reached: another e-mail address is proved by a code."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from taawon.accounts.models import Person
from taawon.accounts.services import addresses, persons
from taawon.core.errors import Refused
from taawon.core.languages import current
from taawon.messaging import consent
from taawon.messaging.rules import address_in
from taawon.web import edge
from taawon.web.accounts.forms import ProfileForm
from taawon.web.accounts.login import RESEND_SECONDS


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@edge.login_needed
def profile(request: HttpRequest) -> HttpResponse:
    who = edge.me(request)
    if request.method != "POST":
        return _page(request, who, ProfileForm(initial=_known(who), proved=who.email))
    form = ProfileForm(request.POST, initial=_known(who), proved=who.email)
    if form.is_valid():
        try:
            if _save(request, who, form.cleaned_data):
                messages.success(request, _("We have sent a code to your e-mail address."))
                return redirect("accounts:profile")
            messages.success(request, _("Saved."))
            return redirect("accounts:home")
        except Refused as refusal:
            form.add_error(refusal.facts.get("field"), str(refusal))
    return _page(request, who, form)


@require_POST
@edge.login_needed
def email(request: HttpRequest) -> HttpResponse:
    """The code that came by e-mail, or another one, please."""
    who, by = edge.me(request), edge.actor(request)
    try:
        if request.POST.get("again"):
            asked_from = edge.address(request)
            addresses.send_again(who.pk, address=asked_from, language=current(), by=by)
            messages.success(request, _("Another code is on its way."))
        else:
            addresses.prove(who.pk, request.POST.get("code", "")[:40], by=by)
            messages.success(request, _("Your e-mail address is confirmed."))
        return redirect("accounts:profile")
    except Refused as refusal:
        form = ProfileForm(initial=_known(who), proved=who.email)
        return _page(request, who, form, str(refusal))


@never_cache
@csrf_exempt  # What the address bears is signed; mail programs post there without a cookie.
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Ends announcements to an e-mail address; the header List-Unsubscribe leads here."""
    signed = request.GET.get("who", "")
    to = address_in(signed)
    if to is None:
        raise Http404
    if request.method == "POST":
        consent.stop(to)
    context = {"to": to, "who": signed, "done": request.method == "POST", "tab": "account"}
    return render(request, "accounts/unsubscribe.html", context)


def _known(who: Person) -> dict[str, Any]:
    return {
        "name": who.name,
        "email": who.email_unproved or who.email,
        "reach": who.reach,
        "region": who.region_id,
        "town": who.town,
        "address": who.address,
    }


def _save(request: HttpRequest, who: Person, typed: dict[str, Any]) -> bool:
    """Whether a code was sent to another e-mail address."""
    by, wanted = edge.actor(request), dict(typed)
    address = wanted.pop("email")
    persons.update_profile(who.pk, **wanted, by=by)
    asked_from = edge.address(request)
    return addresses.change(who.pk, address, address=asked_from, language=current(), by=by)


def _page(request: HttpRequest, who: Person, form: ProfileForm, error: str = "") -> HttpResponse:
    context = {"form": form, "who": who, "error": error, "wait": RESEND_SECONDS, "tab": "account"}
    status = 422 if form.errors or error else 200
    return render(request, "accounts/profile.html", context, status=status)
