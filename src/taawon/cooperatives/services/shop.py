"""A cooperative's shop: open, paused, suspended; what it says of itself, and how it hands over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from taawon.cooperatives import history, rules, shown
from taawon.cooperatives.errors import DayOutOfRange, NoShop, WrongShopState
from taawon.cooperatives.events import (
    AboutChanged,
    FoodAuthorisationChanged,
    PickupChanged,
    ShopPaused,
    ShopReinstated,
    ShopResumed,
    ShopSuspended,
)
from taawon.cooperatives.models import Cooperative, Shop
from taawon.cooperatives.states import ShopState, Source
from taawon.core import phone as phones
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Missing, NotFound
from taawon.core.locks import lock
from taawon.journal.record import record

LONGEST_PAUSE = timedelta(days=366)


@transaction.atomic
def pause(cooperative_id: int, until: date, *, by: Actor) -> Shop:
    """Products show and cannot be bought, until and including that day.

    Raises NotFound, NotAllowed, NoShop, DayOutOfRange.
    """
    rules.insist_on_managing(by, cooperative_id)
    shop = _locked(cooperative_id)
    today = timezone.localdate()
    if not today <= until <= today + LONGEST_PAUSE:
        raise DayOutOfRange(field="until")
    shop.paused_until = until
    shop.save(update_fields=["paused_until"])
    record(ShopPaused(cooperative_id=cooperative_id, until=until.isoformat()), by=by)
    shown.changed_with_all(cooperative_id)
    return shop


@transaction.atomic
def resume(cooperative_id: int, *, by: Actor) -> Shop:
    """Raises NotFound, NotAllowed, NoShop. A shop that is not paused stays as it is."""
    rules.insist_on_managing(by, cooperative_id)
    shop = _locked(cooperative_id)
    if shop.paused_until is None:
        return shop
    shop.paused_until = None
    shop.save(update_fields=["paused_until"])
    record(ShopResumed(cooperative_id=cooperative_id), by=by)
    shown.changed_with_all(cooperative_id)
    return shop


@transaction.atomic
def suspend(cooperative_id: int, reason: str, *, by: Actor) -> Shop:
    """The national team closes a shop and says why; orders on their way go on.

    Raises NotFound, NotAllowed, NoShop, WrongShopState, Missing.
    """
    rules.insist_on_supervising(by, cooperative_id)
    shop = _locked(cooperative_id)
    because = written.lines(reason, field="reason", most=1000)
    _become(shop, ShopState.SUSPENDED, because)
    record(ShopSuspended(cooperative_id=cooperative_id), by=by)
    shown.changed_with_all(cooperative_id)
    return shop


@transaction.atomic
def reinstate(cooperative_id: int, *, by: Actor) -> Shop:
    """Raises NotFound, NotAllowed, NoShop, WrongShopState."""
    rules.insist_on_supervising(by, cooperative_id)
    shop = _locked(cooperative_id)
    _become(shop, ShopState.OPEN, "")
    record(ShopReinstated(cooperative_id=cooperative_id), by=by)
    shown.changed_with_all(cooperative_id)
    return shop


@transaction.atomic
def update_about(
    cooperative_id: int,
    *,
    about: Mapping[str, str],
    phone: str | None = None,
    address: str | None = None,
    by: Actor,
) -> Cooperative:
    """What the cooperative says of itself, by language; its public phone ("" for none) and address.

    Raises NotFound, NotAllowed, TooLong, InvalidPhone.
    """
    rules.insist_on_managing(by, cooperative_id)
    cooperative = lock(Cooperative, pk=cooperative_id)
    values = written.by_language(about, field="about", most=4000, of_lines=True)
    if phone is not None:
        values["phone"] = phones.normalise(phone) if phone.strip() else ""
    if address is not None:
        values["address"] = written.line(address, field="address", most=300, needed=False)
    old = {field: getattr(cooperative, field) for field in values}
    _save(cooperative, values)
    history.note(cooperative_id, old, values, source=Source.OWNER, by=by)
    record(AboutChanged(cooperative_id=cooperative_id), by=by)
    shown.changed(cooperative_id)
    return cooperative


@transaction.atomic
def set_pickup(
    cooperative_id: int,
    *,
    offers_pickup: bool,
    pickup_place: str,
    days_to_prepare: int,
    by: Actor,
) -> Shop:
    """Where customers may collect for free, and in how many days a parcel is ready.

    Raises NotFound, NotAllowed, NoShop, Missing without a place, OutOfRange, TooLong.
    """
    rules.insist_on_managing(by, cooperative_id)
    shop = _locked(cooperative_id)
    shop.pickup_place = written.line(
        pickup_place, field="pickup_place", most=300, needed=offers_pickup
    )
    shop.offers_pickup = offers_pickup
    shop.days_to_prepare = written.whole(days_to_prepare, field="days_to_prepare", least=0, most=30)
    shop.save(update_fields=["pickup_place", "offers_pickup", "days_to_prepare"])
    record(PickupChanged(cooperative_id=cooperative_id), by=by)
    shown.changed(cooperative_id)
    return shop


@transaction.atomic
def set_food_authorisation(
    cooperative_id: int, *, number: str, expires_on: date | None, by: Actor
) -> Cooperative:
    """The ONSSA number with its last day; an empty number withdraws it.

    Raises NotFound, NotAllowed, Missing without a last day, TooLong.
    """
    rules.insist_on_managing(by, cooperative_id)
    cooperative = lock(Cooperative, pk=cooperative_id)
    kept = written.line(number, field="number", most=40, needed=False)
    if kept and expires_on is None:
        raise Missing(field="expires_on")
    _save(
        cooperative,
        {
            "food_authorisation": kept,
            "food_authorisation_expires_on": expires_on if kept else None,
        },
    )
    record(FoodAuthorisationChanged(cooperative_id=cooperative_id), by=by)
    shown.changed(cooperative_id)
    return cooperative


@transaction.atomic
def record_food_exemption(cooperative_id: int, why: str, *, by: Actor) -> Cooperative:
    """The national team records why no authorisation is needed; an empty text takes it back.

    Raises NotFound, NotAllowed, TooLong.
    """
    rules.insist_on_supervising(by, cooperative_id)
    cooperative = lock(Cooperative, pk=cooperative_id)
    kept = written.line(why, field="why", most=200, needed=False)
    _save(cooperative, {"food_exemption": kept})
    record(FoodAuthorisationChanged(cooperative_id=cooperative_id), by=by)
    shown.changed(cooperative_id)
    return cooperative


def _locked(cooperative_id: int) -> Shop:
    try:
        return lock(Shop, pk=cooperative_id)
    except Shop.DoesNotExist:
        if Cooperative.objects.filter(pk=cooperative_id).exists():
            raise NoShop from None
        raise NotFound from None


def _become(shop: Shop, wanted: ShopState, because: str) -> None:
    if ShopState.CLOSED in (shop.state, wanted) or shop.state == wanted:
        raise WrongShopState(state=ShopState(shop.state).label)
    shop.state = wanted
    shop.suspended_because = because
    shop.save(update_fields=["state", "suspended_because"])


def _save(cooperative: Cooperative, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(cooperative, name, value)
    cooperative.save(update_fields=list(values))
