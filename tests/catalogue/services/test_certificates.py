from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from taawon.catalogue import tasks
from taawon.catalogue.errors import CertificateExpired
from taawon.catalogue.models import Certificate, Product
from taawon.catalogue.services import certificates
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotFound
from tests import trail
from tests.factories import (
    CertificateFactory,
    LabelFactory,
    PersonFactory,
    ProductFactory,
    actor,
    member,
    staff,
)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def codes(product: Product) -> list[str]:
    return Product.objects.values_list("label_codes", flat=True).get(pk=product.pk)


@pytest.mark.django_db
def test_a_certificate_brings_its_badge() -> None:
    product = ProductFactory()
    LabelFactory(code="igp", position=2)
    LabelFactory(code="bio", position=1)
    by = member(product.cooperative)
    for label in ("igp", "bio"):
        certificates.set_certificate(
            product.pk, label, number=" N\x00 12 ", body="Normacert", expires_on=in_days(0), by=by
        )

    assert codes(product) == ["bio", "igp"]
    assert Certificate.objects.get(label_id="igp").number == "N 12"
    assert trail.names() == ["certificate-set", "certificate-set"]
    product_and_its_cooperative = [("product", product.pk), ("cooperative", product.cooperative_id)]
    assert trail.fed() == product_and_its_cooperative * 2

    certificates.remove_certificate(product.pk, "bio", by=by)

    assert codes(product) == ["igp"]
    with pytest.raises(NotFound):
        certificates.remove_certificate(product.pk, "bio", by=by)


@pytest.mark.django_db
def test_a_certificate_is_replaced() -> None:
    certificate = CertificateFactory()
    product = certificate.product
    certificates.set_certificate(
        product.pk,
        "igp",
        number="N13",
        body="Ecocert",
        expires_on=in_days(9),
        by=member(product.cooperative),
    )
    certificate.refresh_from_db()
    assert (certificate.number, certificate.body) == ("N13", "Ecocert")
    assert Certificate.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"label_code": "none"}, Invalid),
        ({"number": ""}, Invalid),
        ({"body": " "}, Invalid),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, CertificateExpired),
    ],
)
def test_set_refuses_what_proves_nothing(values: dict[str, Any], refusal: type[Exception]) -> None:
    product = ProductFactory()
    LabelFactory()
    given = {"label_code": "igp", "number": "1", "body": "b", "expires_on": in_days(1)}
    with pytest.raises(refusal):
        certificates.set_certificate(product.pk, **(given | values), by=member(product.cooperative))
    assert (codes(product), Certificate.objects.count(), trail.events()) == ([], 0, [])


@pytest.mark.django_db
def test_only_its_cooperative_sets_and_removes() -> None:
    certificate = CertificateFactory()
    product = certificate.product
    for by in (actor(), actor(PersonFactory()), staff()):
        with pytest.raises(NotFound):
            certificates.remove_certificate(product.pk, "igp", by=by)
        with pytest.raises(NotFound):
            certificates.set_certificate(
                product.pk, "igp", number="x", body="x", expires_on=in_days(1), by=by
            )
    certificate.refresh_from_db()
    assert certificate.number == "MA-IGP-12"


@pytest.mark.django_db
def test_the_clock_drops_what_expired() -> None:
    LabelFactory(code="bio", position=1)
    over = CertificateFactory(
        product__label_codes=["bio", "igp"], expires_on=timezone.localdate() - timedelta(days=1)
    )
    CertificateFactory(product=over.product, label_id="bio", expires_on=timezone.localdate())
    valid = CertificateFactory(product__label_codes=["igp"])

    tasks.drop_lapsed_badges()
    tasks.drop_lapsed_badges()

    assert (codes(over.product), codes(valid.product)) == (["bio"], ["igp"])
    assert trail.facts() == [{"product_id": over.product_id, "label": "igp"}]
    assert trail.names() == ["certificate-lapsed"]
    assert trail.fed() == [
        ("product", over.product_id),
        ("cooperative", over.product.cooperative_id),
    ]


class Expiry(TestCase):
    """The badges of a product are those of its valid certificates, in the order of labels."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.integers(-3, 3), min_size=1, max_size=4))
    def test_expiry(self, days: list[int]) -> None:
        product = ProductFactory(label_codes=[f"label-{n}" for n in range(len(days))])
        for place, left in enumerate(days):
            label = LabelFactory(code=f"label-{place}", position=place)
            CertificateFactory(product=product, label=label, expires_on=in_days(left))

        dropped = certificates.drop_lapsed(by=Actor.system())

        assert codes(product) == [f"label-{n}" for n, left in enumerate(days) if left >= 0]
        assert dropped == ([product.pk] if min(days) < 0 else [])
        assert trail.names() == ["certificate-lapsed"] * sum(left < 0 for left in days)
