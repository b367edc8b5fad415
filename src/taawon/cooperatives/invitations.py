"""Who is invited to open a shop: what waits for a phone, and what the national team sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from taawon.cooperatives.models import Invitation
from taawon.cooperatives.states import InvitationState
from taawon.core.languages import columns, spoken
from taawon.core.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation that waits for an answer by text, and the language that was chosen for it."""

    id: int
    names: Mapping[str, str]
    language: str

    def name(self, language: str) -> str:
        return spoken(self.names, "name", language)


def waiting_for(phone: str) -> list[Offer]:
    """What a phone (E.164) may say yes or no to, the oldest first; one query."""
    now = timezone.now()
    return [
        Offer(
            id=row["pk"],
            names={name: row[column] for name, column in _NAMES.items()},
            language=row["language"],
        )
        for row in _waiting_for(phone)
        if row["expires_at"] > now
    ]


_NAMES = {name: f"cooperative__{name}" for name in columns("name")}
# Asked for every text that comes in.
_waiting_for = Prepared(
    lambda phone: (
        Invitation.objects.filter(phone=phone, state=InvitationState.WAITING)
        .order_by("pk")
        .values("pk", "language", "expires_at", *_NAMES.values())
    )
)


def of_cooperative(cooperative_id: int) -> QuerySet[Invitation]:
    """The newest first. The caller has asked may_supervise."""
    return Invitation.objects.filter(cooperative_id=cooperative_id).order_by("-pk")


def what_was_checked(invitation_ids: Iterable[int]) -> dict[int, str]:
    """What agents saw instead of papers, {id: words}; one query."""
    found = Invitation.objects.filter(pk__in=list(invitation_ids))
    return dict(found.values_list("pk", "checked"))
