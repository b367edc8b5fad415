"""The journal of what the world says has happened. Nobody is told of it: it is long past."""

from __future__ import annotations

from datetime import datetime

from taawon.catalogue.events import HoldAnswered, ProductHeld
from taawon.catalogue.models import Hold
from taawon.cooperatives.events import ClaimMade, ShopOpened
from taawon.cooperatives.models import Claim
from taawon.core.actor import Channel
from taawon.demo.loading import bulk
from taawon.demo.rows import OrderRow
from taawon.demo.world import World
from taawon.journal.events import Event
from taawon.journal.models import Entry
from taawon.orders.events import (
    OrderAccepted,
    OrderCancelled,
    OrderDelivered,
    OrderEvent,
    OrderExpired,
    OrderNotCollected,
    OrderPlaced,
    OrderPrepared,
    OrderRefused,
    OrderShipped,
)
from taawon.orders.models import Order
from taawon.reviews.events import QuestionAsked, ReviewWritten
from taawon.reviews.models import Question, Review

EVENTS: dict[str, type[OrderEvent]] = {
    "accepted": OrderAccepted,
    "prepared": OrderPrepared,
    "shipped": OrderShipped,
    "delivered": OrderDelivered,
    "not_collected": OrderNotCollected,
    "refused": OrderRefused,
    "expired": OrderExpired,
}


def load(world: World, clock: bulk.Clock) -> None:
    entries = [*_shops(world, clock), *_orders(world, clock), *_waiting(world), *_voices()]
    entries.sort(key=lambda entry: entry.happened_at)
    bulk.add(Entry, entries)


def _entry(
    event: Event, at: datetime, person_id: int | None, channel: Channel = Channel.WEB
) -> Entry:
    return Entry(
        name=event.name,
        subject=event.subject,
        facts=event.facts(),
        person_id=person_id,
        channel=channel,
        happened_at=at,
        deliver_at=None,
    )


def _shops(world: World, clock: bulk.Clock) -> list[Entry]:
    team = world.people[0].key
    return [
        _entry(
            ShopOpened(cooperative_id=shop.cooperative),
            clock.ago(days=shop.opened_days_ago),
            team,
            Channel.STAFF,
        )
        for shop in world.shops
    ]


def _orders(world: World, clock: bulk.Clock) -> list[Entry]:
    president = {row.shop: row.key for row in world.people if row.shop}
    totals = dict(Order.objects.values_list("pk", "total_centimes"))
    entries = []
    for row in world.orders:
        actors = {
            "buyer": None if row.guest else row.customer,
            "cooperative": president[row.shop],
            "system": None,
        }
        for step in row.steps:
            channel = Channel.SYSTEM if step.by == "system" else Channel.WEB
            event = _event(row, step.state, world, totals[row.key])
            at = clock.ago(hours=step.hours_ago)
            entries.append(_entry(event, at, actors[step.by], channel))
    return entries


def _event(row: OrderRow, state: str, world: World, total: int) -> OrderEvent:
    if state == "placed":
        cooperative = world.shops[row.shop - 1].cooperative
        return OrderPlaced(order_id=row.key, cooperative_id=cooperative, total_centimes=total)
    if state == "cancelled":
        return OrderCancelled(order_id=row.key, by_buyer=True)
    return EVENTS[state](order_id=row.key)


def _waiting(world: World) -> list[Entry]:
    team = world.people[0].key
    entries = [
        _entry(
            ClaimMade(
                claim_id=claim.pk,
                cooperative_id=claim.cooperative_id,
                person_id=claim.person_id,
            ),
            claim.created_at,
            claim.person_id,
        )
        for claim in Claim.objects.all()
    ]
    president = {world.shops[row.shop - 1].cooperative: row.key for row in world.people if row.shop}
    for hold in Hold.objects.select_related("product"):
        facts = {"product_id": hold.product_id, "hold_id": hold.pk}
        entries.append(_entry(ProductHeld(**facts), hold.placed_at, team, Channel.STAFF))
        if hold.answered_at:
            speaker = president[hold.product.cooperative_id]
            entries.append(_entry(HoldAnswered(**facts), hold.answered_at, speaker))
    return entries


def _voices() -> list[Entry]:
    written = [
        _entry(
            ReviewWritten(review_id=row.pk, product_id=row.product_id, stars=row.stars),
            row.written_at,
            row.person_id,
        )
        for row in Review.objects.all()
    ]
    asked = [
        _entry(
            QuestionAsked(question_id=row.pk, product_id=row.product_id),
            row.asked_at,
            row.person_id,
        )
        for row in Question.objects.all()
    ]
    return [*written, *asked]
