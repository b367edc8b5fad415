"""taawon sms --from PHONE TEXT: the line, without a phone."""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from collections.abc import Sequence

from taawon.core.errors import Refused
from taawon.core.phone import normalise
from taawon.messaging import inbox, queries
from taawon.messaging.gateways import Inbound
from taawon.sms import line


def sms(words: Sequence[str]) -> int:
    """With --explain, one line of JSON {"intent", "args", "question", "reply"}; nothing changes."""
    parser = argparse.ArgumentParser(prog="taawon sms")
    parser.add_argument("--explain", action="store_true", help="say what would be done")
    parser.add_argument("--from", dest="sender", required=True, metavar="PHONE")
    parser.add_argument("text", nargs="+")
    asked = parser.parse_args(list(words))
    text = " ".join(asked.text)
    try:
        phone = normalise(asked.sender)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    if asked.explain:
        print(json.dumps(line.explain(phone, text), ensure_ascii=False))
        return 0
    print(_answered(phone, text))
    return 0


def _answered(phone: str, text: str) -> str:
    inbound = Inbound(
        gateway="command", provider_id=uuid.uuid4().hex, sender=phone, recipient="", text=text
    )
    stored = inbox.receive(inbound)
    assert stored is not None  # the number was checked
    line.handle(stored[0].pk)
    return queries.text_of(f"sms.inbound:{stored[0].pk}:reply")
