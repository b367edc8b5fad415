"""Rows of the rooms below as the API tells them: plain dictionaries in the shapes of schemas.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from taawon.catalogue import shelves
from taawon.catalogue.models import Product
from taawon.catalogue.queries import Card
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.queries import DirectoryRow
from taawon.core.languages import LANGUAGES, current, said_by, texts_of
from taawon.orders.models import Order
from taawon.orders.pricing import Line, Part, Priced
from taawon.places.queries import Named


def names(columns: Mapping[str, Any], field: str = "name") -> dict[str, str]:
    """{"name_fr": …} → {"fr": …}, empty ones left out."""
    found = {language: columns.get(f"{field}_{language}") for language in LANGUAGES}
    return {language: str(text) for language, text in found.items() if text}


def product(card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "name": card.name,
        "names": names(card.names),
        "price_centimes": card.price_centimes,
        "available": card.available,
        "cooperative_id": card.cooperative_id,
        "cooperative_name": card.cooperative_name,
        "category": shelf.slug if (shelf := shelves.category(card.category_id)) else "",
        "region": card.region_code,
        "province": card.province_code,
        "content": card.content,
        "unit": card.unit,
        "weight_grams": card.weight_grams,
        "labels": list(card.label_codes),
        "picture": picture(card.cover, 400) if card.cover else None,
        "url": page("products", card.slug_id),
    }


def product_in_full(card: Card, found: Product) -> dict[str, Any]:
    count = found.rating_count
    return {
        **product(card),
        "description": said_by(found, "description"),
        "descriptions": texts_of(found, "description"),
        "unit_price_centimes": card.unit_price_centimes,
        "rating": {
            "average": round(found.rating_sum / count, 1) if count else None,
            "count": count,
        },
        "pictures": [
            {
                "small": picture(one.key, 240),
                "medium": picture(one.key, 400),
                "large": picture(one.key, 640),
                "width": one.width,
                "height": one.height,
            }
            for one in found.pictures.all()
        ],
    }


def cooperative(row: DirectoryRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "names": names(row.names),
        "region": row.region_code,
        "province": row.province_code,
        "commune": row.commune_code,
        "sector": row.sector_code,
        "status": row.status,
        "is_womens": row.is_womens,
        "is_youth": row.is_youth,
        "women": row.women,
        "men": row.men,
        "registered_on": row.registered_on.isoformat() if row.registered_on else None,
        "sells": row.sells,
        "paused": row.paused,
        "url": page("cooperatives", row.slug_id),
    }


def cooperative_in_full(row: DirectoryRow, found: Cooperative) -> dict[str, Any]:
    shop = getattr(found, "shop", None) if row.sells else None
    return {
        **cooperative(row),
        "about": said_by(found, "about"),
        "abouts": texts_of(found, "about"),
        "purpose": said_by(found, "purpose"),
        "purposes": texts_of(found, "purpose"),
        "registration_number": found.registration_number,
        "registration_kind": found.registration_kind,
        "court": found.court,
        "capital_centimes": found.capital_centimes,
        "labels": list(found.label_codes) if row.sells else [],
        "phone": found.phone,
        "address": found.address,
        "paused_until": shop.paused_until.isoformat() if shop is not None and row.paused else None,
        "offers_pickup": shop is not None and shop.offers_pickup,
    }


def place(named: Named) -> dict[str, Any]:
    return {"code": named.code, "name": named.name, "names": names(dict(named.names))}


def category(one: shelves.CategoryLine) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "name": one.name,
        "names": names(dict(one.names)),
        "parent": one.parent_slug or None,
    }


def basket(priced: Priced) -> dict[str, Any]:
    fees = None not in [part.shipping for part in priced.parts] and bool(priced.parts)
    return {
        "lines": [_basket_line(line) for line in priced.lines],
        "parts": [_basket_part(part) for part in priced.parts],
        "items_centimes": priced.items_centimes,
        "shipping_centimes": priced.shipping_centimes if fees else None,
        "total_centimes": priced.total_centimes if fees else None,
    }


def _basket_line(line: Line) -> dict[str, Any]:
    problem = line.problem
    return {
        "product_id": line.product_id,
        "name": line.name,
        "quantity": line.quantity,
        "price_centimes": line.price_centimes,
        "amount_centimes": line.amount_centimes,
        "available": 0 if problem == "not-for-sale" else max(line.left, 0),
        "problem": problem,
    }


def _basket_part(part: Part) -> dict[str, Any]:
    known = part.shipping is not None
    return {
        "cooperative_id": part.cooperative_id,
        "cooperative_name": part.cooperative_name,
        "product_ids": [line.product_id for line in part.lines],
        "offers_pickup": part.offers_pickup,
        "items_centimes": part.items_centimes,
        "shipping_centimes": part.shipping_centimes if known else None,
        "total_centimes": part.total_centimes if known else None,
        "days_from": part.days_from if known else None,
        "days_to": part.days_to if known else None,
    }


def placed(order: Order) -> dict[str, Any]:
    """As it was when it was placed, whatever has become of it: a replay answers the same."""
    return {
        "code": order.code,
        "state": "placed",
        "cooperative_id": order.cooperative_id,
        "items_centimes": order.items_centimes,
        "shipping_centimes": order.shipping_centimes,
        "total_centimes": order.total_centimes,
        "secret": order.secret,
        "url": f"/{order.language}/orders/{order.code}/?key={order.secret}",
    }


def order(found: Order) -> dict[str, Any]:
    return {
        "code": found.code,
        "state": found.state,
        "cooperative_id": found.cooperative_id,
        "cooperative_name": said_by(found.cooperative, "name"),
        "delivery": found.delivery,
        "payment": found.payment,
        "carrier": found.carrier,
        "tracking": found.tracking,
        "placed_at": found.placed_at,
        "days_from": found.days_from,
        "days_to": found.days_to,
        "items_centimes": found.items_centimes,
        "shipping_centimes": found.shipping_centimes,
        "total_centimes": found.total_centimes,
        "lines": [
            {
                "product_id": line.product_id,
                "name": line.name,
                "quantity": line.quantity,
                "price_centimes": line.price_centimes,
                "amount_centimes": line.amount_centimes,
            }
            for line in found.lines.all()
        ],
        "steps": [
            {"state": step.state, "at": step.at, "note": step.note} for step in found.steps.all()
        ],
    }


def picture(key: str, width: int) -> str:
    return f"{settings.MEDIA_URL}{key}-{width}.jpg"


def page(room: str, slug_id: str) -> str:
    """The address of a page for people, in the language of the answer."""
    return f"/{current()}/{room}/{slug_id}/"
