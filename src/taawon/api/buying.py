"""From an empty basket to an order, without login or key; and what became of the order."""

from __future__ import annotations

import re
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Query, Router, Status
from pydantic import Field, StrictStr

from taawon.api import edge, lists, rows, schemas
from taawon.api.document import IDEMPOTENCY_KEY, no
from taawon.api.keys import BUY, FOLLOW, PartnerKey
from taawon.api.problems import NoKey
from taawon.api.reading import LARGEST_ID
from taawon.api.throttling import BASKETS, CHECKOUTS, LOOK_UPS
from taawon.core.errors import Invalid, NotFound
from taawon.core.phone import InvalidPhone
from taawon.orders import pricing, queries
from taawon.orders.models import Basket
from taawon.orders.services import baskets, checkout
from taawon.orders.services.checkout import Buyer
from taawon.orders.states import Delivery
from taawon.places.queries import regions

router = Router(tags=["Buying"])
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,32}")
_CODE = re.compile(r"[0-9A-Za-z]{8}")
_KEY = re.compile(r"[!-~]{1,200}")


class BasketAsked(lists.InLanguage):
    region: Annotated[
        str, Field(examples=["MA-06"], description="Where it goes: with it, fees are known.")
    ] = ""


class OrderAsked(lists.InLanguage):
    phone: Annotated[StrictStr, Field(max_length=40, description="As it was given to order.")]


@router.post(
    "baskets",
    auth=PartnerKey(BUY),
    throttle=[BASKETS],
    response={201: schemas.Opened, **no()},
)
def open_basket(request: HttpRequest, response: HttpResponse) -> Any:
    """A new, empty basket."""
    basket = baskets.open_basket(by=edge.actor(request))
    response["Location"] = f"{request.path}/{basket.token}"
    return Status(201, {"token": basket.token})


@router.get(
    "baskets/{token}",
    auth=PartnerKey(BUY),
    throttle=[BASKETS],
    response={200: schemas.Basket, **no(404)},
)
def basket(request: HttpRequest, token: str, asked: Query[BasketAsked]) -> Any:
    """The basket at today's prices, split by cooperative, with what hinders an order."""
    if asked.region and asked.region not in regions():
        raise Invalid(field="region")
    return rows.basket(pricing.price(_basket(token), to_region=asked.region))


@router.put(
    "baskets/{token}/lines/{int:product_id}",
    auth=PartnerKey(BUY),
    throttle=[BASKETS],
    response={200: schemas.Basket, **no(404)},
)
def put_line(request: HttpRequest, token: str, product_id: int, line: schemas.Line) -> Any:
    """Set how many packs of a product are wanted. More than is left may be wished for."""
    if product_id > LARGEST_ID:
        raise NotFound
    held = _basket(token)
    baskets.put(held.pk, product_id, line.quantity, by=edge.actor(request))
    return rows.basket(pricing.price(held))


@router.post(
    "baskets/{token}/checkout",
    auth=PartnerKey(BUY),
    throttle=[CHECKOUTS],
    response={201: schemas.Placed, **no(404, 409)},
    openapi_extra={"parameters": [IDEMPOTENCY_KEY]},
)
def place(request: HttpRequest, token: str, wish: schemas.Wish) -> Any:
    """Order what is in the basket: one order for each cooperative, all or none.

    409 says in `code` what is in the way (`out-of-stock`, `not-for-sale`, `empty-basket`,
    `no-pickup`, `total-changed`) and in further members which (`product_id`, `left`; `was`, `now`).
    """
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise NoKey
    held = _basket(token)
    # The names on the order stand in the customer's language.
    with translation.override(wish.language):
        done = checkout.place(held.pk, _wish(wish), key=key, by=edge.actor(request))
    return Status(201, {"orders": [rows.placed(order) for order in queries.placed_by(done)]})


@router.get(
    "orders/{code}",
    auth=PartnerKey(FOLLOW),
    throttle=[LOOK_UPS],
    response={200: schemas.Order, **no(404)},
)
def order(request: HttpRequest, code: str, asked: Query[OrderAsked]) -> Any:
    """What became of an order, for whoever knows its code and its phone."""
    if not _CODE.fullmatch(code):
        raise NotFound
    try:
        return rows.order(queries.for_phone(code, asked.phone))
    except InvalidPhone:
        raise NotFound from None


def _basket(token: str) -> Basket:
    """A guest's basket. Raises NotFound."""
    found = queries.basket_by_token(token) if _TOKEN.fullmatch(token) else None
    if found is None:
        raise NotFound
    return found


def _wish(said: schemas.Wish) -> checkout.Wish:
    return checkout.Wish(
        buyer=Buyer(
            name=said.name,
            phone=said.phone,
            region=said.region,
            town=said.town,
            address=said.address,
            note=said.note,
            language=said.language,
        ),
        deliveries={int(pk): Delivery(how) for pk, how in said.delivery.items()},
        expected_total_centimes=said.expected_total_centimes,
    )
