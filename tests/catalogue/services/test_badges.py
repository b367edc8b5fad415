"""A cooperative bears the labels of what anybody can see of it, at every moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from taawon.catalogue import tasks
from taawon.catalogue.models import Product
from taawon.catalogue.services import badges, certificates, holds, products
from taawon.catalogue.states import State
from taawon.cooperatives.models import Cooperative
from tests import trail
from tests.factories import (
    CertificateFactory,
    CooperativeFactory,
    LabelFactory,
    ProductFactory,
    ShopFactory,
    member,
    staff,
)

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def borne(cooperative_id: int) -> list[str]:
    return list(Cooperative.objects.values_list("label_codes", flat=True).get(pk=cooperative_id))


def times_fed(cooperative_id: int) -> int:
    return trail.fed().count(("cooperative", cooperative_id))


def test_with_the_certificates_of_its_products() -> None:
    cooperative = ShopFactory().cooperative
    by = member(cooperative)
    first, second = (ProductFactory(cooperative=cooperative) for _ in range(2))
    for code in ("igp", "bio"):
        LabelFactory(code=code)
    for product, code in ((first, "igp"), (second, "igp"), (second, "bio")):
        certificates.set_certificate(
            product.pk, code, number="12", body="Normacert", expires_on=in_days(9), by=by
        )
    assert (borne(cooperative.pk), times_fed(cooperative.pk)) == (["bio", "igp"], 2)

    certificates.remove_certificate(first.pk, "igp", by=by)
    assert (borne(cooperative.pk), times_fed(cooperative.pk)) == (["bio", "igp"], 2)

    certificates.remove_certificate(second.pk, "igp", by=by)
    assert (borne(cooperative.pk), times_fed(cooperative.pk)) == (["bio"], 3)


def test_with_what_lapses() -> None:
    over = CertificateFactory(product__label_codes=["igp"], expires_on=in_days(-1))
    pk = over.product.cooperative_id
    Cooperative.objects.filter(pk=pk).update(label_codes=["igp"])
    tasks.drop_lapsed_badges()
    assert (borne(pk), times_fed(pk)) == ([], 1)


def test_with_the_life_of_a_product() -> None:
    product = ProductFactory(label_codes=["igp"], cover="products/a", state=State.DRAFT)
    pk, by, team = product.cooperative_id, member(product.cooperative), staff()
    seen = []
    for step in (
        lambda: products.publish(product.pk, by=by),
        lambda: products.pause(product.pk, by=by),
        lambda: products.publish(product.pk, by=by),
        lambda: holds.hold(product.pk, "Étiquette illisible", by=team),
        lambda: holds.lift(product.pk, by=team),
        lambda: products.archive(product.pk, by=by),
    ):
        step()
        seen.append(borne(pk))
    assert seen == [["igp"], [], ["igp"], [], ["igp"], []]
    assert times_fed(pk) == 6


def test_what_was_wrong_is_put_right() -> None:
    right = ProductFactory(label_codes=["igp"]).cooperative
    Cooperative.objects.filter(pk=right.pk).update(label_codes=["igp"])
    lost = ProductFactory(label_codes=["igp", "bio"]).cooperative
    stale = CooperativeFactory(label_codes=["igp"])
    hidden = ProductFactory(label_codes=["igp"], state=State.PAUSED).cooperative
    Product.objects.filter(cooperative=hidden).update(held=True)

    assert badges.repair() == [lost.pk, stale.pk]

    kept = [borne(one.pk) for one in (right, lost, stale, hidden)]
    assert kept == [["igp"], ["bio", "igp"], [], []]
    assert trail.fed() == [("cooperative", lost.pk), ("cooperative", stale.pk)]
    assert badges.repair() == []


@pytest.mark.parametrize("count", [1, 3])
def test_its_cost(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(count):
        cooperative = ProductFactory(label_codes=["igp"]).cooperative
        Cooperative.objects.filter(pk=cooperative.pk).update(label_codes=["igp"])
    with django_assert_num_queries(2):
        assert badges.repair() == []
