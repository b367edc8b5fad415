"""What every test stands on: no network, no write in a GET, nothing kept from test to test."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from taawon.core import memory
from taawon.messaging.gateways import Outbound
from taawon.messaging.gateways import memory as memory_gateway

# One browser for the pages and for the proofs.
pytest_plugins = ["tests.browser.program"]
READING = ("SELECT", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
# A login is kept in a row that Django may touch on any request.
EXCEPTED_TABLES = ("django_session",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for vendor, name in (("postgresql", "postgres"), ("sqlite", "sqlite")):
            if item.get_closest_marker(name) and connection.vendor != vendor:
                item.add_marker(pytest.mark.skip(reason=f"says something about {vendor} alone"))


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    memory.forget()


@pytest.fixture(autouse=True)
def post_box() -> list[Outbound]:
    """What the gateway of the tests was given to carry."""
    memory_gateway.sent.clear()
    return memory_gateway.sent


class Clock:
    """The time of day that the house sees: it stands still until it is moved forward."""

    def __init__(self) -> None:
        self.time = timezone.now()

    def forward(self, **span: float) -> None:
        self.time += timedelta(**span)

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moving = Clock()
    monkeypatch.setattr(timezone, "now", moving.now)
    return moving


@pytest.fixture(autouse=True)
def _gets_only_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A GET may run nothing but SELECT, unless the test says why (gets_may_write)."""
    if request.node.get_closest_marker("gets_may_write"):
        return
    real = Client.request

    def guarded(self: Client, **environ: Any) -> Any:
        if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return real(self, **environ)
        writes: list[str] = []

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            verb = sql.lstrip(" (\n").split(None, 1)[0].upper()
            if verb not in READING and not any(table in sql for table in EXCEPTED_TABLES):
                writes.append(sql)
            return execute(sql, params, many, context)

        with ExitStack() as stack:
            for open_connection in connections.all():
                stack.enter_context(open_connection.execute_wrapper(watch))
            response = real(self, **environ)
        assert writes == [], f"GET {environ.get('PATH_INFO')} writes"
        return response

    monkeypatch.setattr(Client, "request", guarded)
