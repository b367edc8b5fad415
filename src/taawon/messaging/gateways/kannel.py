"""Kannel, by HTTP: its sendsms service out, its get-url in, its dlr-url back.

A send whose answer is lost may go out twice: Kannel takes no key. See docs/sms/kannel.md.
"""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.utils.crypto import constant_time_compare

from taawon.messaging.gateways import (
    Accepted,
    Answer,
    Failed,
    Gateway,
    Inbound,
    Outbound,
    Received,
    Retry,
    StatusUpdate,
    wire,
)
from taawon.messaging.models import Fate
from taawon.messaging.rules import is_gsm, parts, proof_of

# 1 delivered, 2 failed, 8 accepted by the centre, 16 rejected.
_FATES = {"1": Fate.DELIVERED, "2": Fate.LOST, "8": Fate.ACCEPTED, "16": Fate.LOST}
_REPORTED = 1 + 2 + 8 + 16


class KannelGateway(Gateway):
    """Options: address (of sendsms), username, password, from, smsc, token (letters and digits)."""

    parallel = 4

    def send(self, message: Outbound) -> Answer:
        pieces = parts(message.text)
        # Kannel would cut an emoji in half: such a text is handed over piece by piece.
        if len(pieces) == 1 or not any(sign > "\uffff" for sign in message.text):
            return self._hand_over(self._query(message))
        reference = f"{zlib.crc32(message.key.encode()) % 256:02x}"
        for number, piece in enumerate(pieces, 1):
            header = bytes.fromhex(f"050003{reference}{len(pieces):02x}{number:02x}")
            query = {**self._query(message), "text": piece, "udh": header.decode("latin-1")}
            if number > 1:
                query.pop("dlr-url")
            answer = self._hand_over(query)
            if not isinstance(answer, Accepted):
                known = isinstance(answer, Retry) and number == 1
                return answer if known else Retry(answer.reason, in_doubt=number > 1)
        return Accepted()

    def _query(self, message: Outbound) -> dict[str, str]:
        query = {name: str(self.options[name]) for name in ("from", "smsc") if name in self.options}
        query |= {
            "username": str(self.options.get("username", "")),
            "password": str(self.options.get("password", "")),
            "to": message.to,
            "text": message.text,
            "charset": "UTF-8",
            # The encoding is never detected: what is not GSM must be said.
            "coding": "0" if is_gsm(message.text) else "2",
            "dlr-mask": str(_REPORTED),
            "dlr-url": self._report_url(message.key),
        }
        if message.lives:
            query["validity"] = str(max(1, message.lives // 60))
        return query

    def _hand_over(self, query: Mapping[str, str]) -> Accepted | Retry | Failed:
        # The header of a piece is bytes, the text is letters: each is quoted as what it is.
        pairs = {
            name: value.encode("latin-1" if name == "udh" else "utf-8")
            for name, value in query.items()
        }
        try:
            status, _ = wire.call("GET", f"{self.options['address']}?{urlencode(pairs)}")
        except wire.NotReached as trouble:
            return Retry(str(trouble))
        except wire.NoAnswer as trouble:
            return Retry(str(trouble), in_doubt=True)
        if status == 202:
            return Accepted()
        # 403: the account is refused, which is ours to mend; 400: this number or text is.
        return Failed(f"kannel-{status}") if status == 400 else Retry(f"kannel-{status}")

    def verify(self, received: Received) -> bool:
        known = str(self.options.get("token", ""))
        shown = wire.fields(received.query).get("token", "")
        return bool(known) and constant_time_compare(shown, known)

    def parse_inbound(self, received: Received) -> list[Inbound]:
        """%b is in the encoding that %C names; with mo-recode that is UTF-8."""
        told = wire.fields(received.query)
        sent = told.get("ts", "")
        return [
            Inbound(
                gateway=self.name,
                provider_id=told.get("id", "")[:80],
                sender=told.get("from", "")[:40],
                recipient=told.get("to", "")[:20],
                text=told.get("text", ""),
                sent_at=_moment(sent),
            )
        ]

    def parse_report(self, received: Received) -> list[StatusUpdate]:
        told = wire.fields(received.query)
        fate = _FATES.get(told.get("status", ""))
        if fate is None:
            return []
        return [StatusUpdate(fate, key=_key_in(told.get("key", "")), proof=told.get("proof", ""))]

    def _report_url(self, key: str) -> str:
        """Kannel fills in what follows a percent sign, so none but its own may stand here."""
        address = f"{settings.GATEWAY_URL}/gateway/kannel/report"
        written = urlsafe_b64encode(key.encode()).decode().rstrip("=")
        token = str(self.options.get("token", ""))
        return f"{address}?token={token}&status=%d&key={written}&proof={proof_of(key)}"


def _key_in(written: str) -> str:
    try:
        return urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode()
    except ValueError:
        return ""


def _moment(written: str) -> datetime | None:
    """%T: seconds since 1970."""
    if not (written.isascii() and written.isdecimal() and len(written) < 12):
        return None
    return datetime.fromtimestamp(int(written), UTC)
