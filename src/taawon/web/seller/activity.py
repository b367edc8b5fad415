"""What was done in the shop's name, and to the shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from taawon.catalogue import workspace
from taawon.journal import queries
from taawon.journal.models import Entry
from taawon.orders.queries import of_shop
from taawon.web.seller.desk import Desk, at_desk, show

MOST = 100
TOLD: Mapping[str, str | Promise] = {
    "order-accepted": _("Order accepted"),
    "order-refused": _("Order refused"),
    "order-prepared": _("Order packed"),
    "order-shipped": _("Order handed to the carrier"),
    "order-delivered": _("Order delivered"),
    "order-not-collected": _("Order not collected"),
    "order-taken-back": _("Last step taken back"),
    "order-cancelled": _("Order cancelled"),
    "product-drafted": _("Product started"),
    "product-duplicated": _("Product copied"),
    "product-edited": _("Product changed"),
    "product-published": _("Product published"),
    "product-paused": _("Product paused"),
    "product-archived": _("Product put into the archive"),
    "product-restored": _("Product restored"),
    "price-changed": _("Price changed"),
    "stock-changed": _("Stock changed"),
    "certificate-set": _("Label added"),
    "certificate-removed": _("Label removed"),
    "picture-added": _("Picture added"),
    "picture-removed": _("Picture removed"),
    "pictures-reordered": _("Pictures put in another order"),
    "product-held": _("Product held by the national team"),
    "hold-answered": _("Answer sent to the national team"),
    "hold-lifted": _("Product released by the national team"),
    "review-answered": _("Review answered"),
    "question-answered": _("Question answered"),
    "cooperative-added": _("Added to the directory"),
    "cooperative-about-changed": _("Texts of the shop changed"),
    "proposal-accepted": _("Value of the register taken over"),
    "proposal-declined": _("Own value kept against the register’s"),
    "food-authorisation-changed": _("Food authorisation changed"),
    "invitation-made": _("Invited by the national team"),
    "invitation-repeated": _("Invitation sent again"),
    "invitation-confirmed": _("Invitation confirmed by text"),
    "invitation-declined": _("Invitation declined by text"),
    "invitation-withdrawn": _("Invitation withdrawn"),
    "invitation-expired": _("Invitation ended without an answer"),
    "shop-opened": _("Shop opened"),
    "shop-paused": _("Shop paused"),
    "shop-resumed": _("Shop open again"),
    "shop-suspended": _("Shop suspended by the national team"),
    "shop-reinstated": _("Suspension lifted"),
    "pickup-changed": _("Pick-up changed"),
    "member-joined": _("Member joined"),
    "member-invited": _("Member added"),
    "member-role-changed": _("Role of a member changed"),
    "member-removed": _("Member removed"),
    "member-confirmed": _("Member confirmed by the national team"),
    "member-replaced": _("Member replaced by somebody else who was found to speak for it"),
    "dispute-begun": _("Somebody else asked to run it: nothing could be changed"),
    "dispute-settled": _("Settled who speaks for it"),
    "entries-merged": _("Another entry of the register was merged into it"),
    "entry-corrected": _("Entry of the register corrected by the national team"),
    "correction-taken-back": _("Correction of the register entry taken back"),
    "merge-undone": _("A merge was undone"),
    "entries-told-apart": _("Found to be another cooperative than one like it"),
    "report-made": _("A reader reported an error"),
    "report-settled": _("A reported error was corrected"),
    "report-declined": _("A reported error was declined"),
    "acting-begun": _("The national team began to act for the cooperative"),
    "acting-ended": _("The national team stopped acting for the cooperative"),
}


@require_safe
@at_desk
def activity(request: HttpRequest, desk: Desk) -> HttpResponse:
    of_team = request.GET.get("show") != "shop"
    if of_team:
        found = queries.on_behalf_of(desk.id)
    else:
        found = queries.of_subject(f"cooperatives.cooperative:{desk.id}")
    base = reverse("seller:activity")
    return show(
        request,
        desk,
        "activity",
        "activity",
        of_team=of_team,
        rows=_told(desk, list(found[:MOST])),
        tabs=[
            {"label": _("By the national team"), "url": base, "current": of_team, "count": 0},
            {
                "label": _("The shop"),
                "url": f"{base}?show=shop",
                "current": not of_team,
                "count": 0,
            },
        ],
    )


def _told(desk: Desk, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Each entry in words, with the order or product that it is about."""
    order_ids = {entry.facts.get("order_id") for entry in entries} - {None}
    product_ids = {entry.facts.get("product_id") for entry in entries} - {None}
    mine = of_shop(desk.id).filter(pk__in=order_ids) if order_ids else None
    orders = dict(mine.values_list("pk", "number")) if mine is not None else {}
    shelf = _shelf(desk, product_ids) if product_ids else []
    products = {row.id: row for row in shelf}
    return [
        {
            "said": TOLD.get(entry.name, entry.name),
            "at": entry.happened_at,
            "order": orders.get(entry.facts.get("order_id")),
            "product": products.get(entry.facts.get("product_id", 0)),
            "was": entry.facts.get("was"),
            "now": entry.facts.get("now"),
            "kind": entry.name,
        }
        for entry in entries
    ]


def _shelf(desk: Desk, ids: set[Any]) -> list[workspace.Row]:
    """The products that are meant, without those in the archive."""
    return workspace.rows(workspace.products(desk.id).filter(pk__in=ids))
