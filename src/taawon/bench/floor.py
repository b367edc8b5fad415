"""What this machine could do at best: bare views on the same server, under the same middleware.

Each runs the main query of a page and renders 24 plain rows: no words, no head, no language, no
session, no rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import cycle, islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

from taawon.catalogue.queries import CARD, visible

ROWS = 24
_LIST = """<!doctype html><title>Floor</title><ul>
{% for row in rows %}<li><img src="/media/{{ row.cover }}-400.jpg" alt="" loading="lazy">
<h2><a href="/fr/products/{{ row.slug }}-{{ row.pk }}/">{{ row.name_fr }}</a></h2>
<p>{{ row.cooperative__name_fr }} · {{ row.cooperative__province_id }}</p>
<p>{{ row.price_centimes }} DH / {{ row.content }} {{ row.unit }}</p>
<form method="post" action="/fr/basket/add/">
<input type="hidden" name="product" value="{{ row.pk }}">
<button>Ajouter</button></form></li>
{% endfor %}</ul>"""


def cards(request: HttpRequest) -> HttpResponse:
    """The products of 24 ids, as the index gives them to a page of the catalogue."""
    ids = [int(number) for number in request.GET["ids"].split(".")]
    return _rendered(list(visible().filter(pk__in=ids).values(*CARD)))


def product(request: HttpRequest, number: int) -> HttpResponse:
    """One product with its cooperative, shop and category; shown in 24 rows."""
    found = visible().select_related("cooperative__shop", "category").get(pk=number)
    row = {
        "pk": found.pk,
        "cover": found.cover,
        "slug": found.slug,
        "name_fr": getattr(found, "name_fr"),  # noqa: B009 - modeltranslation makes it
        "cooperative__name_fr": found.cooperative.name,
        "cooperative__province_id": found.cooperative.province_id,
        "price_centimes": found.price_centimes,
        "content": found.content,
        "unit": found.unit,
    }
    return _rendered([row])


def cooperative(request: HttpRequest, number: int) -> HttpResponse:
    """The newest products of a shop."""
    mine = visible().filter(cooperative_id=number).order_by("-published_at", "-pk")
    return _rendered(list(mine.values(*CARD)[:ROWS]))


def _rendered(rows: Sequence[Mapping[str, Any]]) -> HttpResponse:
    return HttpResponse(_template().render({"rows": list(islice(cycle(rows), ROWS))}))


@cache
def _template() -> Any:
    return engines["django"].from_string(_LIST)
