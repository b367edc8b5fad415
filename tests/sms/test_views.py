"""What gateways bring: only theirs, once, and answered once it is stored."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import quote

import pytest

from taawon.messaging import services
from taawon.messaging.models import InboundText, Message
from taawon.messaging.rules import proof_of
from tests.sms.talk import stall

KANNEL = "/gateway/kannel/inbound"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.gets_may_write("Kannel brings texts and reports by GET"),
]


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.SMS_GATEWAYS = {
        "iam": {"kind": "kannel", "token": "kannel-token"},
        "partner": {"kind": "http", "secret": "http-key"},
    }


def asked(**changes):
    return {
        "token": "kannel-token",
        "id": "1",
        "from": "+212612345678",
        "to": "2255",
        "text": "OUI 47",
        "charset": "UTF-8",
        "coding": "0",
        "smsc": "fake1",
        "ts": "1780000000",
        **changes,
    }


def test_an_order_is_accepted_through_kannel(client):
    order = stall().order()
    answer = client.get(KANNEL, asked())
    assert (answer.status_code, answer.content, answer.cookies) == (200, b"", {})
    order.refresh_from_db()
    assert order.state == "accepted"
    assert Message.objects.get(lane=1).text.startswith("Cmd 47 acceptee.")


def test_a_replayed_text_is_taken_once(client):
    order = stall().order()
    for _ in range(3):
        assert client.get(KANNEL, asked()).status_code == 200
    assert InboundText.objects.count() == 1
    assert order.steps.filter(state="accepted").count() == 1


@pytest.mark.parametrize("token", ["", "wrong", "kannel-toke", "é"])
def test_a_stranger_is_refused(client, token):
    assert client.get(KANNEL, asked(token=token)).status_code == 403
    assert client.get("/gateway/kannel/report", asked(token=token)).status_code == 403
    assert InboundText.objects.count() == 0


def test_without_a_token_nobody_comes_in(client, settings):
    settings.SMS_GATEWAYS = {"iam": {"kind": "kannel", "token": ""}}
    assert client.get(KANNEL, asked(token="")).status_code == 403


def test_latin_1_where_utf_8_is_promised(client):
    query = "&".join(f"{name}={quote(text)}" for name, text in asked(text="").items())
    answer = client.get(f"{KANNEL}?{query.replace('text=', 'text=livr%E9+47')}")
    assert answer.status_code == 200
    assert InboundText.objects.get().state == "handled"


HOSTILE = {
    "emoji": "%F0%9F%91%8D%F0%9F%91%8D",
    "half an emoji": "%ED%A0%BD+47",
    "an emoji with no end": "%F0%9F%91",
    "bidi marks": "%E2%80%AEnon+47%E2%81%A6",
    "nothing": "",
    "NUL": "%00oui%0047",
    "Latin-1": "refus%E9+47+d%E9j%E0",
    "2,000 letters": "x" * 2000,
    "20,000 letters": "9+" * 10_000,
    "many marks": "o" + "%CC%81" * 500,
}


@pytest.mark.parametrize("letters", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_letters_through_kannel(client, letters):
    order = stall().order()
    query = "&".join(f"{name}={quote(text)}" for name, text in asked(text="").items())
    answer = client.get(f"{KANNEL}?{query.replace('&text=', f'&text={letters}')}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert InboundText.objects.get().state == "handled"
    order.refresh_from_db()
    # "oui\x0047" is a yes: what is no letter is taken out.
    assert order.state == ("accepted" if "oui%00" in letters else "placed")


@pytest.mark.parametrize("changes", [{"from": ""}, {"ts": "never"}, {"text": "\x00"}, {"id": ""}])
def test_whatever_comes_is_answered(client, changes):
    assert client.get(KANNEL, asked(**changes)).status_code == 200


def test_a_report(client):
    message = services.queue("+212612345678", "Bonjour", key="a:b")
    told = {"token": "kannel-token", "key": "YTpi", "proof": proof_of("a:b"), "status": "1"}
    assert client.get("/gateway/kannel/report", told).status_code == 200
    message.refresh_from_db()
    assert message.get_fate_display() == "Delivered"


def posted(client, body: bytes, key: str = "http-key"):
    signature = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    return client.post(
        "/gateway/http/inbound",
        body,
        content_type="application/json",
        headers={"X-Taawon-Signature": signature},
    )


def test_a_signed_post(client):
    order = stall().order()
    told = {"id": "9", "from": "0612345678", "to": "2255", "text": "oui 47", "at": ""}
    assert posted(client, json.dumps(told).encode()).status_code == 200
    order.refresh_from_db()
    assert order.state == "accepted"


def test_a_wrong_signature(client):
    assert posted(client, b'{"from": "0612345678"}', key="other").status_code == 403


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"from": 1}', b"\xff", b"null"])
def test_what_is_no_text(client, body):
    assert posted(client, body).status_code == 400
    assert InboundText.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        b'"\\ud83d salam"',
        b'"\\u0000"',
        b'"\\u202enon 47"',
        '"👍👍👍"'.encode(),
        b'"' + b"x" * 2000 + b'"',
        b'""',
    ],
)
def test_hostile_letters_through_http(client, text):
    order = stall().order()
    body = b'{"id": "1", "from": "0612345678", "to": "2255", "text": %s}' % text
    assert posted(client, body).status_code == 200
    assert InboundText.objects.get().state == "handled"
    order.refresh_from_db()
    assert order.state == "placed"


def test_latin_1_in_a_post_that_promises_utf_8(client):
    body = '{"id": "1", "from": "0612345678", "to": "2255", "text": "livré 47"}'.encode("latin-1")
    assert posted(client, body).status_code == 400
    assert InboundText.objects.count() == 0
