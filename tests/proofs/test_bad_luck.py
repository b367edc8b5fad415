"""Uploads that never end, a database that goes away and comes back, a disk that is full."""

from __future__ import annotations

import errno
import http.client
import os
import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from taawon.catalogue.models import Picture
from taawon.catalogue.services import pictures
from taawon.core.actor import Actor, Channel
from taawon.core.disk import DiskFull
from tests.factories import MembershipFactory, ProductFactory, ShopFactory
from tests.proofs.house import House, open_house
from tests.proofs.test_kills import BUYER, basket, products, settled

PAGES = ("/fr/products/?x={n}", "/ar/?x={n}", "/api/v1/products")


def stall(house: House) -> socket.socket:
    """A browser on a weak signal: it has sent the first half of a picture, and sends no more."""
    line = socket.create_connection(("127.0.0.1", house.port))
    head = (
        f"POST /fr/login/ HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n"
    )
    line.sendall(head.encode() + b'--x\r\nContent-Disposition: form-data; name="phone"\r\n\r\n1')
    return line


@pytest.mark.timeout(300)
def test_pages_answer_beside_uploads_that_never_end(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        workers = 2
        lines = [stall(house) for _ in range(workers)]
        try:
            for n in range(6):
                for page in PAGES:
                    assert house.visitor().ask("GET", page.format(n=n)).status == 200
        finally:
            for line in lines:
                line.close()


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_the_database_goes_away_and_comes_back(tmp_path: Path) -> None:
    """Its connections are cut again and again; afterwards no page fails."""
    with open_house(tmp_path) as house:
        chosen = products(house)
        name = house.url.rpartition("/")[2].partition("?")[0]
        for n in range(5):
            cut(name)
            for page in PAGES:
                with suppress(OSError, http.client.HTTPException):
                    house.visitor().ask("GET", page.format(n=n))
        house.wait()
        for n in range(20):
            for page in PAGES:
                assert house.visitor().ask("GET", page.format(n=100 + n)).status == 200
        token = basket(house, chosen)
        path = f"/api/v1/baskets/{token}/checkout"
        done = house.visitor().ask("POST", path, BUYER, **{"Idempotency-Key": "after"})
        assert done.status == 201
        seen = settled(house, [token])
        assert len([found for found in seen["orders"] if found[7]]) == 3


def cut(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )


@pytest.mark.timeout(300)
def test_a_worker_killed_while_it_delivers(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        token = basket(house, products(house))
        path = f"/api/v1/baskets/{token}/checkout"
        answer = house.visitor().ask("POST", path, BUYER, **{"Idempotency-Key": "k"})
        assert answer.status == 201
        assert house.worker is not None
        os.kill(house.worker.pid, signal.SIGKILL)
        house.worker.wait()
        house.worker = house._spawn("worker")
        seen = settled(house, [token])
        for *_order, messages, console in seen["orders"]:
            assert console == [key for key, _state in messages]
            assert len(console) >= 2


@pytest.mark.django_db
def test_a_full_disk_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    product = ProductFactory(cooperative=ShopFactory().cooperative)
    member = MembershipFactory(cooperative=product.cooperative).person
    picture = Path("src/taawon/demo/pictures/miel-1-640.jpg").read_bytes()

    def full(*_words: Any, **_more: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(type(default_storage), "save", full, raising=False)
    monkeypatch.setattr(default_storage, "_save", full, raising=False)
    by = Actor(person_id=member.pk, channel=Channel.WEB)
    with pytest.raises(DiskFull):
        pictures.add(product.pk, picture, by=by)
    product.refresh_from_db()
    assert (Picture.objects.count(), product.cover) == (0, "")
