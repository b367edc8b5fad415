"""What belongs to a cooperative is locked with it, the cooperative first."""

from __future__ import annotations

from typing import Any, TypeVar

from taawon.cooperatives.errors import AlreadyMerged
from taawon.cooperatives.models import Claim, Cooperative, Invitation, Membership, Proposal, Report
from taawon.core.errors import NotFound
from taawon.core.locks import lock_or_not_found

T = TypeVar("T", Claim, Invitation, Membership, Proposal, Report)


def with_cooperative(model: type[T], pk: int, **where: Any) -> T:
    """The row, its cooperative read along; both locked. Raises NotFound, AlreadyMerged."""
    found = model._default_manager.filter(pk=pk, **where)
    cooperative_id = found.values_list("cooperative_id", flat=True).first()
    if cooperative_id is None:
        raise NotFound
    cooperative = live(cooperative_id)
    row = lock_or_not_found(model, pk=pk, **where)
    if row.cooperative_id != cooperative_id:  # It was moved while we waited.
        raise AlreadyMerged
    row.cooperative = cooperative
    return row


def live(cooperative_id: int) -> Cooperative:
    """The locked entry, which was not merged into another one. Raises NotFound, AlreadyMerged."""
    cooperative = lock_or_not_found(Cooperative, pk=cooperative_id)
    if cooperative.merged_into_id is not None:
        raise AlreadyMerged
    return cooperative
