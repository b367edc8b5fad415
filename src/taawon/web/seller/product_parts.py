"""What is done to a product beside its form: life, pictures, labels, the answer to a hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from taawon.catalogue.models import Product
from taawon.catalogue.services import certificates, holds, pictures, products
from taawon.catalogue.states import State
from taawon.core.errors import NotFound
from taawon.web.forms import with_refusal
from taawon.web.seller import once
from taawon.web.seller.desk import Desk, at_desk, done
from taawon.web.seller.product_forms import FIELDS, AnswerForm, CertificateForm, PictureForm
from taawon.web.seller.products import own, product_page


@dataclass(frozen=True, slots=True)
class Turn:
    """A step in the life of a product; the page that follows offers the way back."""

    wanted: State
    do: Callable[..., Product]
    said: str | Promise


LIFE: Mapping[str, Turn] = {
    "publish": Turn(State.PUBLISHED, products.publish, _("Published. Customers can buy it now.")),
    "pause": Turn(State.PAUSED, products.pause, _("Paused. Customers no longer see it.")),
    "archive": Turn(State.ARCHIVED, products.archive, _("Put into the archive.")),
    "restore": Turn(State.DRAFT, products.restore, _("Restored as a draft. Publish it again.")),
}


@require_POST
@at_desk
def life(request: HttpRequest, desk: Desk, product: int, verb: str) -> HttpResponse:
    """Pressed twice, the second time finds it done."""
    found = own(desk, product)
    turn = LIFE[verb]
    if found.state != turn.wanted:
        done(request, lambda: turn.do(found.pk, by=desk.actor), turn.said)
    return redirect("seller:product", found.pk)


@require_POST
@at_desk
def duplicate(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    found = own(desk, product)
    key = request.POST.get("key", "")[:40]
    copy = once.done_before(request, key)
    if copy is None:
        copy = products.duplicate(found.pk, by=desk.actor).pk
        once.keep(request, key, copy)
        messages.success(request, str(_("Here is the copy, a draft. Change what differs.")))
    return redirect("seller:product", copy)


@require_POST
@at_desk
def add_picture(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    found = own(desk, product)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        key = form.cleaned_data["key"]
        if once.done_before(request, key):
            return redirect("seller:product", found.pk)
        file = form.cleaned_data["picture"]
        if with_refusal(form, lambda: pictures.add(found.pk, file, by=desk.actor)):
            once.keep(request, key, found.pk)
            messages.success(request, str(_("The picture is there.")))
            return redirect("seller:product", found.pk)
    return product_page(request, desk, found, picture_form=form)


@require_POST
@at_desk
def picture(
    request: HttpRequest, desk: Desk, product: int, picture: int, verb: str
) -> HttpResponse:
    """Remove it, or move it one place; the first one is the cover."""
    found = own(desk, product)
    order = [one.pk for one in found.pictures.all()]
    if picture not in order:
        raise NotFound
    if verb == "remove":
        done(
            request,
            lambda: pictures.remove(picture, by=desk.actor),
            _("The picture is removed."),
        )
    else:
        wanted = moved(order, picture, verb)
        done(
            request,
            lambda: pictures.reorder(found.pk, wanted, by=desk.actor),
            _("The order of the pictures is changed."),
        )
    return redirect("seller:product", found.pk)


def moved(order: list[int], one: int, verb: str) -> list[int]:
    """The order with one of them earlier, later, or first ("cover"); the ends stay."""
    rest = [each for each in order if each != one]
    place = order.index(one)
    wanted = {"earlier": max(place - 1, 0), "later": place + 1, "cover": 0}[verb]
    return [*rest[:wanted], one, *rest[wanted:]]


@require_POST
@at_desk
def set_label(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    found = own(desk, product)
    form = CertificateForm(request.POST, auto_id="label_%s")
    if form.is_valid():
        asked = form.cleaned_data
        call = {name: asked[name] for name in ("number", "body", "expires_on")}
        if with_refusal(
            form,
            lambda: certificates.set_certificate(found.pk, asked["label"], **call, by=desk.actor),
            FIELDS,
        ):
            messages.success(request, str(_("The label is on the product.")))
            return redirect("seller:product", found.pk)
    return product_page(request, desk, found, certificate_form=form)


@require_POST
@at_desk
def remove_label(request: HttpRequest, desk: Desk, product: int, label: str) -> HttpResponse:
    found = own(desk, product)
    done(
        request,
        lambda: certificates.remove_certificate(found.pk, label, by=desk.actor),
        _("The label is removed."),
    )
    return redirect("seller:product", found.pk)


@require_POST
@at_desk
def answer_hold(request: HttpRequest, desk: Desk, product: int) -> HttpResponse:
    found = own(desk, product)
    form = AnswerForm(request.POST)
    if form.is_valid() and with_refusal(
        form, lambda: holds.answer(found.pk, form.cleaned_data["answer"], by=desk.actor)
    ):
        messages.success(request, str(_("Your answer is sent to the national team.")))
        return redirect("seller:product", found.pk)
    return product_page(request, desk, found, answer_form=form)
