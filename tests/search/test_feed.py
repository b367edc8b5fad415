from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from taawon.search import feed
from taawon.search.models import Change
from taawon.search.tasks import prune_the_feed


@pytest.mark.django_db(transaction=True)
def test_a_change_is_said_in_its_transaction() -> None:
    with pytest.raises(RuntimeError):
        feed.changed("note", 1)
    assert Change.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_lines_come_in_order_once_each() -> None:
    with transaction.atomic():
        feed.changed("note", 3, 1, 3)
    with transaction.atomic():
        feed.changed("note")
        feed.changed("other", 7)

    lines = feed.since(feed.START)

    assert [(line.kind, line.document_id) for line in lines] == [
        ("note", 3),
        ("note", 1),
        ("other", 7),
    ]
    assert feed.since(lines[1]) == lines[1:]
    assert feed.since(lines[0], limit=2) == lines[:2]
    assert feed.last() == lines[2]
    assert (lines[0].transaction_id > 0) is (connection.vendor == "postgresql")


@pytest.mark.django_db(transaction=True)
def test_lines_of_one_kind_behind_another() -> None:
    for kind, id in (("note", 1), ("other", 2), ("note", 3), ("note", 4)):
        with transaction.atomic():
            feed.changed(kind, id)
    first, second, third, fourth = feed.since(feed.START)

    assert feed.after("note", feed.START, fourth, 9) == [first, third, fourth]
    assert feed.after("note", first, fourth, 9) == [third, fourth]
    assert feed.after("note", first, fourth, 1) == [third]
    assert feed.after("note", first, third, 9) == [third]
    assert feed.after("other", second, fourth, 9) == []
    assert feed.stands(second)
    Change.objects.filter(pk=second.id).delete()
    assert not feed.stands(second)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_leaves_no_line() -> None:
    with transaction.atomic():
        feed.changed("note", 1)
        transaction.set_rollback(True)
    assert feed.last() == feed.START


@pytest.mark.django_db(transaction=True)
def test_old_lines_go_but_for_the_last_of_them() -> None:
    assert not feed.was_pruned()
    for id in (1, 2, 3, 4):
        with transaction.atomic():
            feed.changed("note", id)
    old = timezone.now() - timedelta(days=8)
    Change.objects.filter(document_id__in=[1, 2, 3]).update(at=old)

    prune_the_feed()

    assert [line.document_id for line in feed.since(feed.START)] == [3, 4]
    assert feed.was_pruned()
    assert feed.prune() == 0
