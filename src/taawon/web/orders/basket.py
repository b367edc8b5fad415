"""The basket: look, add, change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from taawon.core.errors import NotAllowed, NotFound
from taawon.orders import pricing
from taawon.orders.errors import WrongQuantity
from taawon.orders.models import Basket
from taawon.orders.services import baskets
from taawon.web import edge


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    basket = edge.basket_of(request)
    priced = pricing.price(basket) if basket else pricing.Priced()
    return render(request, "orders/basket.html", {"priced": priced})


@csrf_exempt
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """From a page that may be kept for everyone: no token, so it must come from our own pages."""
    if not edge.same_origin(request):
        raise NotAllowed
    product_id = _number(request.POST.get("product", ""))
    quantity = _number(request.POST.get("quantity", "1"))
    if product_id is None:
        raise NotFound
    if quantity is None:
        raise WrongQuantity(field="quantity")
    basket = edge.open_basket(request)
    baskets.add(basket.pk, product_id, quantity, by=edge.actor(request))
    return edge.keep_basket(request, _added(request, basket), basket)


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    basket = edge.basket_of(request)
    product_id = _number(request.POST.get("product", ""))
    quantity = _number(request.POST.get("quantity", ""))
    if basket is None or product_id is None:
        raise NotFound
    if quantity is None or quantity > baskets.MOST:
        messages.error(request, str(WrongQuantity(field="quantity")))
        return redirect("orders:basket")
    baskets.put(basket.pk, product_id, quantity, by=edge.actor(request))
    if quantity == 0:
        messages.success(request, _("The product was taken out of the basket."))
    return redirect("orders:basket")


def _added(request: HttpRequest, basket: Basket) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        count = pricing.price(basket).count
        return JsonResponse({"count": count, "message": _("Added to the basket.")})
    messages.success(request, _("Added to the basket."))
    return redirect("orders:basket")


def _number(text: str) -> int | None:
    """Digits of at most nine places; everything else is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
