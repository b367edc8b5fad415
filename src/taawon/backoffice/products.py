"""Products: found, looked at, held with a reason, released, put on the home page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice import files, told
from taawon.backoffice.desk import Desk, at_desk, done, one_of, page_of, place, region_choices, show
from taawon.backoffice.forms import ReasonForm
from taawon.catalogue import supervision, workspace
from taawon.catalogue.models import Product
from taawon.catalogue.services import holds, shelves
from taawon.catalogue.shelves import all_selections, selections
from taawon.catalogue.states import State
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.core.money import Money
from taawon.core.text import clean
from taawon.journal import queries as journal
from taawon.search import query
from taawon.web.exports import Row
from taawon.web.forms import with_refusal

ONLY = ("", supervision.ANSWERED, supervision.HELD, *State.values)
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    words: str
    only: str
    region: str | None


@require_safe
@at_desk()
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    words = clean(request.GET.get("words", ""))[:120]
    asked = Asked(words, one_of(request, "only", ONLY), desk.where(request))
    if files.wanted(request):
        return files.answer(request, "products", headings(), file_rows(asked))
    page, products = found(request, asked)
    return show(
        request,
        desk,
        "products",
        "products",
        page=page,
        count=page.paginator.count,
        asked=asked,
        kinds=_kinds(),
        region=asked.region,
        regions=region_choices(desk),
        rows=[
            {
                "product": product,
                "name": said_by(product, "name"),
                "coop": said_by(product.cooperative, "name"),
                "place": place(product.cooperative.region_id),
            }
            for product in products
        ],
    )


def _kinds() -> list[tuple[str, Any]]:
    return [
        ("", _("All")),
        (supervision.ANSWERED, _("Held, with an answer")),
        (supervision.HELD, _("Held")),
        *State.choices,
    ]


def found(request: HttpRequest, asked: Asked) -> tuple[Page[Any], list[Product]]:
    """Words alone are looked up in the index, which holds what customers see; else the database."""
    number = request.GET.get("page", "1")
    at = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    if asked.words and not asked.only and not asked.words.isdecimal():
        filters = {"region": [asked.region]} if asked.region else {}
        hits = query.find("product", words=asked.words, filters=filters, page=at, per_page=50)
        if hits.ready:
            count = min(hits.count, MOST)
            return page_of(request, range(count), count), supervision.in_order(hits.ids)
    rows = in_database(asked)
    page = page_of(request, rows.values_list("pk", flat=True), rows.count())
    return page, supervision.in_order(page)


def in_database(asked: Asked) -> Any:
    words: Sequence[str] = asked.words.split()[:6]
    return supervision.products(asked.only, words=words, region_code=asked.region)


def headings() -> list[str]:
    return [
        _("Number"),
        _("Product"),
        _("Cooperative"),
        _("Region"),
        _("State"),
        _("Held"),
        _("Price (DH)"),
        _("Packs in stock"),
    ]


def file_rows(asked: Asked) -> Iterator[Row]:
    states = {state.value: str(state.label) for state in State}
    yes = _("yes")
    rows = in_database(asked).select_related("cooperative")
    return (
        (
            product.pk,
            said_by(product, "name", "fr"),
            said_by(product.cooperative, "name", "fr"),
            place(product.cooperative.region_id),
            states[product.state],
            yes if product.held else "",
            Money(product.price_centimes),
            product.on_hand,
        )
        for product in rows.iterator(chunk_size=500)
    )


@require_safe
@at_desk()
def product(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    return _page(request, desk, product, ReasonForm())


def _page(request: HttpRequest, desk: Desk, product_id: int, form: ReasonForm) -> HttpResponse:
    found_one = of_desk(desk, product_id)
    in_journal = request.GET.get("show") == "journal"
    entries = list(journal.of_subject(f"catalogue.product:{product_id}")[:50]) if in_journal else []
    return show(
        request,
        desk,
        "product",
        "products",
        status=422 if form.is_bound else 200,
        product=found_one,
        name=said_by(found_one, "name"),
        description=said_by(found_one, "description"),
        coop=found_one.cooperative,
        coop_name=said_by(found_one.cooperative, "name"),
        category_name=said_by(found_one.category, "name") if found_one.category else "",
        region_name=place(found_one.cooperative.region_id),
        may_hold=desk.looks_after(found_one.cooperative.region_id),
        in_journal=in_journal,
        lines=told.lines(desk, entries) if in_journal else [],
        holds=[] if in_journal else list(workspace.holds_of(product_id)),
        selections=selections() if desk.edits and not in_journal else [],
        form=form,
    )


def of_desk(desk: Desk, product_id: int) -> Product:
    """The product, for whoever looks after its cooperative, and for editors. Raises NotFound."""
    found_one = supervision.product(product_id)
    desk.insist(found_one.cooperative.region_id)
    return found_one


@require_POST
@at_desk(team.is_agent)
def hold(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid() and with_refusal(
        form, lambda: holds.hold(product, form.cleaned_data["reason"], by=desk.actor)
    ):
        messages.success(request, _("The product is hidden. Its cooperative reads why."))
        return redirect("backoffice:product", product)
    return _page(request, desk, product, form)


@require_POST
@at_desk(team.is_agent)
def lift(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    done(
        request,
        lambda: holds.lift(product, by=desk.actor),
        _("Customers see the product again."),
    )
    return redirect("backoffice:product", product)


@require_POST
@at_desk(team.may_edit_content)
def feature(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    """Put it at the end of a selection of the home page."""
    wanted = request.POST.get("selection", "")
    chosen = next((line for line in all_selections() if str(line.id) == wanted), None)
    if chosen is None:
        raise NotFound
    done(
        request,
        lambda: shelves.edit_selection(
            chosen.id,
            titles={name.removeprefix("title_"): text or "" for name, text in chosen.titles},
            product_ids=[*chosen.product_ids, product],
            position=chosen.position,
            shown=chosen.shown,
            by=desk.actor,
        ),
        _("The product is in the selection now."),
    )
    return redirect("backoffice:product", product)
