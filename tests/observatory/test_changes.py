from __future__ import annotations

import pytest
from django.db import transaction

from taawon.core.errors import Invalid
from taawon.observatory import changes, cursors
from taawon.observatory.errors import CursorTooOld
from taawon.search import feed
from taawon.search.feed import Line
from taawon.search.models import Change
from tests.observatory.build import three, tifaout


def said(kind: str, *ids: int) -> None:
    with transaction.atomic():
        feed.changed(kind, *ids)


@pytest.mark.django_db(transaction=True)
def test_only_what_changed_behind_the_cursor() -> None:
    first, second, third = three()
    said("cooperative", first.pk)
    start = changes.since("")
    assert (start.changes, start.more) == ([], False)
    assert changes.since(start.cursor).changes == []

    said("product", 7)
    said("cooperative", second.pk, third.pk)
    said("cooperative", second.pk)
    gone = third.pk
    third.delete()
    found = changes.since(start.cursor)

    assert [(one.id, one.row is None) for one in found.changes] == [
        (second.pk, False),
        (gone, True),
    ]
    assert found.changes[0].row == changes.register.by_id([second.pk])[second.pk]
    assert not found.more
    assert changes.since(found.cursor).changes == []
    # Nobody has to read what others say: the cursor stands behind it.
    said("product", 8)
    assert changes.since(found.cursor).cursor != found.cursor


@pytest.mark.django_db(transaction=True)
def test_it_comes_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "PAGE", 2)
    cursor = changes.since("").cursor
    said("cooperative", 1, 2, 3, 4, 5)
    read = []
    for _ in range(3):
        found = changes.since(cursor)
        read.append([one.id for one in found.changes])
        cursor = found.cursor
    assert read == [[1, 2], [3, 4], [5]]
    assert not found.more


@pytest.mark.django_db(transaction=True)
def test_what_was_forgotten_is_said() -> None:
    said("cooperative", 1)
    cursor = changes.since("").cursor
    said("cooperative", 2)
    Change.objects.filter(document_id=1).delete()
    with pytest.raises(CursorTooOld):
        changes.since(cursor)


@pytest.mark.django_db(transaction=True)
def test_the_beginning_is_forgotten_too(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = changes.since("").cursor
    said("cooperative", 1)
    assert [one.id for one in changes.since(empty).changes] == [1]
    monkeypatch.setattr(feed, "was_pruned", lambda: True)
    with pytest.raises(CursorTooOld):
        changes.since(empty)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "word",
    [
        "x",
        "=",
        "é",
        "\x00",
        "cg==",
        cursors.of_row(3),
        cursors.of_line(Line(1, 2)) + "=",
        cursors._word("c.1.9999999999999999999"),
        cursors._word("c.-1.2"),
        cursors._word("c.1.٢"),
    ],
)
def test_words_that_are_no_cursor(word: str) -> None:
    with pytest.raises(Invalid) as refusal:
        changes.since(word)
    assert refusal.value.field == "since"


def test_cursors_of_rows() -> None:
    assert cursors.row("") == 0
    assert cursors.row(cursors.of_row(27_260)) == 27_260
    assert cursors.line(cursors.of_line(Line(12, 34))) == Line(12, 34)
    for word in ("x", cursors.of_line(Line(1, 2)), cursors._word("r.")):
        with pytest.raises(Invalid):
            cursors.row(word)


@pytest.mark.django_db
@pytest.mark.postgres
def test_a_change_in_flight_is_not_passed_over() -> None:
    """This very transaction is still in flight: its lines are not read yet."""
    cursor = changes.since("").cursor
    feed.changed("cooperative", tifaout().pk)
    found = changes.since(cursor)
    assert found.changes == []
    assert found.cursor == cursor
