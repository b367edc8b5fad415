"""Checkout: one page, then "check your order", then the orders."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from taawon.catalogue.errors import NotForSale, OutOfStock
from taawon.core.errors import Invalid
from taawon.core.languages import current
from taawon.orders import pricing, queries
from taawon.orders.errors import EmptyBasket, NoPickup, TotalChanged
from taawon.orders.models import Basket
from taawon.orders.services import checkout as service
from taawon.web import edge
from taawon.web.orders.forms import CheckoutForm

TYPED = "checkout_typed"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    basket = edge.basket_of(request)
    priced = pricing.price(basket) if basket else pricing.Priced()
    if request.method != "POST":
        return _form_page(request, priced) if priced.parts else redirect("orders:basket")
    if request.POST.get("member") and edge.person(request) is None:
        return _login_again(request)
    if basket is None:
        return redirect("orders:basket")
    if request.POST.get("step") == "place" and (done := _done_before(request, basket)):
        return done
    form = CheckoutForm(request.POST, priced=priced)
    if request.POST.get("step") == "change" or not form.is_valid():
        return _form_page(request, priced, form)
    if request.POST.get("step") == "place":
        return _place(request, basket, form)
    return _check_page(request, basket, form)


@never_cache
@require_safe
def done(request: HttpRequest, secret: str) -> HttpResponse:
    found = queries.checkout_by_secret(secret)
    return render(request, "orders/done.html", {"orders": queries.orders_of(found)})


def _place(request: HttpRequest, basket: Basket, form: CheckoutForm) -> HttpResponse:
    total = request.POST.get("total", "")
    expected = int(total) if total.isascii() and total.isdigit() and len(total) < 12 else None
    wish = service.Wish(_buyer(form), form.deliveries(), expected)
    try:
        placed = service.place(basket.pk, wish, key=_key(request), by=edge.actor(request))
    except (TotalChanged, NoPickup, Invalid) as refusal:
        return _check_page(request, basket, form, refusal)
    except (OutOfStock, NotForSale, EmptyBasket) as refusal:
        request.session[TYPED] = _typed(request)
        messages.error(request, str(refusal))
        return redirect("orders:basket")
    request.session.pop(TYPED, None)
    return redirect("orders:done", placed.secret)


def _done_before(request: HttpRequest, basket: Basket) -> HttpResponse | None:
    """The same form once more (a double click, the way back): the same orders again."""
    found = queries.checkout_of_key(basket.pk, _key(request))
    return redirect("orders:done", found.secret) if found else None


def _form_page(
    request: HttpRequest, priced: pricing.Priced, form: CheckoutForm | None = None
) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    shown = form or CheckoutForm(initial=_remembered(request), priced=priced)
    context = {"form": shown, "priced": priced, "picked": _picked(shown)}
    return render(request, "orders/checkout.html", context, status=status)


def _check_page(
    request: HttpRequest,
    basket: Basket,
    form: CheckoutForm,
    refusal: Exception | None = None,
) -> HttpResponse:
    buyer = _buyer(form)
    priced = pricing.price(basket, to_region=buyer.region, deliveries=form.deliveries())
    context = {
        "buyer": buyer,
        "priced": priced,
        "refusal": refusal,
        "key": _key(request) or secrets.token_urlsafe(18),
        "typed": {name: value for name, value in _typed(request).items() if name != "payment"},
    }
    return render(request, "orders/check.html", context, status=409 if refusal else 200)


def _login_again(request: HttpRequest) -> HttpResponse:
    """The login ended half-way: what was typed is kept, and the basket waits with the person."""
    request.session[TYPED] = _typed(request)
    messages.warning(request, _("You were logged out. Log in again: your basket is still there."))
    return redirect(reverse("accounts:login", query={"next": request.path}))


def _buyer(form: CheckoutForm) -> service.Buyer:
    values = form.cleaned_data
    return service.Buyer(
        name=values["name"],
        phone=values["phone"],
        region=values["region"],
        town=values["town"],
        address=values["address"],
        note=values["note"],
        language=current(),
    )


def _typed(request: HttpRequest) -> dict[str, str]:
    kept = ("name", "phone", "region", "town", "address", "note", "payment")
    return {
        name: str(text)[:300]
        for name, text in request.POST.items()
        if name in kept or name.startswith("delivery-")
    }


def _remembered(request: HttpRequest) -> dict[str, Any]:
    """What was typed before, else what the person's profile says."""
    if typed := request.session.get(TYPED):
        return dict(typed)
    if (who := edge.person(request)) is None:
        return {}
    return {
        "name": who.name,
        "phone": who.phone,
        "region": who.region_id,
        "town": who.town,
        "address": who.address,
    }


def _picked(form: CheckoutForm) -> set[int]:
    """The cooperatives where the person said to collect the order."""
    said = form.data if form.is_bound else form.initial
    ids = [part.cooperative_id for part in form.priced.parts]
    return {pk for pk in ids if said.get(f"delivery-{pk}") == "pickup"}


def _key(request: HttpRequest) -> str:
    return str(request.POST.get("key", ""))[:60]
