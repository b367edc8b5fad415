from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django_tasks import task_backends
from pytest_django.fixtures import Settings

from taawon.api import throttling
from taawon.search import follower, readers
from tests.api.client import Api
from tests.factories import RegionFactory
from tests.orders import build


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture(autouse=True)
def _a_new_minute() -> None:
    throttling.minute.forget()


@pytest.fixture
def casablanca(db: None) -> str:
    """Where orders go; and what parcels cost."""
    build.zones()
    return str(RegionFactory(code="MA-06", name_fr="Casablanca-Settat").pk)


@pytest.fixture
def index(tmp_path: Path, settings: Settings) -> Iterator[Callable[[], None]]:
    """Call it to put all that there is into an index of this test's own."""
    settings.HOME = tmp_path
    readers.forget()
    yield follower.rebuild
    readers.forget()


@pytest.fixture
def a_worker_delivers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Events wait in the queue for a worker, as they do in production."""
    monkeypatch.setitem(
        task_backends.settings["default"], "BACKEND", "django_tasks_db.DatabaseBackend"
    )
    with suppress(AttributeError):
        del task_backends["default"]
    yield
    with suppress(AttributeError):
        del task_backends["default"]
