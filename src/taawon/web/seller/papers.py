"""What goes with the parcel: the packing slip and the address label, to be printed."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from taawon.orders import queries
from taawon.places.queries import regions
from taawon.web.seller.desk import Desk, at_desk, show


@require_safe
@at_desk
def slip(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    return _sheet(request, desk, number, "slip")


@require_safe
@at_desk
def label(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    return _sheet(request, desk, number, "label")


def qr(code: str) -> str:
    """The code as a drawing for `<img src>`."""
    drawing: str = segno.make(code, error="m", micro=False).svg_data_uri(scale=4, border=2)
    return drawing


def _sheet(request: HttpRequest, desk: Desk, number: int, template: str) -> HttpResponse:
    order = queries.for_shop(desk.id, number)
    region = regions().get(order.region_id)
    return show(
        request,
        desk,
        template,
        "orders",
        order=order,
        coop=order.cooperative,
        region=region.name if region else "",
        qr=qr(order.code),
        packs=sum(line.quantity for line in order.lines.all()),
        grams=sum(line.quantity * line.weight_grams for line in order.lines.all()),
    )
