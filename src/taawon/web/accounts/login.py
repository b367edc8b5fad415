"""Login: a phone, then the code that it receives."""

from __future__ import annotations

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from taawon.accounts.models import Person
from taawon.accounts.services import codes, persons
from taawon.core import phone as phones
from taawon.core.actor import Actor, Channel
from taawon.core.errors import Refused
from taawon.core.languages import current
from taawon.orders.services import baskets, claiming
from taawon.web import edge

PHONE = "login_phone"
NEXT = "login_next"
RESEND_SECONDS = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    if edge.person(request) is not None:
        return redirect(_next(request, request.GET.get("next", "")))
    if request.method != "POST":
        return _phone_page(request, "", request.GET.get("next", ""))
    typed, onwards = request.POST.get("phone", ""), request.POST.get("next", "")
    try:
        _send(request, typed)
    except Refused as refusal:
        return _phone_page(request, typed, onwards, str(refusal))
    request.session[PHONE], request.session[NEXT] = phones.normalise(typed), onwards[:300]
    return redirect("accounts:code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    number = request.session.get(PHONE)
    if not number:
        return redirect("accounts:login")
    error = ""
    if request.method == "POST":
        try:
            if request.POST.get("again"):
                _send(request, number)
                messages.success(request, _("Another code is on its way."))
                return redirect("accounts:code")
            return _welcome(request, number, request.POST.get("code", "")[:40])
        except Refused as refusal:
            error = str(refusal)
    context = {"phone": number, "error": error, "wait": RESEND_SECONDS, "tab": "account"}
    return render(request, "accounts/code.html", context, status=422 if error else 200)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    response = redirect("market:home")
    response["Clear-Site-Data"] = '"cache"'
    return response


def _phone_page(request: HttpRequest, typed: str, onwards: str, error: str = "") -> HttpResponse:
    context = {"phone": typed[:40], "next": onwards, "error": error, "tab": "account"}
    return render(request, "accounts/login.html", context, status=422 if error else 200)


def _send(request: HttpRequest, typed: str) -> None:
    codes.send_code(
        typed,
        purpose=persons.LOGIN,
        address=edge.address(request),
        language=current(),
        by=edge.actor(request),
    )


def _welcome(request: HttpRequest, number: str, typed: str) -> HttpResponse:
    person = persons.sign_in(number, typed, language=current(), by=edge.actor(request))
    onwards = _next(request, request.session.pop(NEXT, ""))
    request.session.pop(PHONE, None)
    auth.login(request, person, backend="taawon.accounts.backend.PhoneCodeBackend")
    claiming.attach_past_orders(person)
    response = redirect(onwards)
    _bring_basket(request, response, person)
    return response


def _bring_basket(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    if token := request.COOKIES.get(edge.BASKET_COOKIE):
        by = Actor(person_id=person.pk, channel=Channel.WEB)
        baskets.merge(token, by=by)
        response.delete_cookie(edge.BASKET_COOKIE)


def _next(request: HttpRequest, wanted: str) -> str:
    """Only a place on this site."""
    here = {request.get_host()}
    if wanted and url_has_allowed_host_and_scheme(wanted, here, require_https=request.is_secure()):
        return wanted
    return reverse("accounts:home")
