"""The list of a shop's products, on a small screen."""

from __future__ import annotations

import pytest

from taawon.messaging.rules import segments
from tests.sms.talk import stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return stall()


def test_a_long_list_of_products_is_read_in_pieces(shop):
    for number in range(1, 21):
        shop.product(number, name=f"Huile d'argan de cuisine {number}", on_hand=5)
    first = shop.phone.says("produits")
    assert segments(first) == 2
    following = first.rpartition(" ")[2]
    assert f"{int(following) - 1} Huile" in first
    second = shop.phone.says(f"produits {following}")
    assert second.startswith(f"{following} Huile d'argan")
    assert f"{following} Huile" not in first
    assert shop.phone.says("produits 99").startswith("Vous n'avez pas encore")


def test_the_names_of_a_short_list_are_written_out(shop):
    shop.product(3, name="Huile d'argan cosmétique pressée à froid", on_hand=5)
    assert shop.phone.says("produits") == ("3 Huile d'argan cosmétique pressée à froid 120 DH (5)")
