"""Who asked to be called back asks in the name of the entry that is left."""

from __future__ import annotations

from taawon.conversations.models import Ticket
from taawon.cooperatives.merging import Facts, Mover, movers, stays


def move(gone_id: int, kept_id: int) -> Facts:
    theirs = Ticket.objects.filter(cooperative_id=gone_id).order_by("pk")
    ids = list(theirs.values_list("pk", flat=True))
    Ticket.objects.filter(pk__in=ids).update(cooperative_id=kept_id)
    return {"tickets": ids}


def move_back(facts: Facts, gone_id: int, kept_id: int) -> None:
    tickets = Ticket.objects.filter(pk__in=facts["tickets"], cooperative_id=kept_id)
    tickets.update(cooperative_id=gone_id)


def count(cooperative_id: int) -> dict[str, int]:
    return {"tickets": Ticket.objects.filter(cooperative_id=cooperative_id).count()}


movers["conversations"] = Mover(
    turn=1,
    moves=frozenset({"conversations.Ticket.cooperative"}),
    move=move,
    move_back=move_back,
    count=count,
)
# A text that is being answered holds its dialogue and may wait for the cooperative.
stays["conversations.Dialogue.cooperative"] = (
    "the shop that a phone means is looked for among those of its owner"
)
