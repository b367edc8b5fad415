"""Kannel, by HTTP: its sendsms service out, its get-url in, its dlr-url back.

A send whose answer is lost may go out twice: Kannel takes no key. See docs/sms/kannel.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare

from taawon.messaging import reports
from taawon.messaging.gateways import Accepted, Answer, Failed, Inbound, Outbound, Retry
from taawon.messaging.models import Fate
from taawon.messaging.rules import is_gsm

NAME = "kannel"
TIMEOUT = 20
# 1 delivered, 2 failed, 8 accepted by the centre, 16 rejected.
_FATES = {"1": Fate.DELIVERED, "2": Fate.LOST, "8": Fate.ACCEPTED, "16": Fate.LOST}
_REPORTED = 1 + 2 + 8 + 16


class KannelGateway:
    """TAAWON_KANNEL_URL names the service with its account:
    http://user:password@host:13013/cgi-bin/sendsms?from=2255&smsc=…"""

    def send(self, message: Outbound) -> Answer:
        where = urlsplit(settings.KANNEL_URL)
        query = {
            **dict(parse_qsl(where.query)),
            "username": where.username or "",
            "password": where.password or "",
            "to": message.to,
            "text": message.text,
            "charset": "UTF-8",
            # The encoding is never detected: what is not GSM must be said.
            "coding": "0" if is_gsm(message.text) else "2",
            "dlr-mask": str(_REPORTED),
            "dlr-url": _report_url(message.key),
        }
        line = HTTPSConnection if where.scheme == "https" else HTTPConnection
        connection = line(where.hostname or "", where.port, timeout=TIMEOUT)
        try:
            connection.request("GET", f"{where.path}?{urlencode(query)}")
            status = connection.getresponse().status
        except (OSError, HTTPException) as trouble:
            return Retry(type(trouble).__name__)
        finally:
            connection.close()
        if status == 202:
            return Accepted()
        # 400 to 403: the account or the number is refused; anything else may pass.
        return (
            Failed(f"kannel-{status}") if status in (400, 401, 403) else Retry(f"kannel-{status}")
        )


def verify(query: Mapping[str, str]) -> bool:
    """Whether the caller knows our token."""
    known = settings.KANNEL_TOKEN
    return bool(known) and constant_time_compare(query.get("token", ""), known)


def parse_inbound(query: Mapping[str, str]) -> Inbound:
    """%b is in the encoding that %C names; Django has read it as UTF-8 (mo-recode)."""
    sent = query.get("ts", "")
    return Inbound(
        gateway=f"{NAME}-{query.get('smsc', '')}"[:20],
        provider_id=query.get("id", "")[:80],
        sender=query.get("from", "")[:40],
        recipient=query.get("to", "")[:20],
        text=query.get("text", ""),
        sent_at=datetime.fromtimestamp(int(sent), UTC) if sent.isdecimal() else None,
    )


def parse_report(query: Mapping[str, str]) -> tuple[str, str, Fate] | None:
    """Key, proof and rank of a report; None for one that says nothing."""
    fate = _FATES.get(query.get("status", ""))
    return (query.get("key", ""), query.get("proof", ""), fate) if fate is not None else None


def _report_url(key: str) -> str:
    address = f"{settings.GATEWAY_URL}/gateway/kannel/report"
    query = urlencode({"key": key, "proof": reports.token(key)})
    return f"{address}?token={settings.KANNEL_TOKEN}&status=%d&{query}"
