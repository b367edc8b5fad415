"""What anybody may read: products, cooperatives, and the words that lists are filtered by."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from taawon.api import lists, rows, schemas
from taawon.api.document import no
from taawon.api.keys import READ, PartnerKey
from taawon.api.lists import CooperativesAsked, InLanguage, ProductsAsked
from taawon.api.throttling import READS
from taawon.catalogue import queries as catalogue
from taawon.catalogue import shelves
from taawon.cooperatives import branches, pairs, plain
from taawon.cooperatives import queries as cooperatives
from taawon.cooperatives.documents import NO_COMMUNE
from taawon.cooperatives.states import CooperativeStatus
from taawon.core.errors import NotFound
from taawon.core.text import clean
from taawon.places import queries as places
from taawon.search import query
from taawon.search.query import Found

router = Router(auth=PartnerKey(READ), throttle=[READS], tags=["Reading"])
LARGEST_ID = 2**63 - 1
_SORTS = {"newest": "-newest", "rating": "-rating"}
_REGISTER_SORTS = {"newest": "-newest", "members": "-members"}
_REGISTER_FACETS = (
    "region",
    "province",
    "sector",
    "women",
    "youth",
    "certificate",
    "sells",
    "status",
)
YES_OR_NO = ("yes", "no")
# What a filter is called in the database, for while there is no index.
_PRODUCT_COLUMNS = {"region": "cooperative__region_id", "category": "category__slug"}


@router.get("products", response={200: schemas.Products, **no()})
def products(request: HttpRequest, response: HttpResponse, asked: Query[ProductsAsked]) -> Any:
    """Products that can be seen, the best match first. `available` comes from the database."""
    lists.insist_on_size(request.auth, asked)  # type: ignore[attr-defined]  # set by PartnerKey
    chosen = lists.chosen(
        {
            "region": (asked.region, places.regions()),
            "category": (asked.category, {one.slug for one in shelves.categories()}),
        }
    )
    words = clean(asked.q)
    found = query.find(
        "product",
        words=words,
        filters={name: [value] for name, value in chosen.items()},
        sort=_SORTS.get(asked.sort, asked.sort or "relevance"),
        page=asked.number,
        per_page=asked.size,
        facets=("region", "category"),
    )
    if not found.ready:
        where = {_PRODUCT_COLUMNS[name]: value for name, value in chosen.items()}
        ids = catalogue.plain_search(words.split()[:6], where, asked.size)
        found = _without_index(asked, ids, response)
    return lists.page(request, asked, found, list(map(rows.product, catalogue.cards(found.ids))))


@router.get("products/{int:product_id}", response={200: schemas.Product, **no(404)})
def product(request: HttpRequest, product_id: int, asked: Query[InLanguage]) -> Any:
    """One product with its description, pictures and rating."""
    _insist_on_id(product_id)
    found = catalogue.product_page(product_id)
    cards = catalogue.cards([product_id])
    if not cards or found is None:
        raise NotFound
    return rows.product_in_full(cards[0], found)


@router.get("cooperatives", response={200: schemas.Cooperatives, **no()})
def list_cooperatives(
    request: HttpRequest, response: HttpResponse, asked: Query[CooperativesAsked]
) -> Any:
    """The national directory: every cooperative on the register, selling or not."""
    lists.insist_on_size(request.auth, asked)  # type: ignore[attr-defined]  # set by PartnerKey
    filters = {name: [value] for name, value in _filters(asked).items()}
    words = clean(asked.q)
    found = query.find(
        "cooperative",
        words=words,
        filters=filters,
        sort=_REGISTER_SORTS.get(asked.sort, "relevance"),
        page=asked.number,
        per_page=asked.size,
        facets=(*_REGISTER_FACETS, "commune") if asked.province else _REGISTER_FACETS,
    )
    if not found.ready:
        ids = plain.search(words, filters, asked.size)
        found = _without_index(asked, ids, response)
    listed = cooperatives.directory_rows(found.ids)
    return lists.page(request, asked, found, list(map(rows.cooperative, listed)))


def _filters(asked: CooperativesAsked) -> dict[str, str]:
    """Raises Invalid for a value that nobody knows."""
    yes_or_no = {name: (getattr(asked, name), YES_OR_NO) for name in ("women", "youth", "sells")}
    return lists.chosen(
        {
            "region": (asked.region, places.regions()),
            "province": (asked.province, places.provinces()),
            "commune": (asked.commune, {*places.communes(), NO_COMMUNE}),
            "sector": (asked.sector, branches.sectors()),
            "certificate": (asked.certificate, shelves.labels()),
            "status": (asked.status, CooperativeStatus.values),
            **yes_or_no,
        }
    )


@router.get(
    "cooperatives/{int:cooperative_id}",
    response={200: schemas.Cooperative, 308: None, **no(404)},
)
def cooperative(
    request: HttpRequest, response: HttpResponse, cooperative_id: int, asked: Query[InLanguage]
) -> Any:
    """One cooperative with its own words and its public contact.

    An entry that was merged into another one answers 308 with the address of that one.
    """
    _insist_on_id(cooperative_id)
    found = cooperatives.page(cooperative_id)
    if found is not None and (kept := pairs.kept(found)) is not None:
        query_string = request.META.get("QUERY_STRING", "")
        here = request.path.rpartition("/")[0]
        response["Location"] = f"{here}/{kept.id}" + (f"?{query_string}" if query_string else "")
        return Status(308, None)
    listed = cooperatives.directory_rows([cooperative_id])
    if not listed or found is None:
        raise NotFound
    return rows.cooperative_in_full(listed[0], found)


@router.get("regions", response={200: schemas.Regions, **no()})
def regions(request: HttpRequest, asked: Query[InLanguage]) -> Any:
    """The twelve regions, MA-01 … MA-12."""
    return lists.whole([rows.place(region) for region in places.regions().values()])


@router.get("categories", response={200: schemas.Categories, **no()})
def categories(request: HttpRequest, asked: Query[InLanguage]) -> Any:
    """The shelves of the market, in their order."""
    return lists.whole([rows.category(one) for one in shelves.categories()])


def _insist_on_id(number: int) -> None:
    """A number that no row can have is not found either."""
    if number > LARGEST_ID:
        raise NotFound


def _without_index(asked: lists.ListAsked, ids: list[int], response: HttpResponse) -> Found:
    """A plain and capped answer of the database, that says what it is."""
    response["Taawon-Complete"] = "no"
    first = ids if asked.number == 1 else []
    return Found(ids=tuple(first), count=len(ids), ready=False)
