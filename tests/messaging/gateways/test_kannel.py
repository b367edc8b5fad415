from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from taawon.messaging.gateways import Accepted, Failed, Outbound, Received, Retry, wire
from taawon.messaging.gateways.kannel import KannelGateway
from taawon.messaging.models import Fate
from taawon.messaging.rules import proof_of
from tests.gateways.kannel import free_port
from tests.gateways.provider import open_provider

KEY = "orders.order:1:order-placed:buyer"


def outbound(text: str = "Bonjour", lives: int = 0) -> Outbound:
    return Outbound(
        key=KEY,
        via="sms",
        to="+212661234567",
        subject="",
        text=text,
        language="fr",
        lives=lives,
    )


@pytest.fixture
def provider():
    with open_provider() as provider:
        yield provider
    wire.hang_up()


def gateway(address: str, **options: str) -> KannelGateway:
    known = {"address": f"{address}/cgi-bin/sendsms", "username": "coop", "password": "pw"}
    return KannelGateway("iam", {**known, "from": "2255", "token": "abc", **options})


def asked(provider) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(path).query, encoding="latin-1") for _, path, _, _ in provider.asked]


def test_what_is_said_to_kannel(provider, settings):
    settings.GATEWAY_URL = "https://taawon.example"
    assert gateway(provider.address, smsc="fake1").send(outbound(lives=600)) == Accepted()
    [query] = asked(provider)
    report = query.pop("dlr-url")[0]
    assert query == {
        "from": ["2255"],
        "smsc": ["fake1"],
        "username": ["coop"],
        "password": ["pw"],
        "to": ["+212661234567"],
        "text": ["Bonjour"],
        "charset": ["UTF-8"],
        "coding": ["0"],
        "dlr-mask": ["27"],
        "validity": ["10"],
    }
    assert report.startswith("https://taawon.example/gateway/kannel/report?token=abc&status=%d&")
    assert report.count("%") == 1


def test_its_own_report_is_read_back(provider):
    line = gateway(provider.address)
    line.send(outbound())
    told = urlsplit(asked(provider)[0]["dlr-url"][0]).query.replace("%d", "1")
    [update] = line.parse_report(Received(query=told))
    assert (update.fate, update.key, update.proof) == (Fate.DELIVERED, KEY, proof_of(KEY))


@pytest.mark.parametrize("query", ["", "status=9&key=YTpi", "status=é", "status=1&key=%FF"])
def test_a_report_that_says_nothing(query):
    found = gateway("http://127.0.0.1").parse_report(Received(query=query))
    assert [update.key for update in found] in ([], [""])


@pytest.mark.parametrize(
    ("text", "coding"), [("Cmd 47: 85 €", "0"), ("تم قبول", "2"), ("ⵢⴰⵀ", "2")]
)
def test_the_encoding_is_said(provider, text, coding):
    gateway(provider.address).send(outbound(text))
    assert asked(provider)[0]["coding"] == [coding]


def test_an_emoji_is_never_cut(provider):
    gateway(provider.address).send(outbound("🍯" * 40))
    first, second = asked(provider)
    assert [query["udh"][0][:3] for query in (first, second)] == ["\x05\x00\x03"] * 2
    assert [query["udh"][0][4:] for query in (first, second)] == ["\x02\x01", "\x02\x02"]
    assert ("dlr-url" in first, "dlr-url" in second) == (True, False)
    assert first["text"][0].encode("latin-1").decode() == "🍯" * 33


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (202, Accepted()),
        (400, Failed("kannel-400")),
        (403, Retry("kannel-403")),
        (503, Retry("kannel-503")),
        ("hang up", Retry("RemoteDisconnected", in_doubt=True)),
    ],
)
def test_what_its_answers_mean(provider, answer, expected):
    provider.answers = [answer]
    assert gateway(provider.address).send(outbound()) == expected


def test_a_part_that_was_not_taken_leaves_a_doubt(provider):
    provider.answers = [202, 503]
    said = gateway(provider.address).send(outbound("🍯" * 40))
    assert said == Retry("kannel-503", in_doubt=True)


def test_nobody_there():
    said = gateway(f"http://127.0.0.1:{free_port()}").send(outbound())
    assert said == Retry("ConnectionRefusedError")


def test_one_connection_stays_open(provider):
    line = gateway(provider.address)
    for _ in range(3):
        assert line.send(outbound()) == Accepted()
    assert len(provider.asked) == 3
    assert len(wire._open.__dict__["known"]) == 1  # noqa: SLF001 - what this test is about


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("text=livr%C3%A9", "livré"),
        ("text=livr%E9", "livré"),
        ("text=%06B%06(%06H%06D&charset=UTF-16BE&coding=2", "قبول"),
        ("text=%D9%82%D8%A8%D9%88%D9%84&charset=UTF-8&coding=2", "قبول"),
        ("text=%D8", "Ø"),
        ("", ""),
    ],
)
def test_whatever_letters_come(query, text):
    [inbound] = gateway("http://127.0.0.1").parse_inbound(Received(query=f"from=%2B2126&{query}"))
    assert inbound.text == text


@pytest.mark.parametrize("ts", ["", "never", "99999999999999999999", "-1", "٣"])
def test_a_time_that_is_none(ts):
    [inbound] = gateway("http://127.0.0.1").parse_inbound(Received(query=f"ts={ts}"))
    assert inbound.sent_at is None
