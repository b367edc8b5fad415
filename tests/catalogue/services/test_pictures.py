from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from taawon.catalogue import pictures as files
from taawon.catalogue import rules
from taawon.catalogue.errors import BadPicture, NotReady, TooManyPictures
from taawon.catalogue.models import Picture, Product
from taawon.catalogue.services import pictures
from taawon.catalogue.states import State
from taawon.core.errors import Invalid, NotFound
from tests import trail
from tests.catalogue.photographs import EXECUTABLE, encoded, from_a_phone, quarters
from tests.factories import PersonFactory, PictureFactory, ProductFactory, actor, member, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    return ProductFactory(state=State.DRAFT)


def stored() -> set[Path]:
    return set((Path(settings.HOME) / "media").rglob("*.*"))


def order(product: Product) -> list[int]:
    return list(product.pictures.values_list("pk", flat=True))


def test_add_writes_seven_files_and_the_cover(product: Product) -> None:
    by, before = member(product.cooperative), stored()

    first = pictures.add(product.pk, from_a_phone(6), by=by)
    second = pictures.add(product.pk, encoded(quarters()), by=by)

    product.refresh_from_db()
    assert (first.width, first.height, first.position, second.position) == (600, 800, 0, 1)
    assert product.cover == first.key
    new = {str(path.relative_to(settings.HOME / "media")) for path in stored() - before}
    assert new == {one.key + suffix for one in (first, second) for suffix in files.suffixes()}
    assert trail.names() == ["picture-added", "picture-added"]
    assert trail.fed() == [("product", product.pk)] * 2


def test_the_slow_work_is_done_outside_of_the_transaction(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = []
    real = files.make

    def watched(content: Any) -> files.Made:
        depths.append(len(connection.savepoint_ids))
        return real(content)

    monkeypatch.setattr(files, "make", watched)
    depth = len(connection.savepoint_ids)
    pictures.add(product.pk, encoded(quarters()), by=member(product.cooperative))
    assert depths == [depth]


def test_add_refuses_and_leaves_nothing(product: Product) -> None:
    before = stored()
    with pytest.raises(BadPicture):
        pictures.add(product.pk, EXECUTABLE, by=member(product.cooperative))
    for by in (actor(), actor(PersonFactory()), staff()):
        with pytest.raises(NotFound):
            pictures.add(product.pk, encoded(quarters()), by=by)
    with pytest.raises(NotFound):
        pictures.add(0, encoded(quarters()), by=staff())
    assert (Picture.objects.count(), stored(), trail.events()) == (0, before, [])


def test_a_failed_write_leaves_no_file(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError

    before = stored()
    monkeypatch.setattr(pictures, "record", broken)
    with pytest.raises(OSError):  # noqa: PT011 - there is no message
        pictures.add(product.pk, encoded(quarters()), by=member(product.cooperative))
    assert (Picture.objects.count(), stored()) == (0, before)


def test_a_product_has_so_many_pictures(product: Product) -> None:
    for _ in range(rules.MOST_PICTURES):
        PictureFactory(product=product)
    with pytest.raises(TooManyPictures):
        pictures.add(product.pk, encoded(quarters()), by=member(product.cooperative))
    assert product.pictures.count() == 8


def test_reorder_chooses_the_cover(product: Product) -> None:
    one, two, three = (PictureFactory(product=product) for _ in range(3))
    by = member(product.cooperative)

    pictures.reorder(product.pk, [three.pk, one.pk, two.pk], by=by)

    product.refresh_from_db()
    assert order(product) == [three.pk, one.pk, two.pk]
    assert product.cover == three.key
    assert trail.names() == ["pictures-reordered"]
    for wrong in ([], [one.pk, two.pk], [one.pk] * 3, [one.pk, two.pk, three.pk, 0]):
        with pytest.raises(Invalid):
            pictures.reorder(product.pk, wrong, by=by)
    with pytest.raises(NotFound):
        pictures.reorder(product.pk, [one.pk, two.pk, three.pk], by=actor(PersonFactory()))
    assert order(product) == [three.pk, one.pk, two.pk]


def test_remove_passes_the_cover_on(product: Product) -> None:
    one, two = (PictureFactory(product=product) for _ in range(2))
    by = member(product.cooperative)

    pictures.remove(one.pk, by=by)

    product.refresh_from_db()
    assert product.cover == two.key
    with pytest.raises(NotFound):
        pictures.remove(one.pk, by=by)
    with pytest.raises(NotFound):
        pictures.remove(two.pk, by=actor(PersonFactory()))
    assert order(product) == [two.pk]

    pictures.remove(two.pk, by=by)

    product.refresh_from_db()
    assert product.cover == ""
    assert trail.names() == ["picture-removed", "picture-removed"]


def test_a_published_product_keeps_a_picture() -> None:
    picture = PictureFactory()
    product = picture.product
    Product.objects.filter(pk=product.pk).update(cover=picture.key)
    with pytest.raises(NotReady):
        pictures.remove(picture.pk, by=member(product.cooperative))
    product.refresh_from_db()
    assert (product.cover, order(product), trail.events()) == (picture.key, [picture.pk], [])
