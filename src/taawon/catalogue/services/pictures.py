"""The pictures of a product: added, put in order, taken away."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from taawon.catalogue import locks, pictures, rules
from taawon.catalogue.errors import TooManyPictures
from taawon.catalogue.events import PictureAdded, PictureRemoved, PicturesReordered
from taawon.catalogue.models import Picture, Product
from taawon.catalogue.pictures import Made, Readable
from taawon.catalogue.services.products import insist_on_complete
from taawon.catalogue.states import State
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotFound
from taawon.journal.record import record
from taawon.search import feed


def add(product_id: int, content: bytes | Readable, *, by: Actor) -> Picture:
    """A new picture, after the others. Files are made and written before the transaction.

    Raises NotFound, TooManyPictures, BadPicture, PictureTooLarge, TooManyPixels.
    """
    product = Product.objects.filter(pk=product_id).first()
    if product is None or not rules.may_edit(by, product):
        raise NotFound
    _insist_on_room(product)
    made = pictures.make(content)
    key = pictures.store(made)
    try:
        return _add(product_id, key, made, by=by)
    except BaseException:
        pictures.forget(key)
        raise


@transaction.atomic
def reorder(product_id: int, picture_ids: Sequence[int], *, by: Actor) -> None:
    """The first becomes the cover. Every picture is named once. Raises NotFound, Invalid."""
    product = locks.own(product_id, by)
    rows = {picture.pk: picture for picture in product.pictures.all()}
    if sorted(picture_ids) != sorted(rows):
        raise Invalid(field="picture_ids")
    for place, pk in enumerate(picture_ids):
        rows[pk].position = place
    Picture.objects.bulk_update(rows.values(), ["position"])
    _set_cover(product)
    record(PicturesReordered(product_id=product.pk), by=by)


@transaction.atomic
def remove(picture_id: int, *, by: Actor) -> None:
    """Its files stay: duplicates and orders show them. Raises NotFound, NotReady for the last of a
    published product."""
    product_id = Picture.objects.filter(pk=picture_id).values_list("product_id", flat=True).first()
    if product_id is None:
        raise NotFound
    product = locks.own(product_id, by)
    if not product.pictures.filter(pk=picture_id).delete()[0]:
        raise NotFound
    _set_cover(product)
    record(PictureRemoved(product_id=product.pk, picture_id=picture_id), by=by)


@transaction.atomic
def _add(product_id: int, key: str, made: Made, *, by: Actor) -> Picture:
    product = locks.own(product_id, by)
    _insist_on_room(product)
    last = product.pictures.order_by("-position").values_list("position", flat=True).first()
    picture = Picture.objects.create(
        product=product,
        key=key,
        position=0 if last is None else last + 1,
        width=made.width,
        height=made.height,
    )
    _set_cover(product)
    record(PictureAdded(product_id=product.pk, picture_id=picture.pk), by=by)
    return picture


def _insist_on_room(product: Product) -> None:
    if product.pictures.count() >= rules.MOST_PICTURES:
        raise TooManyPictures(most=rules.MOST_PICTURES)


def _set_cover(product: Product) -> None:
    first = product.pictures.order_by("position", "pk").first()
    product.cover = first.key if first else ""
    product.changed_at = timezone.now()
    if first is None and product.state == State.PUBLISHED:
        insist_on_complete(product)
    product.save(update_fields=["cover", "changed_at"])
    feed.changed("product", product.pk)
