"""How much waits: every number beside the menu in one query."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from taawon.accounts import rules as team
from taawon.accounts.models import Person
from taawon.campaigns.queries import to_approve
from taawon.catalogue.supervision import holds_answered
from taawon.conversations.queries import tickets_waiting, words_to_review
from taawon.cooperatives.pairs import pairs, reports
from taawon.cooperatives.states import ClaimState, PairState, ReportState
from taawon.cooperatives.supervision import claims, shops_open
from taawon.journal.queries import undelivered
from taawon.messaging.models import Message
from taawon.messaging.queries import in_state
from taawon.orders.queries import needing_attention
from taawon.reviews.queries import questions_to_look_at, reviews_to_look_at


def counts(person: Person, region: str | None) -> dict[str, int]:
    """What waits for this member of the team: {"claims": 3, …}; only what they may see."""
    return tally(**_waiting(person, region))


def counts_and_health(person: Person, region: str | None) -> dict[str, int]:
    """The same, with the state of messages and journal, and how many shops are open."""
    return tally(
        **_waiting(person, region),
        shops=shops_open(region),
        queued=in_state(*Message.UNSETTLED),
        unsent=in_state(Message.State.FAILED),
        journal=undelivered(),
    )


def _waiting(person: Person, region: str | None) -> dict[str, QuerySet[Any]]:
    found: dict[str, QuerySet[Any]] = {
        "reviews": reviews_to_look_at(region),
        "questions": questions_to_look_at(region),
        "words": words_to_review(),
        "campaigns": to_approve(region, person.pk),
    }
    if team.is_agent(person):
        found |= {
            "claims": claims(ClaimState.PENDING, region),
            "orders": needing_attention(region),
            "holds": holds_answered(region),
            "tickets": tickets_waiting(region),
            "duplicates": pairs(PairState.LIKELY, region_code=region),
            "reports": reports(ReportState.WAITING, region),
        }
    if team.is_administrator(person):
        found["failed"] = in_state(Message.State.FAILED)
    return found


def tally(**found: QuerySet[Any]) -> dict[str, int]:
    """How many rows each query has, asked at once: {name: count}.

    Of models without translated fields alone: the others' queries shuffle their columns.
    """
    first, *others = (
        rows.order_by()
        .annotate(named=Value(name, output_field=CharField()))
        .values("named")
        .annotate(n=Count("pk"))
        .values_list("named", "n")
        for name, rows in found.items()
    )
    counted = dict(first.union(*others, all=True))
    return {name: counted.get(name, 0) for name in found}
