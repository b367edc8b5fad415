"""Forgers, robots and floods do nothing."""

from __future__ import annotations

import pytest

from taawon.conversations.models import Dialogue
from taawon.messaging.models import InboundText
from tests.sms.talk import Phone, stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return stall()


def state(order) -> str:
    order.refresh_from_db()
    return str(order.state)


def test_a_robot_that_answers_every_reply(shop):
    answers = [shop.phone.says("xyzzy plugh") for _ in range(8)]
    assert [bool(answer) for answer in answers] == [True] * 4 + [False] * 4


def test_a_robot_that_sends_our_answer_back(shop):
    order = shop.order(12, state="shipped")
    told = shop.phone.says("مساعدة تسليم")
    assert told == "تسليم 12: عندما يتسلم الزبون ويؤدي."
    assert shop.phone.says(told) == ""
    assert state(order) == "shipped"
    assert InboundText.objects.order_by("pk").last().state == "ignored"


def test_a_stranger_who_writes_too_much(db, settings):
    settings.RATE_LIMIT = True
    stranger = Phone("+212699999999")
    for _ in range(30):
        stranger.says("agent")
    Dialogue.objects.update(repeated=0, last_reply="")
    assert stranger.says("stop") == ""
    assert InboundText.objects.filter(state="ignored").count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "oui\x0047",
        "x" * 2000,
        "😀" * 300,
        "\ud83d salam",
        "\u202eoui 47",
        "salam" + "\u0301" * 500,
        "9" * 500,
        "stock " + "9" * 40 + " 1",
        "prix 3 " + "9" * 30,
        "'; DROP TABLE orders; --",
        "<script>alert(1)</script>",
        "{order}",
    ],
)
def test_hostile_texts_do_nothing(shop, text):
    order = shop.order()
    shop.phone.says(text)
    assert InboundText.objects.get().state == "handled"
    if "47" not in text:
        assert state(order) == "placed"
