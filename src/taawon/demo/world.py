"""The whole world from one number."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from random import Random

from taawon.demo import cooperatives, people, products, shops, trade, voices, waiting
from taawon.demo.rows import (
    BasketRow,
    ClaimRow,
    CooperativeRow,
    FavouriteRow,
    HoldRow,
    OrderRow,
    PersonRow,
    ProductRow,
    QuestionRow,
    ReviewRow,
    SelectionRow,
    ShopRow,
)

SEED = 2020


@dataclass(frozen=True, slots=True)
class Size:
    """One in so many of the published cooperatives; shops, sellers of a category, products."""

    one_in: int
    shops: int
    sellers: int
    products: int


FULL = Size(one_in=1, shops=400, sellers=6, products=3000)
SMALL = Size(one_in=10, shops=80, sellers=1, products=600)


@dataclass(frozen=True, slots=True)
class World:
    """All rows; categories, sectors and labels stand in `texts`, places in `places.reference`."""

    cooperatives: list[CooperativeRow]
    shops: list[ShopRow]
    products: list[ProductRow]
    people: list[PersonRow]
    orders: list[OrderRow]
    baskets: list[BasketRow]
    reviews: list[ReviewRow]
    questions: list[QuestionRow]
    favourites: list[FavouriteRow]
    selections: list[SelectionRow]
    claims: list[ClaimRow]
    holds: list[HoldRow]

    @property
    def customers(self) -> list[PersonRow]:
        return [row for row in self.people if row.role == "customer"]

    def home(self, shop: ShopRow) -> CooperativeRow:
        """The cooperative of a shop."""
        return self.cooperatives[shop.cooperative - 1]

    def digest(self) -> str:
        """The same for the same rows, on any machine."""
        said = hashlib.sha256()
        for field in fields(self):
            for row in getattr(self, field.name):
                said.update(repr(row).encode())
        return said.hexdigest()


def build(seed: int = SEED, size: Size = FULL) -> World:
    """Every part has a generator of its own: one may grow without moving the others."""
    register = cooperatives.build(_rng(seed, "cooperatives"), size.one_in)
    sellers = shops.build(_rng(seed, "shops"), register, size.shops, size.sellers)
    home = {shop.key: register[shop.cooperative - 1] for shop in sellers}
    goods = products.build(_rng(seed, "products"), sellers, home, size.products)
    everyone = people.build(_rng(seed, "people"), sellers, home)
    customers = [row for row in everyone if row.role == "customer"]
    market = trade.Market(_rng(seed, "market"), sellers, goods)
    orders = trade.orders(_rng(seed, "orders"), market, customers)
    selections = voices.selections(goods)
    shown = {key for selection in selections for key in selection.products}
    return World(
        cooperatives=register,
        shops=sellers,
        products=goods,
        people=everyone,
        orders=orders,
        baskets=trade.baskets(_rng(seed, "baskets"), market, customers),
        reviews=voices.reviews(_rng(seed, "reviews"), orders, everyone),
        questions=voices.questions(_rng(seed, "questions"), goods, customers),
        favourites=voices.favourites(_rng(seed, "favourites"), goods, customers),
        selections=selections,
        claims=waiting.claims(_rng(seed, "claims"), register, sellers, customers),
        holds=waiting.holds(_rng(seed, "holds"), goods, orders, shown),
    )


def _rng(seed: int, part: str) -> Random:
    return Random(f"{seed} {part}")
