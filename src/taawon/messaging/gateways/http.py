"""A gateway of our own kind posts JSON, signed: hex HMAC-SHA256 of the body in X-Taawon-Signature.

See docs/sms/http.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from taawon.messaging.gateways import Inbound

NAME = "http"
MOST_BYTES = 16_384


def verify(body: bytes, signature: str) -> bool:
    key = settings.HTTP_GATEWAY_KEY
    if not key or len(body) > MOST_BYTES:
        return False
    right = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace"))


def parse_inbound(body: bytes) -> Inbound | None:
    """{"id", "from", "to", "text", "at"}; None for anything else."""
    try:
        told: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    words = {name: told.get(name, "") for name in ("id", "from", "to", "text", "at")}
    if not all(isinstance(word, str) for word in words.values()):
        return None
    return Inbound(
        gateway=NAME,
        provider_id=words["id"][:80],
        sender=words["from"][:40],
        recipient=words["to"][:20],
        text=words["text"],
        sent_at=_moment(words["at"]),
    )


def _moment(written: str) -> Any:
    try:
        return parse_datetime(written)
    except ValueError:
        return None
