"""The selections of the home page: titles, and which products in which order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice.desk import Desk, at_desk, done, sent, show
from taawon.backoffice.forms import SelectionForm
from taawon.catalogue import supervision
from taawon.catalogue.services import shelves as service
from taawon.catalogue.shelves import SelectionLine, all_selections
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.web.forms import western_digits, with_refusal

# A number alone, or the end of a product's address.
_NUMBER = re.compile(r"(?:^|-)(\d{1,17})/?(?:[?#].*)?$", re.ASCII)
_FIELDS = {"title": "title_fr", "product_ids": "add"}


@require_safe
@at_desk(team.may_edit_content)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    rows = [
        {"line": line, "title": line.title, "count": len(line.product_ids)}
        for line in all_selections()
    ]
    return show(request, desk, "selections", "selections", rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.may_edit_content)
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = SelectionForm(sent(request))
    if request.method == "POST" and form.is_valid():
        values = _values(form, [])
        made = with_refusal(form, lambda: service.add_selection(**values, by=desk.actor), _FIELDS)
        if made:
            messages.success(request, _("The selection is added."))
            return redirect("backoffice:selection", made.pk)
    return _page(request, desk, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.may_edit_content)
def selection(request: HttpRequest, desk: Desk, selection: int) -> HttpResponse:
    line = next((one for one in all_selections() if one.id == selection), None)
    if line is None:
        raise NotFound
    now = {"position": line.position, "shown": line.shown, **dict(line.titles)}
    form = SelectionForm(sent(request), initial=now)
    if request.method == "POST" and form.is_valid():
        values = _values(form, in_new_order(line.product_ids, request.POST))
        if with_refusal(
            form, lambda: service.edit_selection(line.id, **values, by=desk.actor), _FIELDS
        ):
            messages.success(request, _("Saved."))
            return redirect("backoffice:selection", line.id)
    return _page(request, desk, form, line)


@require_POST
@at_desk(team.may_edit_content)
def remove(request: HttpRequest, desk: Desk, selection: int) -> HttpResponse:
    done(
        request,
        lambda: service.remove_selection(selection, by=desk.actor),
        _("The selection is removed. Its products stay on the market."),
    )
    return redirect("backoffice:selections")


def in_new_order(ids: Sequence[int], typed: Mapping[str, Any]) -> list[int]:
    """The products that were not taken out, by the places that were typed beside them."""
    places = {
        pk: (_place(str(typed.get(f"place-{pk}", "")), default), default)
        for default, pk in enumerate(ids, start=1)
        if f"drop-{pk}" not in typed
    }
    return sorted(places, key=lambda pk: places[pk])


def _place(written: str, default: int) -> int:
    digits = western_digits(written).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else default


def numbers_in(written: str) -> list[int]:
    """Products by number or address, one a word; 0 stands for what cannot be read."""
    return [
        int(shape[1]) if (shape := _NUMBER.search(western_digits(word))) else 0
        for word in written.split()
    ]


def _values(form: SelectionForm, ids: list[int]) -> dict[str, Any]:
    asked = form.cleaned_data
    return {
        "titles": form.said("title"),
        "product_ids": [*ids, *numbers_in(asked["add"])],
        "position": asked["position"],
        "shown": asked["shown"],
    }


def _page(
    request: HttpRequest, desk: Desk, form: SelectionForm, line: SelectionLine | None
) -> HttpResponse:
    chosen = supervision.in_order(line.product_ids) if line else []
    return show(
        request,
        desk,
        "selection",
        "selections",
        status=422 if form.errors else 200,
        form=form,
        line=line,
        title=line.title if line else _("New selection"),
        rows=[
            {
                "product": product,
                "place": place,
                "name": said_by(product, "name"),
                "coop": said_by(product.cooperative, "name"),
            }
            for place, product in enumerate(chosen, start=1)
        ],
    )
