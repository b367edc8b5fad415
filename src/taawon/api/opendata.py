"""Open data: the register page by page, what changed, snapshots, and the description of it all."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from taawon.api import dcat, open_schemas
from taawon.api.document import no
from taawon.api.keys import READ, PartnerKey
from taawon.api.throttling import READS
from taawon.core.errors import NotFound
from taawon.observatory import changes, cursors, licence, queries, register
from taawon.observatory.register import Filters

router = Router(auth=PartnerKey(READ), throttle=[READS], tags=["Open data"])
PAGE = 200
_MONTH = re.compile(r"\d{4}-\d{2}")


def _file(media: str) -> dict[str, Any]:
    """For the document: what answers is a file, not a shape."""
    content = {media: {"schema": {"type": "object"}}}
    return {"responses": {200: {"description": "OK", "content": content}}}


class RegisterAsked(BaseModel):
    cursor: Annotated[str, Field(max_length=80, description="From `next` of the page before.")] = ""
    region: Annotated[str, Field(examples=["MA-06"], description="A code of /regions.")] = ""
    sector: Annotated[str, Field(max_length=40, description="A field of activity.")] = ""
    women: Annotated[
        Literal["yes", "no", ""], Field(description="Women’s cooperatives, or the others.")
    ] = ""
    womens: Annotated[
        Literal["yes", "no", ""],
        Field(description="The older name of `women`.", json_schema_extra={"deprecated": True}),
    ] = ""


class ChangesAsked(BaseModel):
    since: Annotated[
        str, Field(max_length=80, description="From `cursor` of the answer before.")
    ] = ""


@router.get("open/cooperatives", response={200: open_schemas.Register, **no()})
def open_cooperatives(request: HttpRequest, asked: Query[RegisterAsked]) -> Any:
    """The whole register, 200 a page, in the order of ids: new entries come at the end."""
    filters = Filters(asked.region, asked.sector, asked.women or asked.womens).checked()
    found = register.after(cursors.row(asked.cursor), PAGE + 1, filters)
    shown = found[:PAGE]
    following = None
    if len(found) > PAGE:
        kept = request.GET.copy()
        kept["cursor"] = cursors.of_row(shown[-1]["id"])
        following = f"{request.path}?{kept.urlencode()}"
    return {**_words(), "next": following, "results": shown}


@router.get("open/changes", response={200: open_schemas.Changes, **no(410)})
def open_changes(request: HttpRequest, asked: Query[ChangesAsked]) -> Any:
    """Which cooperatives changed behind a cursor, as they stand now.

    Without `since` it gives the cursor of now: take it first, then the whole register, then follow.
    Changes are kept for a week; an older cursor is answered with 410.
    """
    found = changes.since(asked.since)
    results = [{"id": one.id, "cooperative": one.row} for one in found.changes]
    return {**_words(), "cursor": found.cursor, "more": found.more, "results": results}


@router.get("open/catalog.jsonld", response=no(), openapi_extra=_file("application/ld+json"))
def open_catalog(request: HttpRequest) -> HttpResponse:
    """All data sets, as DCAT 3 in JSON-LD."""
    text = json.dumps(dcat.catalog(), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/ld+json; charset=utf-8")


@router.get(
    "open/snapshots/{str:month}.json", response=no(404), openapi_extra=_file("application/json")
)
def open_snapshot(request: HttpRequest, month: str) -> HttpResponse:
    """All figures of a month ("2026-10"), letter by letter as they were put aside."""
    if not _MONTH.fullmatch(month):
        raise NotFound
    found = queries.snapshot(month)
    response = HttpResponse(found.text, content_type="application/json; charset=utf-8")
    response["ETag"] = f'"{found.sha256}"'
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _words() -> dict[str, str]:
    """What goes along with every page of rows."""
    return {
        "publisher": licence.source(),
        "source": licence.source(),
        "licence": licence.ADDRESS,
        "as_of": timezone.localtime().isoformat(timespec="seconds"),
    }
