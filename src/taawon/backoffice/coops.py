"""Cooperatives: the directory as the national team sees it, and one of them from every side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice import comparing, entry_history, files, told
from taawon.backoffice.desk import Desk, at_desk, done, page_of, place, region_choices, show
from taawon.backoffice.forms import ExemptionForm, ReasonForm
from taawon.backoffice.register_forms import InvitationForm
from taawon.catalogue import supervision as catalogue
from taawon.cooperatives import invitations, pairs, plain, queries, supervision
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.queries import DirectoryRow
from taawon.cooperatives.services import shop as service
from taawon.cooperatives.states import CooperativeStatus, ShopState
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.core.text import clean
from taawon.journal import queries as journal
from taawon.orders import queries as orders
from taawon.places.queries import provinces
from taawon.search import query
from taawon.web.exports import Row
from taawon.web.forms import with_refusal

MOST = 10_000
KINDS = ("", "open", ShopState.SUSPENDED.value, supervision.OTHERS)
TABS = ("", "products", "orders", "journal", "behalf")


@dataclass(frozen=True, slots=True)
class Asked:
    words: str
    kind: str
    region: str | None


@require_safe
@at_desk(team.is_agent)
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    kind = request.GET.get("kind", "")
    words = clean(request.GET.get("words", ""))[:120]
    asked = Asked(words, kind if kind in KINDS else "", desk.where(request))
    if files.wanted(request):
        return files.answer(request, "cooperatives", headings(), file_rows(asked))
    page, rows, complete = found(request, asked)
    return show(
        request,
        desk,
        "cooperatives",
        "cooperatives",
        page=page,
        rows=[
            {
                "coop": row,
                "place": _place(row.province_code),
                "status": CooperativeStatus(row.status).label,
            }
            for row in rows
        ],
        complete=complete,
        count=page.paginator.count,
        asked=asked,
        region=asked.region,
        regions=region_choices(desk),
    )


def found(request: HttpRequest, asked: Asked) -> tuple[Page[Any], list[DirectoryRow], bool]:
    """A page, its rows, and whether the count is exact."""
    if asked.kind in (ShopState.SUSPENDED, supervision.OTHERS):
        rows = supervision.cooperatives(asked.kind, asked.region)
        page = page_of(request, rows.values_list("pk", flat=True), rows.count())
        return page, queries.directory_rows(page), True
    number = request.GET.get("page", "1")
    at = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    ids, count, ready = _search(asked, at, 50)
    return page_of(request, range(count), count), queries.directory_rows(ids), ready


def _search(asked: Asked, page: int, per_page: int) -> tuple[Sequence[int], int, bool]:
    """From the index; while it is being built, a capped answer of the database."""
    filters = {"region": [asked.region]} if asked.region else {}
    filters |= {"sells": ["yes"]} if asked.kind else {}
    hits = query.find(
        "cooperative", words=asked.words, filters=filters, page=page, per_page=per_page
    )
    if hits.ready:
        return hits.ids, min(hits.count, MOST), True
    ids = plain.search(asked.words, filters, per_page)
    return ids, len(ids), False


def headings() -> list[str]:
    return [
        _("Number"),
        _("Cooperative"),
        _("Region"),
        _("Province"),
        _("State"),
        _("Shop"),
        _("Members"),
    ]


def file_rows(asked: Asked) -> Iterator[Row]:
    """All that fit, read by the five hundred; the words are chosen before the first line leaves."""
    states = {state.value: str(state.label) for state in CooperativeStatus}
    yes = _("open")
    return (
        (
            row.id,
            row.names["name_fr"] or row.name,
            place(row.region_code),
            _place(row.province_code),
            states[row.status],
            yes if row.sells else "",
            row.members,
        )
        for ids in _batches(asked)
        for row in queries.directory_rows(ids)
    )


def _batches(asked: Asked, size: int = 500) -> Iterator[Sequence[int]]:
    if asked.kind in (ShopState.SUSPENDED, supervision.OTHERS):
        ids = list(supervision.cooperatives(asked.kind, asked.region).values_list("pk", flat=True))
        yield from (ids[start : start + size] for start in range(0, len(ids), size))
        return
    for page in range(1, MOST // size + 1):
        found_ids, count, ready = _search(asked, page, size)
        yield found_ids
        if not ready or page * size >= count:
            return


def _place(province_code: str) -> str:
    known = provinces().get(province_code)
    return known.name if known else province_code


@require_safe
@at_desk(team.is_agent)
def cooperative(request: HttpRequest, desk: Desk, cooperative: int) -> HttpResponse:
    return page(request, desk, cooperative)


def page(
    request: HttpRequest, desk: Desk, cooperative_id: int, **failed: forms.Form
) -> HttpResponse:
    """With the form that was refused, if one was: `reason`, `exemption` or `invitation`."""
    coop = of_desk(desk, cooperative_id)
    tab = request.GET.get("show", "")
    tab = tab if tab in TABS else ""
    return show(
        request,
        desk,
        "cooperative",
        "cooperatives",
        status=422 if failed else 200,
        coop=coop,
        name=said_by(coop, "name"),
        slug_id=f"{coop.slug}-{coop.pk}",
        shop=getattr(coop, "shop", None),
        place=_place(coop.province_id),
        region_name=place(coop.region_id),
        tab_here=tab,
        tabs=_tabs(coop.pk, tab),
        failed_form=next(iter(failed.values()), None),
        **{**_forms(coop), **failed},
        **_IN_TAB[tab](desk, coop),
    )


def _forms(coop: Cooperative) -> dict[str, forms.Form]:
    return {
        "reason": ReasonForm(),
        "exemption": ExemptionForm(initial={"why": coop.food_exemption}),
        "invitation": InvitationForm(),
    }


def of_desk(desk: Desk, cooperative_id: int) -> Cooperative:
    """The cooperative, for whoever looks after it. Raises NotFound."""
    coop = queries.page(cooperative_id)
    if coop is None:
        raise NotFound
    desk.insist(coop.region_id)
    return coop


def _tabs(cooperative_id: int, here: str) -> list[dict[str, Any]]:
    base = reverse("backoffice:cooperative", args=[cooperative_id])
    said = (_("Facts"), _("Products"), _("Orders"), _("Journal"), _("On its behalf"))
    return [
        {"label": label, "url": f"{base}?show={tab}" if tab else base, "current": tab == here}
        | {"count": 0}
        for tab, label in zip(TABS, said, strict=True)
    ]


def _facts(desk: Desk, coop: Cooperative) -> dict[str, Any]:
    asked = list(invitations.of_cooperative(coop.pk)[:20])
    return {
        "members": pairs.memberships(coop.pk),
        "invitations": asked,
        "rows": [comparing.merge_row(one) for one in pairs.merges_of(coop.pk)],
    }


def _products(desk: Desk, coop: Cooperative) -> dict[str, Any]:
    return {"products": list(catalogue.products().filter(cooperative_id=coop.pk)[:50])}


def _orders(desk: Desk, coop: Cooperative) -> dict[str, Any]:
    return {"orders": list(orders.of_cooperatives().filter(cooperative_id=coop.pk)[:50])}


def _journal(desk: Desk, coop: Cooperative) -> dict[str, Any]:
    entries = journal.of_subjects(pairs.subjects(coop.pk))[:50]
    return {
        "lines": told.lines(desk, list(entries)),
        "steps": entry_history.steps(desk, coop),
    }


def _behalf(desk: Desk, coop: Cooperative) -> dict[str, Any]:
    return {"lines": told.lines(desk, list(journal.on_behalf_of(coop.pk)[:50]))}


_IN_TAB: dict[str, Callable[[Desk, Cooperative], dict[str, Any]]] = {
    "": _facts,
    "products": _products,
    "orders": _orders,
    "journal": _journal,
    "behalf": _behalf,
}


@require_POST
@at_desk(team.is_agent)
def suspend(request: HttpRequest, desk: Desk, cooperative: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid() and with_refusal(
        form, lambda: service.suspend(cooperative, form.cleaned_data["reason"], by=desk.actor)
    ):
        messages.success(request, _("The shop is suspended. Its cooperative sees the reason."))
        return redirect("backoffice:cooperative", cooperative)
    return page(request, desk, cooperative, reason=form)


@require_POST
@at_desk(team.is_agent)
def reinstate(request: HttpRequest, desk: Desk, cooperative: int) -> HttpResponse:
    done(
        request,
        lambda: service.reinstate(cooperative, by=desk.actor),
        _("The shop is open again."),
    )
    return redirect("backoffice:cooperative", cooperative)


@require_POST
@at_desk(team.is_agent)
def exempt(request: HttpRequest, desk: Desk, cooperative: int) -> HttpResponse:
    form = ExemptionForm(request.POST)
    if form.is_valid() and with_refusal(
        form,
        lambda: service.record_food_exemption(cooperative, form.cleaned_data["why"], by=desk.actor),
    ):
        messages.success(request, _("Saved."))
        return redirect("backoffice:cooperative", cooperative)
    return page(request, desk, cooperative, exemption=form)
