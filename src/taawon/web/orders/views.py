"""An order, for who bought it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taawon.core.errors import NotFound, Refused
from taawon.orders import queries, rules
from taawon.orders.models import Order
from taawon.orders.services import fulfilment, reordering
from taawon.reviews.services import reviews
from taawon.web import edge
from taawon.web.orders import trail
from taawon.web.orders.forms import FindForm
from taawon.web.throttle import brake


@never_cache
@require_safe
def order(request: HttpRequest, code: str) -> HttpResponse:
    proof = request.GET.get("key", "")
    found = queries.for_buyer(code, proof=proof, by=edge.actor(request))
    context = {
        "order": found,
        "steps": trail.of(found),
        "proof": proof,
        "may_cancel": rules.buyer_may_cancel(found),
        "reviewable": trail.reviewable(found, edge.actor(request)),
    }
    return render(request, "orders/order.html", context)


@never_cache
@require_safe
@edge.login_needed
def mine(request: HttpRequest) -> HttpResponse:
    orders = Paginator(queries.bought_by(edge.actor(request)), 20)
    page = orders.get_page(request.GET.get("page"))
    return render(request, "orders/mine.html", {"page": page, "tab": "account"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        brake(request, "find-order", most=20)
        try:
            found = queries.for_phone(form.cleaned_data["code"].strip(), form.cleaned_data["phone"])
            return redirect(_link(found, found.secret))
        except NotFound:
            form.add_error("code", _("No order has this code and this phone number."))
        except Refused as refusal:
            form.add_error("phone", str(refusal))
    status = 422 if form.errors else 200
    return render(request, "orders/find.html", {"form": form}, status=status)


@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    proof = request.POST.get("key", "")
    found = queries.for_buyer(code, proof=proof, by=edge.actor(request))
    try:
        reason = request.POST.get("reason", "")
        fulfilment.cancel(found.pk, proof=proof, reason=reason, by=edge.actor(request))
        messages.success(request, _("The order is cancelled. The cooperative has been told."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_link(found, proof))


@require_POST
def reorder(request: HttpRequest, code: str) -> HttpResponse:
    proof = request.POST.get("key", "")
    by = edge.actor(request)
    found = queries.for_buyer(code, proof=proof, by=by)
    basket = edge.open_basket(request)
    for name in reordering.reorder(found, basket.pk, proof=proof, by=by):
        messages.warning(request, _("“%(name)s” is not for sale any more.") % {"name": name})
    return edge.keep_basket(request, redirect("orders:basket"), basket)


@require_POST
@edge.login_needed
def review(request: HttpRequest, code: str, line: int) -> HttpResponse:
    by = edge.actor(request)
    found = queries.for_buyer(code, by=by)
    if line not in {one.pk for one in found.lines.all()}:
        raise NotFound
    stars = request.POST.get("stars", "")
    try:
        text = request.POST.get("text", "")
        reviews.write(line, stars=int(stars) if stars in "12345" else 0, text=text, by=by)
        messages.success(request, _("Thank you! Your review is on the product’s page."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_link(found, ""))


def _link(order: Order, proof: str) -> str:
    return reverse("orders:order", args=[order.code], query={"key": proof} if proof else None)
