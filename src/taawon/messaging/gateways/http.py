"""Any provider that speaks HTTP: what it wants to read stands in the settings (docs/sms/http.md).

Outbound: a template of the address and of the body; inbound: a map of its fields to ours. Whatever
comes in is signed (HMAC).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from django.conf import settings
from django.utils.dateparse import parse_datetime

from taawon.core.text import clean
from taawon.messaging.gateways import (
    Accepted,
    Answer,
    Failed,
    Gateway,
    Inbound,
    NotTold,
    Outbound,
    Received,
    Retry,
    StatusUpdate,
    wire,
)
from taawon.messaging.models import Fate
from taawon.messaging.rules import proof_of

MOST_BYTES = 16_384
_FIELDS = {"id": "id", "from": "from", "to": "to", "text": "text", "at": "at"}
_FIELDS |= {"key": "key", "proof": "proof", "status": "status"}
_FATES = {"accepted": Fate.ACCEPTED, "delivered": Fate.DELIVERED, "failed": Fate.LOST}


class HttpGateway(Gateway):
    """Options: address, method, headers, body, body_format, from, provider_id, keyed, secret,
    signed_by, address_here, fields, statuses, balance_url, balance_path."""

    parallel = 4

    @property
    def keyed(self) -> bool:  # type: ignore[override] # the provider's promise stands in the settings
        return bool(self.options.get("keyed", False))

    def send(self, message: Outbound) -> Answer:
        facts = {
            "to": message.to,
            "from": str(self.options.get("from", "")),
            "text": message.text,
            "key": message.key,
            "proof": proof_of(message.key),
            "language": message.language,
        }
        address = _filled(str(self.options["address"]), facts, quoted=True)
        body, kind = self._body(facts)
        headers = {"Content-Type": kind, **self.options.get("headers", {})}
        if secret := self.options.get("secret"):
            headers["X-Taawon-Signature"] = _hex(str(secret), body)
        try:
            status, said = wire.call(
                str(self.options.get("method", "POST")), address, body or None, headers
            )
        except wire.NotReached as trouble:
            return Retry(str(trouble))
        except wire.NoAnswer as trouble:
            return Retry(str(trouble), in_doubt=True)
        if 200 <= status < 300:
            return Accepted(self._id_in(said))
        return Failed(f"http-{status}") if status in (400, 404, 422) else Retry(f"http-{status}")

    def balance(self) -> str:
        """The number at `balance_path` of the JSON that stands at `balance_url`."""
        address = str(self.options.get("balance_url", ""))
        if not address:
            return ""
        try:
            status, said = wire.call("GET", address, None, self.options.get("headers", {}))
        except (wire.NotReached, wire.NoAnswer) as trouble:
            raise NotTold(str(trouble)) from None
        if status != 200:
            raise NotTold(f"http-{status}")
        return _number_in(said, str(self.options.get("balance_path", "balance")))

    def verify(self, received: Received) -> bool:
        secret = str(self.options.get("secret", ""))
        if not secret or len(received.body) > MOST_BYTES:
            return False
        if self.options.get("signed_by") == "twilio":
            right, header = self._as_twilio(secret, received.body), "X-Twilio-Signature"
        else:
            right, header = _hex(secret, received.body), "X-Taawon-Signature"
        shown = received.headers.get(header, "")
        return hmac.compare_digest(right.encode(), shown.encode("utf-8", "replace"))

    def parse_inbound(self, received: Received) -> list[Inbound]:
        """Nothing for a body that is not the one that was agreed on."""
        told = self._told(received)
        if told is None or not told["from"]:
            return []
        return [
            Inbound(
                gateway=self.name[:20],
                provider_id=told["id"][:80],
                sender=told["from"][:40],
                recipient=told["to"][:20],
                text=told["text"],
                sent_at=_moment(told["at"]),
            )
        ]

    def parse_report(self, received: Received) -> list[StatusUpdate]:
        told = self._told(received)
        if told is None:
            return []
        statuses: Mapping[str, str] = self.options.get("statuses", {})
        fate = _FATES.get(statuses.get(told["status"], told["status"]))
        if fate is None:
            return []
        if told["key"]:
            return [StatusUpdate(fate, key=told["key"], proof=told["proof"])]
        return [StatusUpdate(fate, provider_id=told["id"][:64])]

    def _body(self, facts: Mapping[str, str]) -> tuple[bytes, str]:
        template: Mapping[str, str] = self.options.get("body", {})
        filled = {name: _filled(value, facts) for name, value in template.items()}
        if self.options.get("body_format", "json") == "form":
            return urlencode(filled).encode(), "application/x-www-form-urlencoded"
        return json.dumps(filled, ensure_ascii=False).encode(), "application/json"

    def _told(self, received: Received) -> dict[str, str] | None:
        """Our names for what its fields hold; None where that is no set of fields."""
        told = _fields_of(received.body)
        names = {**_FIELDS, **self.options.get("fields", {})}
        if told is None:
            return None
        found = {ours: told.get(theirs, "") for ours, theirs in names.items()}
        if not all(isinstance(value, str) for value in found.values()):
            return None
        # A text is cleaned where it is stored; a database refuses some signs in ids, too.
        return {name: value if name == "text" else clean(value) for name, value in found.items()}

    def _id_in(self, said: bytes) -> str:
        """The id that it gave, where the settings say in which field of its JSON it stands."""
        name = str(self.options.get("provider_id", ""))
        told = _fields_of(said) if name else None
        return str(told.get(name, ""))[:64] if told else ""

    def _as_twilio(self, secret: str, body: bytes) -> str:
        """Base64 of HMAC-SHA1 of the public address and the sorted fields (Twilio's own recipe)."""
        address = str(
            self.options.get("address_here", f"{settings.GATEWAY_URL}/gateway/http/inbound")
        )
        pairs = sorted(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        written = address + "".join(name + value for name, value in pairs)
        return base64.b64encode(
            hmac.new(secret.encode(), written.encode(), hashlib.sha1).digest()
        ).decode()


def _fields_of(body: bytes) -> dict[str, Any] | None:
    try:
        if body.lstrip()[:1] == b"{":
            told = json.loads(body)
            return told if isinstance(told, dict) else None
        return dict(wire.fields(body.decode("ascii"))) if b"=" in body else None
    except (ValueError, RecursionError):
        return None


def _number_in(said: bytes, path: str) -> str:
    """Raises NotTold."""
    try:
        found = json.loads(said, parse_float=Decimal)
        for step in path.split("."):
            found = found[int(step)] if isinstance(found, list) else found[step]
        number = Decimal(str(found))
    except (ValueError, LookupError, TypeError, ArithmeticError):
        raise NotTold("no-balance") from None
    if not number.is_finite():
        raise NotTold("no-balance")
    return f"{number:f}"[:40]


def _filled(template: str, facts: Mapping[str, str], *, quoted: bool = False) -> str:
    for name, value in facts.items():
        template = template.replace("{" + name + "}", quote(value, safe="") if quoted else value)
    return template


def _hex(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _moment(written: str) -> datetime | None:
    try:
        return parse_datetime(written)
    except ValueError:
        return None
