"""Who claims a cooperative by a code or by papers, for tests."""

from __future__ import annotations

import re
from typing import Any

from taawon.cooperatives.models import Claim, Cooperative
from taawon.cooperatives.papers import NewPaper
from taawon.cooperatives.services import claims
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor
from taawon.messaging import sending
from taawon.messaging.gateways import memory
from tests.cooperatives.files import PDF
from tests.factories import PersonFactory, actor

ON_RECORD = "+212612345678"


def begin(entry: Cooperative, by: Actor, role: str = Role.PRESIDENT) -> Claim:
    return claims.begin_by_code(entry.pk, role=role, language="fr", by=by)


def the_code() -> str:
    """The last one that the phone on record got."""
    sending.send_pending()
    texts = [message.text for message in memory.sent if message.to == ON_RECORD]
    return re.findall(r"\b\d{6}\b", texts[-1])[0]


def let_in(entry: Cooperative) -> Actor:
    """Somebody who is there by a code alone."""
    by = actor(PersonFactory())
    begun = begin(entry, by)
    claims.prove(begun.pk, the_code(), by=by)
    return by


def by_papers(entry: Cooperative, by: Actor, **more: Any) -> Claim:
    asked: dict[str, Any] = {"role": Role.PRESIDENT, "message": "", **more}
    return claims.make(entry.pk, papers=[NewPaper("PV", PDF)], **asked, by=by)


def state_of(claim: Claim) -> str:
    claim.refresh_from_db()
    return claim.state
