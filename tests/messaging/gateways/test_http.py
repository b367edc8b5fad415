from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest

from taawon.messaging.gateways import Accepted, Failed, Outbound, Received, Retry, wire
from taawon.messaging.gateways.http import HttpGateway
from taawon.messaging.models import Fate
from taawon.messaging.rules import proof_of
from tests.gateways.provider import open_provider

TEXT = Outbound(
    key="a:1", via="sms", to="+212661234567", subject="", text="Ça va & bien", language="fr"
)


@pytest.fixture
def provider():
    with open_provider(answers=[200]) as provider:
        yield provider
    wire.hang_up()


def test_a_template_of_json_signed(provider):
    provider.body = b'{"sid": "SM1"}'
    line = HttpGateway(
        "partner",
        {
            "address": f"{provider.address}/send?to={{to}}",
            "from": "2255",
            "body": {"to": "{to}", "msg": "{text}", "ref": "{key}", "sender": "{from}"},
            "headers": {"Authorization": "Bearer x"},
            "secret": "s3",
            "provider_id": "sid",
        },
    )
    assert line.send(TEXT) == Accepted("SM1")
    [(method, path, body, headers)] = provider.asked
    assert (method, path) == ("POST", "/send?to=%2B212661234567")
    said = {"to": "+212661234567", "msg": "Ça va & bien", "ref": "a:1", "sender": "2255"}
    assert json.loads(body) == said
    signature = hmac.new(b"s3", body, hashlib.sha256).hexdigest()
    assert headers["X-Taawon-Signature"] == signature
    assert headers["Authorization"] == "Bearer x"


def test_a_template_of_a_form(provider):
    options = {"address": provider.address, "body_format": "form", "body": {"Body": "{text}"}}
    HttpGateway("partner", options).send(TEXT)
    assert provider.asked[0][2] == b"Body=%C3%87a+va+%26+bien"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (422, Failed("http-422")),
        (429, Retry("http-429")),
        ("hang up", Retry("RemoteDisconnected", in_doubt=True)),
    ],
)
def test_what_its_answers_mean(provider, answer, expected):
    provider.answers = [answer]
    assert HttpGateway("partner", {"address": provider.address}).send(TEXT) == expected


def test_the_recipe_of_twilio():
    options = {
        "secret": "12345",
        "signed_by": "twilio",
        "address_here": "https://taawon.example/gateway/http/inbound",
        "fields": {"id": "MessageSid", "from": "From", "to": "To", "text": "Body"},
    }
    body = b"Body=OUI+47&From=%2B212612345678&MessageSid=SM1&To=2255"
    written = (
        "https://taawon.example/gateway/http/inboundBodyOUI 47From+212612345678MessageSidSM1To2255"
    )
    right = hmac.new(b"12345", written.encode(), hashlib.sha1).digest()
    line = HttpGateway("twilio", options)
    shown = {"X-Twilio-Signature": base64.b64encode(right).decode()}
    assert line.verify(Received(body=body, headers=shown))
    assert not line.verify(Received(body=body + b"1", headers=shown))
    [inbound] = line.parse_inbound(Received(body=body))
    assert (inbound.provider_id, inbound.sender, inbound.text) == ("SM1", "+212612345678", "OUI 47")


def test_without_a_secret_nobody_comes_in():
    assert not HttpGateway("partner", {}).verify(Received(body=b"{}"))


def test_reports_by_key_or_by_id():
    line = HttpGateway("partner", {"statuses": {"DELIVRD": "delivered"}})
    told = {"key": "a:1", "proof": proof_of("a:1"), "status": "DELIVRD"}
    [update] = line.parse_report(Received(body=json.dumps(told).encode()))
    assert (update.fate, update.key, update.proof) == (Fate.DELIVERED, "a:1", proof_of("a:1"))
    [update] = line.parse_report(Received(body=b'{"id": "SM1", "status": "failed"}'))
    assert (update.fate, update.provider_id) == (Fate.LOST, "SM1")
    assert line.parse_report(Received(body=b'{"id": "SM1", "status": "?"}')) == []
    assert line.parse_report(Received(body=b"\xff")) == []
