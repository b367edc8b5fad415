from __future__ import annotations

import pytest

from taawon.catalogue.models import Product
from taawon.core.errors import NotFound
from taawon.orders.services import baskets, reordering
from tests.factories import ProductFactory
from tests.orders.build import GUEST, placed

pytestmark = pytest.mark.django_db


def test_what_is_still_for_sale_is_put_in_the_basket_again():
    honey = ProductFactory(name_fr="Miel")
    oil = ProductFactory(name_fr="Huile", cooperative=honey.cooperative)
    order = placed((honey, 2), (oil, 1))
    Product.objects.filter(pk=oil.pk).update(state="archived")
    basket = baskets.open_basket(by=GUEST)

    gone = reordering.reorder(order, basket.pk, proof=order.secret, by=GUEST)

    assert gone == ["Huile"]
    assert list(basket.lines.values_list("product_id", "quantity")) == [(honey.pk, 2)]
    with pytest.raises(NotFound):
        reordering.reorder(order, basket.pk, proof="", by=GUEST)
