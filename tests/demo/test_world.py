"""The demonstration world before it touches a database."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from taawon.demo import texts, trade, world
from taawon.demo.loading.shelves import Tallies
from taawon.demo.world import SMALL, World
from taawon.places import reference


@pytest.fixture(scope="module")
def full() -> World:
    return world.build()


def test_the_same_seed_is_the_same_world_anywhere(full: World) -> None:
    assert full.digest() == ("60f44dfed7cb9d89ee69af534e2a422541ddfd637a7c083a6fb00255cf3c571a")


def test_another_seed_is_another_world() -> None:
    assert world.build(1, SMALL).digest() != world.build(2, SMALL).digest()


def test_exact_counts(full: World) -> None:
    assert len(full.cooperatives) == 27_260
    assert len(full.shops) == 400
    assert len(full.products) == 3_000
    assert len(texts.leaves()) == 40
    assert {row.category for row in full.products} == set(texts.leaves())
    assert Counter(row.role for row in full.people) == {
        "president": 400,
        "customer": 60,
        "agent": 4,
        "administrator": 1,
        "editor": 1,
    }
    assert (len(full.reviews), len(full.questions), len(full.orders)) == (200, 40, 230)


def test_regions_are_as_published(full: World) -> None:
    published = {
        row.region_code: row.cooperatives
        for row in reference.cooperatives_2019()
        if row.region_code
    }
    assert Counter(row.region for row in full.cooperatives) == published


def test_every_cooperative_stands_where_it_says(full: World) -> None:
    region_of = {row.code: row.region_code for row in reference.provinces()}
    province_of = {row.code: row.province_code for row in reference.communes()}
    astray = [
        row.key
        for row in full.cooperatives
        if province_of[row.commune] != row.province or region_of[row.province] != row.region
    ]
    assert astray == []


def test_thirty_five_in_a_hundred_are_womens(full: World) -> None:
    womens = [row for row in full.cooperatives if row.is_womens]
    assert len(womens) == round(0.35 * 27_260) == 9_541
    assert [row.key for row in womens if row.men or row.women < 5] == []


def test_entries_say_that_they_are_a_demonstration(full: World) -> None:
    numbers = [row.registration_number for row in full.cooperatives]
    assert (numbers[0], numbers[-1]) == ("DEMO-2019-00001", "DEMO-2019-27260")
    assert len(set(numbers)) == 27_260
    certificates = [row.number for product in full.products for row in product.certificates]
    assert certificates
    assert {number[:5] for number in certificates} == {"DEMO-"}


def test_names_are_many_and_never_empty(full: World) -> None:
    assert len({row.name_fr for row in full.cooperatives}) > 14_000
    named = [*full.cooperatives, *full.products, *full.people, *texts.categories()]
    assert [row for row in named if not (row.name_fr and row.name_ar)] == []
    described = [row for row in full.products if row.description_fr and row.description_ar]
    assert len(described) == 3_000
    assert sum(1 for row in full.products if row.name_en) > 2_400
    texts_said = [row.description_fr + row.description_ar for row in full.products]
    assert [text for text in texts_said if "{" in text] == []


def test_names_fit_their_columns(full: World) -> None:
    assert max(len(row.name_fr) for row in full.cooperatives) <= 120
    assert max(len(name) for row in full.products for name in (row.name_fr, row.name_en)) <= 160


def test_a_shop_has_no_two_products_of_one_name(full: World) -> None:
    names = Counter((row.shop, row.name_fr) for row in full.products)
    assert [name for name, count in names.items() if count > 1] == []


def test_products_are_typical_of_where_they_are_sold(full: World) -> None:
    strange = []
    for row in full.products:
        home = full.home(full.shops[row.shop - 1])
        if row.category not in texts.suits(home.province, home.sector):
            strange.append((row.key, row.category, home.province, home.sector))
    assert strange == []


def test_each_category_is_sold_by_several(full: World) -> None:
    sellers: defaultdict[str, set[int]] = defaultdict(set)
    for row in full.products:
        sellers[row.category].add(row.shop)
    assert min(len(shops) for shops in sellers.values()) >= 6


def test_badges_of_origin_stand_where_they_are_granted(full: World) -> None:
    badges = {
        (full.home(full.shops[row.shop - 1]).province, row.category)
        for row in full.products
        for certificate in row.certificates
        if certificate.label == "aop"
    }
    assert badges <= {
        ("MA-TAR", "safran"),
        ("MA-OUA", "safran"),
        ("MA-ESI", "huile-d-olive"),
        ("MA-TIN", "eau-de-rose"),
    }
    assert ("MA-TAR", "safran") in badges


def test_processed_food_is_authorised_or_exempt(full: World) -> None:
    for row in full.shops:
        processed = any(texts.leaves()[slug].processed_food for slug in row.categories)
        assert processed == bool(row.food_authorisation or row.food_exemption)
        assert not (row.food_authorisation and row.food_exemption)


def test_orders_are_in_every_state_and_walk_the_known_ways(full: World) -> None:
    assert Counter(row.state for row in full.orders) == {
        state: count + (trade.HISTORY[0] if state == "delivered" else 0)
        for state, (count, _new, _old) in trade.RECENT.items()
    }
    for row in full.orders:
        way = [step for step in trade.WAYS[row.state] if not (row.pickup and step == "shipped")]
        assert [step.state for step in row.steps] == ["placed", *way]
        ages = [step.hours_ago for step in row.steps]
        assert ages == sorted(ages, reverse=True)
        assert ages[-1] >= 0
    waiting = [row.steps[0].hours_ago for row in full.orders if row.state == "placed"]
    # None of them expires within a day of loading.
    assert max(waiting) <= trade.EXPIRE_AFTER - 24


def test_orders_hold_products_of_one_shop_that_are_there(full: World) -> None:
    product = {row.key: row for row in full.products}
    for row in full.orders:
        assert {product[line.product].shop for line in row.lines} == {row.shop}
        assert {product[line.product].state for line in row.lines} == {"published"}
        published = min(product[line.product].published_hours_ago for line in row.lines)
        assert row.steps[0].hours_ago < published
    for key, packs in Tallies(full).reserved.items():
        assert packs <= product[key].on_hand


def test_reviews_are_of_delivered_lines_once_each(full: World) -> None:
    reviewed = [(row.order, row.line) for row in full.reviews]
    assert len(set(reviewed)) == 200
    orders = {row.key: row for row in full.orders}
    for row in full.reviews:
        order = orders[row.order]
        assert (order.state, order.guest) == ("delivered", False)
        assert row.hours_ago <= order.steps[-1].hours_ago


def test_a_small_world_has_everything_too() -> None:
    small = world.build(size=SMALL)
    assert (len(small.shops), len(small.products)) == (80, 600)
    assert {row.category for row in small.products} == set(texts.leaves())
    assert {row.state for row in small.orders} == set(trade.RECENT)
