"""Orders in every state with their trail, and baskets that are still being filled."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from taawon.demo.rows import BasketRow, LineRow, OrderRow, PersonRow, ProductRow, ShopRow, StepRow
from taawon.demo.texts import table

# How many of each, and between how many and how many hours ago they were placed.
RECENT = {
    "placed": (22, 1, 30),
    "accepted": (14, 8, 60),
    "prepared": (12, 20, 90),
    "shipped": (16, 40, 130),
    "delivered": (30, 130, 500),
    "not_collected": (6, 150, 500),
    "refused": (6, 30, 400),
    "cancelled": (8, 20, 400),
    "expired": (6, 90, 400),
}
# Delivered long ago: what reviews stand on.
HISTORY = (110, 500, 4500)
# The ways to each state; a way is walked in this order.
WAYS = {
    "placed": (),
    "accepted": ("accepted",),
    "prepared": ("accepted", "prepared"),
    "shipped": ("accepted", "prepared", "shipped"),
    "delivered": ("accepted", "prepared", "shipped", "delivered"),
    "not_collected": ("accepted", "prepared", "shipped", "not_collected"),
    "refused": ("refused",),
    "cancelled": ("cancelled",),
    "expired": ("expired",),
}
EXPIRE_AFTER = 72
BASKETS = 12
# The shops of the logins see more going on than the others.
BUSY_SHOPS = 12


class Market:
    """What can be bought, with the packs that placed orders keep back."""

    def __init__(self, rng: Random, shops: list[ShopRow], products: list[ProductRow]) -> None:
        self.rng = rng
        self.shops = {shop.key: shop for shop in shops}
        self.left = {row.key: row.on_hand for row in products}
        self.price = {row.key: row.price_centimes for row in products}
        self.shelf: dict[int, list[int]] = {}
        for row in products:
            if row.state == "published" and row.on_hand > 5:
                self.shelf.setdefault(row.shop, []).append(row.key)
        self.open = [key for key in sorted(self.shelf) if not self.shops[key].paused_days]

    def shop(self) -> int:
        if self.rng.random() < 0.4:
            return self.rng.choice(self.open[:BUSY_SHOPS])
        return self.rng.choice(self.open)

    def lines(self, shop: int, *, keep_back: bool = False) -> tuple[LineRow, ...]:
        among = [key for key in self.shelf[shop] if self.left[key] > 3]
        wanted = self.rng.sample(among, min(len(among), self.rng.choice((1, 1, 2, 2, 3, 4))))
        lines = tuple(LineRow(key, self._packs(key)) for key in wanted)
        if keep_back:
            for line in lines:
                self.left[line.product] -= line.quantity
        return lines

    def _packs(self, key: int) -> int:
        """One carpet, three jars of honey."""
        return 1 if self.price[key] > 40000 else self.rng.choice((1, 1, 1, 2, 2, 3))


def orders(rng: Random, market: Market, customers: list[PersonRow]) -> list[OrderRow]:
    states = [state for state, (count, _new, _old) in RECENT.items() for _ in range(count)]
    rows: list[OrderRow] = []
    for state in states:
        _count, new, old = RECENT[state]
        rows.append(_order(rng, market, customers, state, rng.uniform(new, old)))
    for _ in range(HISTORY[0]):
        rows.append(_order(rng, market, customers, "delivered", rng.uniform(*HISTORY[1:])))
    rows.sort(key=lambda row: -row.steps[0].hours_ago)
    return [replace(row, key=key) for key, row in enumerate(rows, start=1)]


def baskets(rng: Random, market: Market, customers: list[PersonRow]) -> list[BasketRow]:
    return [
        BasketRow(
            customer.key,
            tuple(
                line
                for shop in rng.sample(market.open, rng.choice((1, 2, 3)))
                for line in market.lines(shop)
            ),
        )
        for customer in customers[:BASKETS]
    ]


def _order(
    rng: Random, market: Market, customers: list[PersonRow], state: str, age: float
) -> OrderRow:
    shop = market.shop()
    customer = rng.choice(customers[:6]) if rng.random() < 0.25 else rng.choice(customers)
    pickup = market.shops[shop].offers_pickup and state != "shipped" and rng.random() < 0.12
    return OrderRow(
        key=0,
        customer=customer.key,
        # Many order without logging in; who writes a review has.
        guest=state != "delivered" and rng.random() < 0.5,
        shop=shop,
        lines=market.lines(shop, keep_back=state == "placed"),
        state=state,
        pickup=pickup,
        steps=_steps(rng, state, round(age, 2), pickup, customer.language),
    )


def _steps(rng: Random, state: str, age: float, pickup: bool, language: str) -> tuple[StepRow, ...]:
    steps = [StepRow("placed", age, "buyer", "")]
    way = [step for step in WAYS[state] if not (pickup and step == "shipped")]
    last = age - EXPIRE_AFTER if state == "expired" else age * rng.uniform(0.02, 0.25)
    for place, step in enumerate(way, start=1):
        hours_ago = age - (age - last) * place / len(way)
        by = {"cancelled": "buyer", "expired": "system"}.get(step, "cooperative")
        steps.append(StepRow(step, round(hours_ago, 2), by, _note(rng, step, language)))
    return tuple(steps)


def _note(rng: Random, state: str, language: str) -> str:
    notes = [
        row["note"]
        for row in table("order_notes")
        if row["state"] == state and row["language"] == language
    ]
    return rng.choice(notes) if notes else ""
