"""What a parcel costs: a table of weights and fees for each zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice import files
from taawon.backoffice.desk import Desk, at_desk, place, show
from taawon.core.errors import Invalid, NotFound
from taawon.core.money import Money
from taawon.shipping import queries
from taawon.shipping.queries import Tariff
from taawon.shipping.services import set_rates
from taawon.web.forms import DirhamField, WholeField, dirhams

SPARE_LINES = 2
MOST_LINES = 20
_GRAMS = WholeField(least=1, most=1_000_000)
_FEE = DirhamField(least=0, most=10_000)


@dataclass(slots=True)
class Line:
    """A weight and a fee as they are typed; empty lines are left out."""

    grams: str = ""
    fee: str = ""
    wrong: str = ""


@require_safe
@at_desk(team.may_edit_content)
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    if files.wanted(request):
        headings = [_("Zone"), _("Up to (g)"), _("Fee (DH)")]
        rows = [
            (zone.name, grams, Money(fee))
            for zone in queries.all_tariffs()
            for grams, fee in zone.rates
        ]
        return files.answer(request, "fees", headings, rows)
    return _page(request, desk)


@require_POST
@at_desk(team.may_edit_content)
def change(request: HttpRequest, desk: Desk, zone: str) -> HttpResponse:
    if zone not in {known.code for known in queries.all_tariffs()}:
        raise NotFound
    lines, rates = typed(request.POST)
    if any(line.wrong for line in lines):
        return _page(request, desk, zone, lines, _("Nothing was changed. Correct what is marked."))
    try:
        set_rates(zone, rates, by=desk.actor)
    except Invalid as refusal:
        return _page(request, desk, zone, lines, str(refusal))
    messages.success(request, _("The fees are changed. Orders that were placed keep theirs."))
    return redirect("backoffice:rates")


def typed(data: QueryDict) -> tuple[list[Line], list[tuple[int, int]]]:
    """The lines of the form, and the rates (grams, centimes) in them."""
    lines, rates = [], []
    for grams, fee in zip(data.getlist("grams"), data.getlist("fee"), strict=False):
        if not grams.strip() and not fee.strip():
            continue
        line = Line(grams[:24], fee[:24])
        lines.append(line)
        try:
            rates.append((_GRAMS.clean(line.grams), _FEE.clean(line.fee)))
        except ValidationError as problem:
            line.wrong = " ".join(problem.messages)
    return lines[:MOST_LINES], rates[:MOST_LINES]


def _page(
    request: HttpRequest,
    desk: Desk,
    failed: str = "",
    lines: list[Line] | None = None,
    error: str = "",
) -> HttpResponse:
    return show(
        request,
        desk,
        "rates",
        "rates",
        status=422 if failed else 200,
        error=error,
        zones=[
            _zone(zone, lines if zone.code == failed and lines is not None else None)
            for zone in queries.all_tariffs()
        ],
    )


def _zone(zone: Tariff, lines: list[Line] | None) -> dict[str, Any]:
    if lines is None:
        lines = [Line(str(grams), dirhams(fee)) for grams, fee in zone.rates]
    return {
        "zone": zone,
        "name": zone.name,
        "regions": [place(code) for code in sorted(zone.regions)],
        "lines": [*lines, *(Line() for _spare in range(SPARE_LINES))],
    }
