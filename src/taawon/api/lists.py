"""What every list takes and answers: known filters, pages of 24 lines, an exact count."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest, QueryDict
from pydantic import BaseModel, Field

from taawon.api import keys, schemas
from taawon.core.errors import Invalid
from taawon.search.hits import DEEPEST
from taawon.search.query import Found

PER_PAGE = 24
# An empty value says as much as none: forms send them.
Nothing = Literal[""]


class InLanguage(BaseModel):
    lang: Annotated[schemas.Spoken | Nothing, Field(description="Goes before Accept-Language.")] = (
        ""
    )


class ListAsked(InLanguage):
    q: Annotated[str, Field(max_length=400, description="Words in any of the languages.")] = ""
    region: Annotated[str, Field(examples=["MA-06"], description="A code of /regions.")] = ""
    page: Annotated[int, Field(ge=1)] | Nothing = 1
    per_page: Annotated[
        Annotated[int, Field(ge=1, le=200)] | Nothing,
        Field(description=f"More than {PER_PAGE} with a key of the scope {keys.BULK}."),
    ] = PER_PAGE

    @property
    def number(self) -> int:
        return self.page or 1

    @property
    def size(self) -> int:
        return self.per_page or PER_PAGE


class ProductsAsked(ListAsked):
    category: Annotated[str, Field(examples=["miel"], description="A slug of /categories.")] = ""
    sort: Annotated[
        Literal["relevance", "newest", "price", "-price", "rating"] | Nothing,
        Field(description="The best match first where nothing is said."),
    ] = ""


YesOrNo = Literal["yes", "no"] | Nothing


class CooperativesAsked(ListAsked):
    province: Annotated[str, Field(description="A code of the facet “province”.")] = ""
    commune: Annotated[
        str, Field(description="A code of the facet “commune”, which a province brings.")
    ] = ""
    sector: Annotated[
        str, Field(description="A code of the facet “sector”: a field of activity or a category.")
    ] = ""
    women: Annotated[YesOrNo, Field(description="Women’s cooperatives.")] = ""
    youth: Annotated[YesOrNo, Field(description="Youth cooperatives.")] = ""
    certificate: Annotated[
        str, Field(examples=["igp"], description="A label that one of its products bears.")
    ] = ""
    sells: Annotated[YesOrNo, Field(description="Whether its shop is open here.")] = ""
    status: Annotated[
        str, Field(examples=["active"], description="A value of the facet “status”.")
    ] = ""
    sort: Annotated[
        Literal["relevance", "newest", "members"] | Nothing,
        Field(description="The best match first where nothing is said."),
    ] = ""


def chosen(wanted: Mapping[str, tuple[str, Collection[str]]]) -> dict[str, str]:
    """{filter: (value, known values)} → the filters that are set. Raises Invalid."""
    for name, (value, known) in wanted.items():
        if value and value not in known:
            raise Invalid(field=name, allowed=known)
    return {name: value for name, (value, _known) in wanted.items() if value}


def insist_on_size(caller: keys.Caller, asked: ListAsked) -> None:
    """Long pages are for some keys. Raises WrongKey, ScopeMissing."""
    if asked.size > PER_PAGE:
        keys.insist(caller, keys.BULK)


def page(
    request: HttpRequest, asked: ListAsked, found: Found, results: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The answer of a list that the index found. Pages end where the index ends them."""
    reach = min(found.count, DEEPEST)
    more = asked.number * asked.size < reach
    return {
        "count": found.count,
        "next": _next(request, asked) if more else None,
        "results": results,
        "facets": found.facets,
    }


def whole(results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The answer of a list that is short enough for one page."""
    return {"count": len(results), "next": None, "results": results, "facets": {}}


def _next(request: HttpRequest, asked: ListAsked) -> str:
    kept = QueryDict(mutable=True)
    for name, value in request.GET.items():
        if name in type(asked).model_fields and name != "page" and value:
            kept[name] = str(value)
    kept["page"] = str(asked.number + 1)
    return f"{request.path}?{kept.urlencode()}"
