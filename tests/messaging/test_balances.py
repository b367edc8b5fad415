from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection

from taawon.messaging import balances, health, tasks
from taawon.messaging.gateways import NotTold, wire
from taawon.messaging.gateways.http import HttpGateway
from taawon.messaging.models import Line
from tests.gateways.provider import open_provider


@pytest.fixture
def provider(settings):
    with open_provider(answers=[200]) as provider:
        settings.SMS_GATEWAYS = {
            "partner": {
                "kind": "http",
                "address": f"{provider.address}/send",
                "headers": {"Authorization": "Bearer x"},
                "balance_url": f"{provider.address}/account?key=s3cret",
                "balance_path": "data.accounts.0.left",
                "balance_low": 50,
            },
            "memory": {"kind": "memory"},
        }
        yield provider
    wire.hang_up()


def line() -> health.LineHealth:
    return next(one for one in health.line_healths() if one.name == "partner")


@pytest.mark.django_db(transaction=True)
def test_what_is_left_is_asked_with_no_transaction_open(provider, clock, monkeypatch):
    provider.body = b'{"data": {"accounts": [{"left": 49.90}]}}'
    real, open_then = HttpGateway.balance, []

    def watched(self: HttpGateway) -> str:
        open_then.append(connection.in_atomic_block)
        return real(self)

    monkeypatch.setattr(HttpGateway, "balance", watched)
    tasks.ask_balances()

    assert open_then == [False]
    [(method, path, _body, headers)] = provider.asked
    assert (method, path) == ("GET", "/account?key=s3cret")
    assert headers["Authorization"] == "Bearer x"
    found = line()
    assert (found.balance, found.balance_at) == ("49.90", clock.time)
    assert found.balance_is_low
    assert Line.objects.count() == 1


@pytest.mark.django_db
def test_enough_is_left(provider):
    provider.body = b'{"data": {"accounts": [{"left": "50"}]}}'
    assert balances.ask() == 1
    assert (line().balance, line().balance_is_low) == ("50", False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "body", "reason"),
    [
        (500, b"", "http-500"),
        (200, b"<html>", "no-balance"),
        (200, b'{"data": {}}', "no-balance"),
        (200, b'{"data": {"accounts": [{"left": null}]}}', "no-balance"),
        (200, b'{"data": {"accounts": [{"left": "NaN"}]}}', "no-balance"),
        (200, b'{"data": {"accounts": []}}', "no-balance"),
        ("hang up", b"", "RemoteDisconnected"),
    ],
)
def test_no_answer_leaves_the_last_word(provider, caplog, answer, body, reason):
    Line.objects.create(name="partner", balance="120")
    provider.answers, provider.body = [answer], body
    assert balances.ask() == 0
    assert line().balance == "120"
    assert [record.getMessage() for record in caplog.records] == [
        f"The line partner does not tell its balance: {reason}"
    ]


def test_a_line_that_is_not_to_be_asked():
    assert HttpGateway("partner", {}).balance() == ""


def test_nobody_answers():
    with pytest.raises(NotTold, match="ConnectionRefusedError"):
        HttpGateway("partner", {"balance_url": "http://127.0.0.1:1/left"}).balance()


@pytest.mark.parametrize(
    ("limit", "is_low"), [(None, False), ("120.01", True), ("120", False), (0.5, False)]
)
def test_when_it_is_low(limit, is_low):
    wanted = None if limit is None else Decimal(str(limit))
    assert health._is_low("120", wanted) is is_low
    assert health._is_low("", wanted) is False
