from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from taawon.accounts.services import apikeys
from taawon.api import throttling
from taawon.api.throttling import Limit, neighbourhood
from taawon.core.actor import Actor
from tests.api.client import Api

pytestmark = pytest.mark.django_db


class Watch:
    def __init__(self) -> None:
        self.time = 600_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def watch(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Watch:
    settings.RATE_LIMIT = True
    watch = Watch()
    monkeypatch.setattr(throttling.minute, "clock", watch)
    return watch


def _look_ups(api: Api, times: int, address: str = "10.0.0.1", **headers: str) -> list[int]:
    path = "/api/v1/orders/ABCD2345?phone=0612345678"
    return [
        api.client.get(path, REMOTE_ADDR=address, headers={**api.headers, **headers}).status_code
        for _ in range(times)
    ]


def test_the_limits() -> None:
    limits = (throttling.READS, throttling.BASKETS, throttling.CHECKOUTS, throttling.LOOK_UPS)
    assert [(limit.what, limit.most, limit.keys_may_more) for limit in limits] == [
        ("read", 600, True),
        ("basket", 300, True),
        ("checkout", 60, True),
        ("look-up", 20, False),
    ]


def test_twenty_look_ups_a_minute(api: Api, watch: Watch) -> None:
    assert _look_ups(api, 21) == [404] * 20 + [429]
    assert _look_ups(api, 1, "10.0.0.2") == [404]
    assert api.client.get("/api/v1/regions", REMOTE_ADDR="10.0.0.1").status_code == 200


def test_how_long_to_wait(api: Api, watch: Watch) -> None:
    watch.time += 18.5
    _look_ups(api, 20, "127.0.0.1")
    response = api.get("orders/ABCD2345?phone=0612345678")
    assert (response.status_code, response["Retry-After"]) == (429, "42")
    assert (response.json()["code"], response.json()["wait_seconds"]) == ("too-many", 42)

    watch.time += 42
    assert _look_ups(api, 1, "127.0.0.1") == [404]


def test_no_limits_where_they_are_switched_off(api: Api, settings: Settings) -> None:
    settings.RATE_LIMIT = False
    assert set(_look_ups(api, 25)) == {404}


def test_a_key_may_more(api: Api, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling.READS, "most", 2)
    words = apikeys.create("Partner", ["catalogue:read"], by=Actor.system())[1]
    partner = Api(words)
    assert [api.get("regions").status_code for _ in range(3)] == [200, 200, 429]
    assert [partner.get("regions").status_code for _ in range(21)] == [200] * 20 + [429]


def test_a_key_guesses_no_more_orders(watch: Watch) -> None:
    words = apikeys.create("Partner", ["orders:read"], by=Actor.system())[1]
    assert _look_ups(Api(words), 21)[-1] == 429


def test_behind_a_proxy(api: Api, watch: Watch, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    hop = {"X-Forwarded-For": "1.1.1.1, 2.2.2.2"}
    assert _look_ups(api, 21, "10.0.0.9", **hop)[-1] == 429
    assert _look_ups(api, 1, "10.0.0.9", **{"X-Forwarded-For": "3.3.3.3, 2.2.2.2"}) == [429]
    assert _look_ups(api, 1, "10.0.0.9", **{"X-Forwarded-For": "2.2.2.2, 3.3.3.3"}) == [404]


def test_without_a_proxy_nobody_chooses_their_address(api: Api, watch: Watch) -> None:
    answers = [
        _look_ups(api, 1, "10.0.0.1", **{"X-Forwarded-For": f"1.1.1.{n}"})[0] for n in range(21)
    ]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_who_is_counted_together(address: str, counted: str) -> None:
    assert neighbourhood(address) == counted


def test_a_minute_forgets() -> None:
    watch = Watch()
    minute = throttling.Minute(watch)
    assert [minute.count("read", "a"), minute.count("read", "a"), minute.count("look", "a")] == [
        1,
        2,
        1,
    ]
    assert minute.left() == 60
    watch.time += 60
    assert minute.count("read", "a") == 1
    assert isinstance(throttling.READS, Limit)
