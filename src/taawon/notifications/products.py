"""What a cooperative hears about its products."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taawon.catalogue.events import AuthorisationLapsed, HoldEvent, HoldLifted, ProductHeld
from taawon.catalogue.models import Hold
from taawon.cooperatives.models import Cooperative
from taawon.journal.listeners import on
from taawon.notifications import readers
from taawon.notifications.compose import link, sentence, tell


@on(ProductHeld)
def tell_that_it_is_held(event: ProductHeld) -> None:
    _tell_of_hold(event, _("“%(product)s” is hidden for now: %(reason)s Answer here: %(link)s"))


@on(HoldLifted)
def tell_that_it_is_free(event: HoldLifted) -> None:
    _tell_of_hold(event, _("“%(product)s” is shown to customers again. %(link)s"))


@on(AuthorisationLapsed)
def tell_of_the_food_authorisation(event: AuthorisationLapsed) -> None:
    """Once for all its products: the key names the day, not the product."""
    cooperative = Cooperative.objects.get(pk=event.cooperative_id)
    _tell_members(
        cooperative.pk,
        _("The food authorisation of %(cooperative)s is over. Its foods are paused: %(link)s"),
        subject=_("Food authorisation"),
        key=f"cooperatives.cooperative:{cooperative.pk}:{event.name}"
        f":{cooperative.food_authorisation_expires_on}",
        cooperative=readers.name_of(cooperative),
    )


def _tell_of_hold(event: HoldEvent, words: str | Promise) -> None:
    hold = Hold.objects.select_related("product").get(pk=event.hold_id)
    _tell_members(
        hold.product.cooperative_id,
        words,
        subject=_("Your product “%(product)s”"),
        key=f"catalogue.hold:{hold.pk}:{event.name}",
        product=readers.name_of(hold.product),
        reason=sentence(hold.reason),
    )


def _tell_members(
    cooperative_id: int, words: str | Promise, *, subject: str | Promise, key: str, **facts: Any
) -> None:
    for person_id, reader in readers.members(cooperative_id):
        tell(
            reader,
            words,
            subject=subject,
            key=f"{key}:seller:{person_id}",
            link=link("seller"),
            **facts,
        )
