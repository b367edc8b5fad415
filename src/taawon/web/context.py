"""What the frame of every page needs (see templates/base.html)."""

from __future__ import annotations

from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString

from taawon.catalogue.shelves import strip_categories
from taawon.core.languages import LANGUAGES, current
from taawon.orders.queries import packs_in
from taawon.web.edge import BASKET_COOKIE, ON_BEHALF, person

_OWN_NAMES = dict(settings.LANGUAGES)
_CURRENT = ' aria-current="true"'
_SITE = {"name": settings.SITE_NAME, "url": settings.SITE_URL, "cndp": settings.CNDP_RECEIPT}


def page(request: HttpRequest) -> dict[str, Any]:
    who = person(request)
    own, rest = _split(request.path)
    query = request.META.get("QUERY_STRING", "")
    here = current()
    return {
        "site": _SITE,
        "demo_mode": settings.DEMO,
        "nav_categories": strip_categories(),
        "basket_count": _packs(request, who),
        "viewer": _viewer(request, who),
        "canonical": f"{settings.SITE_URL}{request.path}" if own else "",
        "language_name": _OWN_NAMES[here],
        "language_items": _items(own, f"{rest}?{query}" if query else rest, here),
        "alternates": _alternates(rest) if own else "",
    }


def _items(own: str, tail: str, here: str) -> SafeString:
    """This page in each language, or where it has none, the home page."""
    tail = escape(tail) if own else "/"
    return SafeString(
        "".join(
            f'\n<li><a href="/{code}{tail}" lang="{code}" hreflang="{code}"'
            f"{_CURRENT if code == here else ''}>{_OWN_NAMES[code]}</a></li>"
            for code in LANGUAGES
        )
    )


def _alternates(rest: str) -> SafeString:
    tail = escape(rest)
    return SafeString(
        "".join(
            f'<link rel="alternate" hreflang="{code}" href="{settings.SITE_URL}/{code}{tail}">\n'
            for code in LANGUAGES
        )
    )


def _split(path: str) -> tuple[str, str]:
    """/fr/products/ → ("fr", "/products/"); a page outside of the languages has none."""
    first, slash, rest = path.lstrip("/").partition("/")
    return (first, slash + rest) if first in LANGUAGES else ("", path)


def _packs(request: HttpRequest, who: Any) -> int:
    if who is not None:
        return int(who.basket_count)
    token = request.COOKIES.get(BASKET_COOKIE, "")
    return packs_in(token) if token else 0


def _viewer(request: HttpRequest, who: Any) -> dict[str, Any] | None:
    if who is None:
        return None
    return {
        "name": who.name or who.phone,
        "is_seller": who.is_seller,
        "is_staff_member": bool(who.staff_role),
        "for_cooperative": request.session.get(ON_BEHALF) if who.staff_role else None,
    }
