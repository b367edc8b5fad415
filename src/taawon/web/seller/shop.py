"""The shop itself: paused or open, what it says, how it hands over, what it may sell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from taawon.cooperatives import queries
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.rules import may_process_food
from taawon.cooperatives.services import shop as service
from taawon.core.actor import Actor
from taawon.core.errors import NotAllowed, NotFound
from taawon.web.forms import with_refusal
from taawon.web.seller.desk import Desk, at_desk, done, show
from taawon.web.seller.shop_forms import AboutForm, FoodForm, PauseForm, PickupForm


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page with a form of its own."""

    form: type[forms.Form]
    now: Callable[[Cooperative], dict[str, Any]]
    change: Callable[[int, Any, Actor], object]
    said: str | Promise
    fields: Mapping[str, str] | None = None


PARTS: Mapping[str, Part] = {
    "pause": Part(
        PauseForm,
        lambda coop: {},
        lambda coop_id, form, by: service.pause(coop_id, form.cleaned_data["until"], by=by),
        _("Your shop is paused. Nothing can be bought until it opens again."),
    ),
    "about": Part(
        AboutForm,
        AboutForm.now,
        lambda coop_id, form, by: service.update_about(
            coop_id,
            about=form.texts,
            phone=form.cleaned_data["phone"],
            address=form.cleaned_data["address"],
            by=by,
        ),
        _("Saved. Customers see it now."),
    ),
    "pickup": Part(
        PickupForm,
        lambda coop: {
            "offers_pickup": coop.shop.offers_pickup,
            "pickup_place": coop.shop.pickup_place,
            "days_to_prepare": coop.shop.days_to_prepare,
        },
        lambda coop_id, form, by: service.set_pickup(coop_id, **form.cleaned_data, by=by),
        _("Saved. Customers see it now."),
    ),
    "food": Part(
        FoodForm,
        lambda coop: {
            "number": coop.food_authorisation,
            "expires_on": coop.food_authorisation_expires_on,
        },
        lambda coop_id, form, by: service.set_food_authorisation(
            coop_id, **form.cleaned_data, by=by
        ),
        _("The food authorisation is saved."),
    ),
}


@require_safe
@at_desk
def more(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The rest of the menu, for phones."""
    return show(request, desk, "more", "more")


@require_safe
@at_desk
def shop(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _page(request, desk)


@require_POST
@at_desk
def change(request: HttpRequest, desk: Desk, part: str) -> HttpResponse:
    wanted = PARTS[part]
    form = wanted.form(request.POST, auto_id=f"{part}_%s")
    call = partial(wanted.change, desk.id, form, desk.actor)
    if form.is_valid() and with_refusal(form, call):
        messages.success(request, str(wanted.said))
        return redirect("seller:shop")
    return _page(request, desk, part, form)


@require_POST
@at_desk
def reopen(request: HttpRequest, desk: Desk) -> HttpResponse:
    done(request, lambda: service.resume(desk.id, by=desk.actor), _("Your shop is open again."))
    return redirect("seller:shop")


def _page(
    request: HttpRequest, desk: Desk, failed: str = "", form: forms.Form | None = None
) -> HttpResponse:
    if form is not None and not desk.manages:
        raise NotAllowed
    coop = queries.page(desk.id)
    if coop is None or not hasattr(coop, "shop"):
        raise NotFound
    shown = {
        name: part.form(initial=part.now(coop), auto_id=f"{name}_%s")
        for name, part in PARTS.items()
    }
    if form is not None:
        shown[failed] = form
    return show(
        request,
        desk,
        "shop",
        "shop",
        status=422 if form is not None else 200,
        coop=coop,
        failed=failed,
        failed_form=form,
        forms=shown,
        lacks=queries.missing_to_sell(coop),
        food_valid=may_process_food(coop),
        today=timezone.localdate(),
    )
