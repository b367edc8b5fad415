"""Badges of quality and origin: each stands on a certificate that is valid today."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from taawon.catalogue import locks
from taawon.catalogue.errors import CertificateExpired
from taawon.catalogue.events import CertificateLapsed, CertificateRemoved, CertificateSet
from taawon.catalogue.models import Certificate, Label, Product
from taawon.catalogue.services import badges
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotFound
from taawon.journal.record import record
from taawon.search import feed


@transaction.atomic
def set_certificate(
    product_id: int, label_code: str, *, number: str, body: str, expires_on: date, by: Actor
) -> Certificate:
    """Number, certifying body and last day; the badge shows at once.

    Raises NotFound, Invalid, Missing, TooLong, CertificateExpired.
    """
    product = locks.own_with_cooperative(product_id, by)
    if not Label.objects.filter(pk=label_code).exists():
        raise Invalid(field="label_code")
    if expires_on < timezone.localdate():
        raise CertificateExpired(field="expires_on")
    certificate, _ = Certificate.objects.update_or_create(
        product=product,
        label_id=label_code,
        defaults={
            "number": written.line(number, field="number", most=60),
            "body": written.line(body, field="body", most=120),
            "expires_on": expires_on,
        },
    )
    _refresh(product)
    record(CertificateSet(product_id=product.pk, label=label_code), by=by)
    return certificate


@transaction.atomic
def remove_certificate(product_id: int, label_code: str, *, by: Actor) -> None:
    """Raises NotFound."""
    product = locks.own_with_cooperative(product_id, by)
    if not product.certificates.filter(label_id=label_code).delete()[0]:
        raise NotFound
    _refresh(product)
    record(CertificateRemoved(product_id=product.pk, label=label_code), by=by)


def drop_lapsed(*, by: Actor) -> list[int]:
    """Take away the badges whose certificates have expired; the products that lost one.

    One transaction a product: nobody waits for the others.
    """
    lapsed = (
        Certificate.objects.filter(expires_on__lt=timezone.localdate())
        .exclude(product__label_codes=[])
        .order_by("product_id")
        .values_list("product_id", flat=True)
        .distinct()
    )
    return [product_id for product_id in list(lapsed) if _drop(product_id, by)]


@transaction.atomic
def _drop(product_id: int, by: Actor) -> bool:
    product = locks.with_cooperative(product_id)
    before = list(product.label_codes)
    _refresh(product)
    gone = [code for code in before if code not in product.label_codes]
    record(*(CertificateLapsed(product_id=product_id, label=code) for code in gone), by=by)
    return bool(gone)


def _refresh(product: Product) -> None:
    """Keep the codes of valid certificates on the product, the most important label first."""
    codes = valid_codes(product, timezone.localdate())
    if codes != product.label_codes:
        product.label_codes = codes
        product.changed_at = timezone.now()
        product.save(update_fields=["label_codes", "changed_at"])
        feed.changed("product", product.pk)
        badges.carry(product.cooperative_id)


def valid_codes(product: Product, today: date) -> list[str]:
    valid = product.certificates.filter(expires_on__gte=today)
    return list(valid.order_by("label__position", "label_id").values_list("label_id", flat=True))
