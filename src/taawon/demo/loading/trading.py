"""Baskets, orders with their trail, reviews and questions, as the services would have left them."""

from __future__ import annotations

import secrets
from collections import defaultdict
from random import Random

from taawon.core.text import CODE_LETTERS
from taawon.demo.loading import bulk, files
from taawon.demo.rows import OrderRow, PersonRow, QuestionRow, ReviewRow
from taawon.demo.world import World
from taawon.orders.models import (
    Basket,
    BasketLine,
    Checkout,
    Order,
    OrderCounter,
    OrderLine,
    Step,
)
from taawon.orders.states import Delivery
from taawon.reviews.models import Question, Review
from taawon.reviews.rules import shown_name
from taawon.shipping.queries import PICKUP, quote

CARRIER = "Amana"
ON_THE_ROAD = ("shipped", "delivered", "not_collected")


class Trade:
    """Orders of one world, numbered in each cooperative from the oldest on."""

    def __init__(self, world: World, seed: int, clock: bulk.Clock) -> None:
        self.world, self.clock = world, clock
        self.rng = Random(f"{seed} codes")
        self.person = {row.key: row for row in world.people}
        self.product = {row.key: row for row in world.products}
        self.last: defaultdict[int, int] = defaultdict(int)

    def load(self) -> None:
        orders = self.world.orders
        bulk.add(Checkout, [self._checkout(row) for row in orders])
        bulk.add(Order, [self._order(row) for row in orders])
        bulk.add(OrderLine, [line for row in orders for line in self._lines(row)])
        bulk.add(Step, [step for row in orders for step in self._steps(row)])
        bulk.add(
            OrderCounter,
            [OrderCounter(cooperative_id=pk, last=last) for pk, last in self.last.items()],
        )
        bulk.count_on(Checkout, Order)

    def cooperative(self, row: OrderRow) -> int:
        return self.world.shops[row.shop - 1].cooperative

    def _checkout(self, row: OrderRow) -> Checkout:
        return Checkout(
            pk=row.key,
            key=f"demonstration-{row.key}",
            fingerprint="0" * 64,
            secret=secrets.token_urlsafe(18),
            placed_at=self.clock.ago(hours=row.steps[0].hours_ago),
        )

    def _order(self, row: OrderRow) -> Order:
        buyer, cooperative = self.person[row.customer], self.cooperative(row)
        self.last[cooperative] += 1
        shop = self.world.shops[row.shop - 1]
        packs = [(self.product[line.product], line.quantity) for line in row.lines]
        grams = sum(product.weight_grams * quantity for product, quantity in packs)
        items = sum(product.price_centimes * quantity for product, quantity in packs)
        home = self.world.home(shop)
        way = (
            PICKUP if row.pickup else quote(grams, from_region=home.region, to_region=buyer.region)
        )
        sent = not row.pickup and row.state in ON_THE_ROAD
        return Order(
            pk=row.key,
            code="".join(self.rng.choices(CODE_LETTERS, k=8)),
            number=self.last[cooperative],
            secret=secrets.token_urlsafe(18),
            checkout_id=row.key,
            buyer_id=None if row.guest else buyer.key,
            cooperative_id=cooperative,
            state=row.state,
            name=buyer.name,
            phone=buyer.phone,
            language=buyer.language,
            region_id=buyer.region,
            town=buyer.town,
            address=buyer.address,
            delivery=Delivery.PICKUP if row.pickup else Delivery.PARCEL,
            items_centimes=items,
            shipping_centimes=way.fee_centimes,
            total_centimes=items + way.fee_centimes,
            days_from=shop.days_to_prepare + way.days_from,
            days_to=shop.days_to_prepare + way.days_to,
            carrier=CARRIER if sent else "",
            tracking=f"DEMO{row.key:06d}MA" if sent else "",
            placed_at=self.clock.ago(hours=row.steps[0].hours_ago),
            changed_at=self.clock.ago(hours=row.steps[-1].hours_ago),
        )

    def _lines(self, row: OrderRow) -> list[OrderLine]:
        arabic = self.person[row.customer].language == "ar"
        products = [self.product[line.product] for line in row.lines]
        return [
            OrderLine(
                order_id=row.key,
                product_id=product.key,
                name=product.name_ar if arabic else product.name_fr,
                number=product.number,
                cover=files.key(product.picture),
                price_centimes=product.price_centimes,
                quantity=line.quantity,
                weight_grams=product.weight_grams,
            )
            for product, line in zip(products, row.lines, strict=True)
        ]

    def _steps(self, row: OrderRow) -> list[Step]:
        return [
            Step(
                order_id=row.key,
                state=step.state,
                at=self.clock.ago(hours=step.hours_ago),
                note=step.note,
                by=step.by,
            )
            for step in row.steps
        ]


def load_baskets(world: World) -> None:
    price = {row.key: row.price_centimes for row in world.products}
    for row in world.baskets:
        basket = Basket.objects.create(person_id=row.customer, token=secrets.token_urlsafe(24))
        bulk.add(
            BasketLine,
            [
                BasketLine(
                    basket=basket,
                    product_id=line.product,
                    quantity=line.quantity,
                    seen_price_centimes=price[line.product],
                )
                for line in row.lines
            ],
        )


def load_voices(world: World, clock: bulk.Clock) -> None:
    person = {row.key: row for row in world.people}
    ids: defaultdict[int, list[int]] = defaultdict(list)
    for order_id, line_id in OrderLine.objects.order_by("pk").values_list("order_id", "pk"):
        ids[order_id].append(line_id)
    reviews = []
    for row in world.reviews:
        order = world.orders[row.order - 1]
        review = _review(row, person[order.customer], clock)
        review.line_id = ids[row.order][row.line]
        review.product_id = order.lines[row.line].product
        reviews.append(review)
    bulk.add(Review, reviews)
    bulk.add(Question, [_question(row, person[row.customer], clock) for row in world.questions])


def _review(row: ReviewRow, author: PersonRow, clock: bulk.Clock) -> Review:
    return Review(
        person_id=author.key,
        author=shown_name(author.name),
        stars=row.stars,
        text=row.text,
        language=row.language,
        answer=row.answer,
        written_at=clock.ago(hours=row.hours_ago),
        answered_at=clock.ago(hours=row.hours_ago * 0.8) if row.answer else None,
    )


def _question(row: QuestionRow, asker: PersonRow, clock: bulk.Clock) -> Question:
    return Question(
        product_id=row.product,
        person_id=asker.key,
        author=shown_name(asker.name),
        text=row.text,
        language=row.language,
        answer=row.answer,
        asked_at=clock.ago(hours=row.hours_ago),
        answered_at=clock.ago(hours=row.hours_ago * 0.7) if row.answer else None,
    )
