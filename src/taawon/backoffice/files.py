"""A list as a spreadsheet, with the filters of its address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from taawon.web import exports

FORMS = ("csv", "xlsx")


def wanted(request: HttpRequest) -> bool:
    return request.GET.get("file") in FORMS


def answer(
    request: HttpRequest, name: str, headings: Sequence[str], rows: Iterable[exports.Row]
) -> HttpResponseBase:
    """What `?file=csv` or `?file=xlsx` asks for; the rows are read and let go by the hundred."""
    form = str(request.GET["file"])
    return exports.answer(form, f"taawon-{name}-{localdate():%Y-%m-%d}", headings, rows)
