"""The first page: what is to be done, the most urgent first; sales; and whose shop it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from taawon.catalogue import workspace
from taawon.cooperatives import filed
from taawon.cooperatives import queries as cooperatives
from taawon.cooperatives.queries import shops_of
from taawon.cooperatives.services import behalf
from taawon.core.errors import NotFound
from taawon.orders import queries as orders
from taawon.orders.states import State
from taawon.reviews import queries as reviews
from taawon.web.edge import ON_BEHALF, actor, login_needed
from taawon.web.seller.desk import CHOSEN, Desk, at_desk, show

# Where the page of the shop mends what it lacks; what it cannot mend is only said.
_MENDED = {
    "phone": "about",
    "about": "about",
    "pickup": "pickup",
    "food": "food",
    "paused": "pause",
}


@require_safe
@at_desk
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    coop = cooperatives.page(desk.id)
    if coop is None:
        raise NotFound
    counts = orders.counts_of_shop(desk.id)
    shelf = workspace.counts(desk.id)
    asked = reviews.questions_for(desk.id, unanswered=True).count()
    register = filed.proposals(desk.id).count() if desk.manages else 0
    return show(
        request,
        desk,
        "home",
        "home",
        waiting=counts[State.PLACED],
        shop=getattr(coop, "shop", None),
        todo=todo(counts, shelf, asked, register),
        lacks=[
            {"text": lack.text, "part": _MENDED.get(lack.code, "")}
            for lack in cooperatives.missing_to_sell(coop)
            if lack.code != "paused"
        ],
        today=orders.sales_of_shop(desk.id, 1),
        week=orders.sales_of_shop(desk.id, 7),
        has_products=any(shelf[state] for state in ("draft", "published", "paused")),
    )


def todo(
    counts: dict[str, int], shelf: dict[str, int], asked: int, register: int = 0
) -> list[dict[str, Any]]:
    """What waits for the shop, the most urgent first; what only waits for others is calm."""
    order_page, product_page = reverse("seller:orders"), reverse("seller:products")
    voices = reverse("seller:voices")
    lines = (
        (counts[State.PLACED], "bell", _orders_to_accept, f"{order_page}?state=placed"),
        (shelf[workspace.HELD], "shield-check", _held, f"{product_page}?only=held"),
        (counts[State.ACCEPTED], "package", _orders_to_prepare, f"{order_page}?state=accepted"),
        (counts[State.PREPARED], "truck", _orders_to_ship, f"{order_page}?state=prepared"),
        (asked, "message-circle", _questions, f"{voices}?show=questions"),
        (register, "file-text", _register, reverse("seller:proposals")),
        (shelf[workspace.LOW], "triangle-alert", _low, f"{product_page}?only=low"),
        (shelf["draft"], "pencil", _drafts, f"{product_page}?only=draft"),
        (counts[State.SHIPPED], "clock", _on_the_way, f"{order_page}?state=shipped"),
    )
    calm = {_drafts, _on_the_way}
    return [
        {"count": n, "icon": icon, "text": say(n), "url": url, "calm": say in calm}
        for n, icon, say, url in lines
        if n
    ]


def _orders_to_accept(n: int) -> str:
    return ngettext("Order to accept", "Orders to accept", n)


def _held(n: int) -> str:
    return ngettext("Product held: read why", "Products held: read why", n)


def _orders_to_prepare(n: int) -> str:
    return ngettext("Order to prepare", "Orders to prepare", n)


def _orders_to_ship(n: int) -> str:
    return ngettext("Order ready to hand over", "Orders ready to hand over", n)


def _questions(n: int) -> str:
    return ngettext("Question to answer", "Questions to answer", n)


def _register(n: int) -> str:
    return ngettext(
        "Value where the register says otherwise", "Values where the register says otherwise", n
    )


def _low(n: int) -> str:
    return ngettext("Product nearly sold out", "Products nearly sold out", n)


def _drafts(n: int) -> str:
    return ngettext("Draft to finish", "Drafts to finish", n)


def _on_the_way(n: int) -> str:
    return ngettext("Order on its way", "Orders on their way", n)


@require_POST
@login_needed
def switch(request: HttpRequest) -> HttpResponse:
    """Choose among one's own shops."""
    wanted = request.POST.get("shop", "")
    if wanted not in {str(shop.id) for shop in shops_of(request.user.pk or 0)}:
        raise NotFound
    request.session[CHOSEN] = int(wanted)
    return redirect("seller:home")


@require_POST
@login_needed
def stop(request: HttpRequest) -> HttpResponse:
    """No longer act on a cooperative's behalf."""
    by = actor(request)
    acting_for = request.session.pop(ON_BEHALF, None)
    if acting_for is None:
        return redirect("seller:home")
    behalf.end(acting_for, by=by)
    return redirect("backoffice:home")
