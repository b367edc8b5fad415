"""Prices and stock of all products in one table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from taawon.catalogue import workspace
from taawon.catalogue.errors import BulkRefused
from taawon.catalogue.services import bulk as service
from taawon.core.errors import Invalid
from taawon.web.forms import DirhamField, WholeField, dirhams
from taawon.web.seller.desk import Desk, at_desk, page_of, show
from taawon.web.seller.product_forms import MOST_DIRHAMS

# Four fields a row: far below the number of fields that one form may have.
PER_PAGE = 50
_NUMBER = re.compile(r"price-(\d{1,9})", re.ASCII)
_PRICE = DirhamField(least=0, most=MOST_DIRHAMS)
_STOCK = WholeField()
_COLUMNS = {"price_centimes": "price", "on_hand": "stock"}


@dataclass(slots=True)
class Line:
    """A row of the table as it is typed, with what is wrong in it by column."""

    row: workspace.Row
    price: str
    stock: str
    price_was: str
    stock_was: str
    wrong: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: workspace.Row) -> Line:
        price = dirhams(row.price_centimes) if row.price_centimes else ""
        return cls(row, price, str(row.on_hand), price, str(row.on_hand))

    @classmethod
    def typed(cls, row: workspace.Row, data: QueryDict) -> Line:
        price, stock, price_was, stock_was = (
            data.get(f"{name}-{row.number}", "")[:24]
            for name in ("price", "stock", "price-was", "stock-was")
        )
        return cls(row, price, stock, price_was, stock_was)

    def wanted(self) -> service.Row | None:
        """What differs from what the table showed; None where nothing does."""
        price = self._read("price", _PRICE) if self.price.strip() else None
        stock = self._read("stock", _STOCK) if self.stock.strip() else None
        if price is None and stock is None:
            return None
        return service.Row(self.row.number, price_centimes=price, on_hand=stock)

    def _read(self, column: str, reader: Any) -> int | None:
        written = getattr(self, column)
        if written == getattr(self, f"{column}_was"):
            return None
        try:
            number: int | None = reader.clean(written)
        except ValidationError as problem:
            self.wrong[column] = " ".join(problem.messages)
            return None
        return number


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def bulk(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _table(request, desk, None)
    lines = _typed(desk, request.POST)
    wanted = [row for line in lines if (row := line.wanted())]
    if any(line.wrong for line in lines):
        return _table(request, desk, lines)
    try:
        changed = service.bulk_edit(desk.id, wanted, by=desk.actor)
    except BulkRefused as refusal:
        _mark(lines, refusal.facts["errors"])
        return _table(request, desk, lines)
    said = ngettext("%(n)d product is changed.", "%(n)d products are changed.", len(changed))
    messages.success(request, said % {"n": len(changed)})
    return redirect(request.get_full_path())


def _typed(desk: Desk, data: QueryDict) -> list[Line]:
    """The rows that were sent, whatever page they stood on; others' numbers are not found."""
    numbers = [int(shape[1]) for name in data if (shape := _NUMBER.fullmatch(name))]
    found = workspace.products(desk.id).filter(number__in=numbers[:PER_PAGE])
    return [Line.typed(row, data) for row in workspace.rows(found)]


def _mark(lines: list[Line], errors: Mapping[int, list[Any]]) -> None:
    for line in lines:
        for refusal in errors.get(line.row.number, []):
            named = refusal.field if isinstance(refusal, Invalid) else ""
            line.wrong[_COLUMNS.get(named, "price")] = str(refusal)


def _table(request: HttpRequest, desk: Desk, lines: list[Line] | None) -> HttpResponse:
    count = sum(n for only, n in workspace.counts(desk.id).items() if only in _IN_TABLE)
    page = page_of(request, range(count), count, PER_PAGE)
    if lines is None:
        found = workspace.products(desk.id)
        shown = found[max(page.start_index() - 1, 0) : page.end_index()]
        lines = [Line.of(row) for row in workspace.rows(shown)]
    wrong = sum(1 for line in lines if line.wrong)
    status = 422 if wrong else 200
    return show(
        request,
        desk,
        "bulk",
        "products",
        status=status,
        lines=lines,
        page=page,
        wrong=wrong,
        columns=[_("Product"), _("Price (DH)"), _("Packs in stock")],
    )


_IN_TABLE = ("draft", "published", "paused")
