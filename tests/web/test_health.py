from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from taawon.journal.models import Entry
from taawon.search import feed, follower
from taawon.search.models import Change
from taawon.web import health

WELL = {"database": "ok", "migrations": "ok", "index": "ok", "queue": "ok"}


@pytest.fixture
def index(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    follower.rebuild()


def test_alive_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_ready(client: Client, index: None) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "parts": WELL})


@pytest.mark.django_db(transaction=True)
def test_its_cost(index: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    health.look()
    with django_assert_num_queries(3):
        assert health.look() == WELL


@pytest.mark.django_db(transaction=True)
def test_without_an_index(client: Client, tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "parts": {**WELL, "index": "not built yet"}}


@pytest.mark.django_db(transaction=True)
def test_an_index_that_is_not_followed(index: None) -> None:
    with transaction.atomic():
        feed.changed("product", 1)
    assert health.index() == "ok"
    Change.objects.filter(document_id=1).update(at=timezone.now() - timedelta(seconds=31))
    assert health.index() == "31 seconds behind"
    follower.follow_once()
    assert health.index() == "ok"


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_stands_still(index: None) -> None:
    long_ago = timezone.now() - timedelta(seconds=500)
    Entry.objects.create(name="x", subject="x:1", facts={}, channel="web", deliver_at=long_ago)
    assert health.queue() == "the oldest entry waits for 500 seconds"
    Entry.objects.update(deliver_at=timezone.now() + timedelta(hours=1))
    assert health.queue() == "ok"


def test_a_database_that_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> str:
        raise OperationalError("password of 10.0.0.7 refused")

    monkeypatch.setattr(health, "database", gone)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {
        "database": "cannot be read (OperationalError)",
        "migrations": "unknown",
        "index": "unknown",
        "queue": "unknown",
    }
