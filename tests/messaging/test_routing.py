from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from taawon.messaging import lines, routing, sending, services
from taawon.messaging.gateways import Accepted, Retry, routes
from taawon.messaging.models import Lane, Line, Message
from tests.messaging.lines import told

IAM, ORANGE, LAND = "+212661234567", "+212600000000", "+212524000000"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]


@pytest.fixture(autouse=True)
def _two_lines(settings):
    settings.SMS_GATEWAYS = {
        "first": {"kind": "memory", "prefixes": ["+2126", "+2127"], "centimes_a_segment": 25},
        "second": {"kind": "memory", "prefixes": ["+21266", "+21260"], "centimes_a_segment": 20},
        "third": {"kind": "memory"},
    }


def test_the_longest_prefix_then_the_order_of_the_settings():
    assert [route.name for route in routes.of_phone(IAM)] == ["second", "first", "third"]
    assert routing.choose(IAM) == "second"
    assert routing.choose("+212612345678") == "first"
    assert routing.choose(LAND) == "third"


def test_a_line_that_is_down_is_passed_over():
    for _ in range(3):
        lines.failed("second", "kannel-503")
    assert routing.choose(IAM) == "first"
    for name in ("first", "third"):
        for _ in range(3):
            lines.failed(name, "kannel-503")
    assert routing.choose(IAM) == "second"


def test_what_waits_finds_another_way(monkeypatch, clock):
    found = told(monkeypatch, "first", "second", "third")
    found["second"].answer = lambda message: Retry("kannel-503")
    for number in range(4):
        services.queue(IAM, "Bonjour", key=f"a:{number}")
    doubtful = services.queue(IAM, "Bonjour", key="doubt")
    Message.objects.filter(pk=doubtful.pk).update(
        in_doubt=True, not_before=clock.now() + timedelta(days=1)
    )
    for _ in range(3):
        sending.send_pending(["second"])
        clock.forward(minutes=10)
    assert set(Message.objects.exclude(key="doubt").values_list("gateway", flat=True)) == {"first"}
    assert Message.objects.get(key="doubt").gateway == "second"

    sending.send_pending(["first"])
    assert found["first"].carried == [f"a:{number}" for number in range(4)]
    assert [message.centimes for message in Message.objects.filter(state="sent")] == [25] * 4


def test_down_for_an_hour_nothing_is_lost_and_codes_go_first(monkeypatch, settings, clock):
    settings.SMS_GATEWAYS = {"only": {"kind": "memory"}}
    only = told(monkeypatch, "only", answer=Retry("ConnectionRefusedError"))["only"]
    for number in range(30):
        services.queue(IAM, "Bonjour", key=f"a:{number}")
    for _ in range(360):
        sending.send_pending()
        clock.forward(seconds=10)
    # It is tried with a text now and then, not with all of them all the time.
    assert len(only.carried) < 60
    assert Message.objects.filter(state="queued").count() == 30

    only.answer = lambda message: Accepted()
    only.carried.clear()
    services.queue(IAM, "123456", key="code", lane=Lane.CODE)
    for _ in range(360):
        sending.send_pending()
        clock.forward(seconds=10)
    assert only.carried[0] == "code"
    assert sorted(only.carried[1:]) == sorted(f"a:{number}" for number in range(30))
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_a_line_that_the_settings_forgot(settings):
    services.queue(IAM, "Bonjour", key="a:1")
    settings.SMS_GATEWAYS = {"new": {"kind": "memory"}}
    assert routing.tidy() == 1
    assert Message.objects.get().gateway == "new"


def test_a_process_that_died_loses_its_texts_to_others(settings, clock):
    settings.SMS_GATEWAYS = {
        "smpp": {"kind": "smpp", "prefixes": ["+2126"]},
        "rest": {"kind": "memory"},
    }
    lines.alive("smpp")
    services.queue(IAM, "Bonjour", key="a:1")
    assert routing.tidy() == 0
    clock.forward(seconds=61)
    assert routing.tidy() == 1
    assert Message.objects.get().gateway == "rest"
    assert Line.objects.get(name="smpp").failures == 0


def test_a_kind_that_does_not_exist(settings):
    settings.SMS_GATEWAYS = {"x": {"kind": "pigeon"}}
    with pytest.raises(ImproperlyConfigured, match="pigeon"):
        routes.routes()
