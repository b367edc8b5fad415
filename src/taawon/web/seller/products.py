"""Products: the list, a new one from a picture, and all that is changed on one page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taawon.catalogue import workspace
from taawon.catalogue.errors import NotReady
from taawon.catalogue.models import Product
from taawon.catalogue.rules import MOST_PICTURES, missing
from taawon.catalogue.services import pictures, products
from taawon.catalogue.states import NEXT, State
from taawon.core.errors import NotFound, Refused
from taawon.core.languages import said_by
from taawon.core.text import clean
from taawon.web.forms import with_refusal
from taawon.web.seller import once
from taawon.web.seller.desk import Desk, at_desk, page_of, show
from taawon.web.seller.product_forms import (
    FIELDS,
    AnswerForm,
    CertificateForm,
    PictureForm,
    ProductForm,
)

TONES = {
    State.DRAFT: "warning",
    State.PUBLISHED: "",
    State.PAUSED: "label",
    State.ARCHIVED: "plain",
}
TABS: tuple[tuple[str, str | Promise], ...] = (
    ("", _("All")),
    (State.PUBLISHED, _("Published")),
    (State.DRAFT, _("Drafts")),
    (workspace.LOW, _("Nearly sold out")),
    (workspace.HELD, _("Held")),
    (State.PAUSED, _("Paused")),
    (State.ARCHIVED, _("Archive")),
)


@require_safe
@at_desk
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    counts = workspace.counts(desk.id)
    only = request.GET.get("only", "")
    only = only if only in counts else ""
    words = clean(request.GET.get("words", ""))[:80]
    found = workspace.products(desk.id, only=only, words=words)
    count = found.count() if words else _count(counts, only)
    page = page_of(request, range(count), count)
    rows = workspace.rows(found[max(page.start_index() - 1, 0) : page.end_index()])
    return show(
        request,
        desk,
        "products",
        "products",
        page=page,
        rows=[{"product": row, "tone": TONES[row.state]} for row in rows],
        tabs=_tabs(counts, only),
        words=words,
        only=only,
    )


def _count(counts: dict[str, int], only: str) -> int:
    if only:
        return counts[only]
    return sum(counts[state] for state in State if state is not State.ARCHIVED)


def _tabs(counts: dict[str, int], only: str) -> list[dict[str, Any]]:
    base = reverse("seller:products")
    shown = [tab for tab in TABS if tab[0] in ("", State.PUBLISHED, only) or counts[tab[0]]]
    return [
        {
            "label": label,
            "url": f"{base}?only={name}" if name else base,
            "current": name == only,
            "count": counts[name] if name else 0,
        }
        for name, label in shown
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Picture first. Sent again by a weak network, it finds its draft."""
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        before = once.done_before(request, key)
        fresh = own(desk, before) if before else products.draft(desk.id, by=desk.actor)
        once.keep(request, key, fresh.pk)
        file = form.cleaned_data["picture"]
        if fresh.cover or with_refusal(form, lambda: pictures.add(fresh.pk, file, by=desk.actor)):
            return redirect("seller:product", fresh.pk)
    key = form.data.get("key") if form.is_bound else once.new_key()
    status = 422 if form.is_bound else 200
    return show(request, desk, "add", "add", status=status, form=form, key=key or once.new_key())


@require_POST
@at_desk
def add_plain(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The words first, the picture later."""
    key = request.POST.get("key", "")[:40]
    found = once.done_before(request, key)
    if found is None:
        found = products.draft(desk.id, by=desk.actor).pk
        once.keep(request, key, found)
    return redirect("seller:product", found)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def product(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    found = own(desk, product)
    if request.method != "POST":
        return product_page(request, desk, found)
    form = ProductForm(request.POST, product=found)
    if form.is_valid():
        saved = with_refusal(
            form, lambda: products.edit(found.pk, **form.values, by=desk.actor), _names(form)
        )
        if saved and "publish" not in request.POST:
            messages.success(request, str(_("Saved.")))
            return redirect("seller:product", found.pk)
        if saved and _publish(form, found.pk, desk):
            messages.success(request, str(_("Published. Customers can buy it now.")))
            return redirect("seller:product", found.pk)
    return product_page(request, desk, own(desk, product), form=form)


def _names(form: ProductForm) -> dict[str, str]:
    return {**FIELDS, "name": form.first_name.name}


def _publish(form: ProductForm, product_id: int, desk: Desk) -> bool:
    """What is missing is marked at its field, as far as it has one."""
    try:
        return bool(products.publish(product_id, by=desk.actor))
    except NotReady as refusal:
        for code in refusal.facts["codes"]:
            if (name := {"name": form.first_name.name}.get(code, code)) in form.fields:
                form.add_error(name, str(_("This is needed before you publish.")))
        form.add_error(None, str(refusal))
    except NotFound:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return False


@require_POST
@at_desk
def autosave(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    """A draft as it is typed: what is right is kept, what is not yet right waits."""
    found = own(desk, product)
    form = ProductForm(request.POST, product=found)
    form.is_valid()
    kept = found.state == State.DRAFT and with_refusal(
        form, lambda: products.edit(found.pk, **form.values, by=desk.actor), _names(form)
    )
    return HttpResponse(status=204 if kept else 422)


def own(desk: Desk, product_id: int) -> Product:
    found = workspace.product(product_id, by=desk.actor)
    if found.cooperative_id != desk.id:
        raise NotFound
    return found


def product_page(request: HttpRequest, desk: Desk, found: Product, **failed: Form) -> HttpResponse:
    """The one page of a product; `failed` names a form that holds errors."""
    forms: dict[str, Any] = {
        "form": ProductForm(product=found),
        "picture_form": PictureForm(),
        "answer_form": AnswerForm(),
        "certificate_form": CertificateForm(auto_id="label_%s"),
        **failed,
    }
    state = State(found.state)
    return show(
        request,
        desk,
        "product",
        "products",
        status=422 if failed else 200,
        product=found,
        name=said_by(found, "name"),
        tone=TONES[state],
        slug_id=f"{found.slug}-{found.pk}",
        lacks=missing(found),
        able=NEXT[state],
        hold=workspace.open_hold(found.pk) if found.held else None,
        pictures=list(found.pictures.all()),
        most_pictures=MOST_PICTURES,
        certificates=list(found.certificates.all()),
        key=once.new_key(),
        failed_form=next(iter(failed.values()), None),
        **forms,
    )
