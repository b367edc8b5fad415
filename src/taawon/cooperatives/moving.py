"""Who speaks for an entry, asks to, was invited or reported something, moves with it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from taawon.cooperatives.merging import Facts, Mover, movers
from taawon.cooperatives.models import Claim, Invitation, Membership, Report
from taawon.cooperatives.states import ClaimState, InvitationState, Role

_OPEN_CLAIMS = (ClaimState.PENDING, ClaimState.PROVING)


def move(gone_id: int, kept_id: int) -> Facts:
    """Who is in both stays in what goes, and is ended there: one membership, claim, invitation."""
    now = timezone.now()
    ended, raised = _join_members(gone_id, kept_id, now)
    claims = Claim.objects.filter(cooperative_id=gone_id)
    invitations = Invitation.objects.filter(cooperative_id=gone_id)
    twice = _claimed_twice(claims, kept_id)
    invited = invitations.filter(
        state=InvitationState.WAITING,
        phone__in=Invitation.objects.filter(
            cooperative_id=kept_id, state=InvitationState.WAITING
        ).values("phone"),
    )
    invited_ids = list(invited.order_by("pk").values_list("pk", flat=True))
    Claim.objects.filter(pk__in=twice).update(state=ClaimState.WITHDRAWN, decided_at=now)
    Invitation.objects.filter(pk__in=invited_ids).update(
        state=InvitationState.WITHDRAWN, settled_at=now
    )
    members = Membership.objects.filter(cooperative_id=gone_id)
    return {
        "ended": ended,
        "raised": raised,
        "claims_withdrawn": twice,
        "invitations_withdrawn": invited_ids,
        "memberships": _moved(members.exclude(pk__in=ended), kept_id),
        "claims": _moved(claims.exclude(pk__in=[int(pk) for pk in twice]), kept_id),
        "invitations": _moved(invitations.exclude(pk__in=invited_ids), kept_id),
        "reports": _moved(Report.objects.filter(cooperative_id=gone_id), kept_id),
    }


def move_back(facts: Facts, gone_id: int, kept_id: int) -> None:
    """What ended since stays ended: nobody comes back who lost access meanwhile."""
    theirs = Membership.objects.filter(cooperative_id=kept_id, ended_at__isnull=True)
    back = Membership.objects.filter(
        pk__in=facts["ended"], person__in=theirs.values("person")
    ).values_list("pk", flat=True)
    Membership.objects.filter(pk__in=list(back)).update(ended_at=None)
    for pk, (old, new) in facts["raised"].items():
        theirs.filter(pk=int(pk), role=new).update(role=old)
    for pk, state in facts["claims_withdrawn"].items():
        withdrawn = Claim.objects.filter(pk=int(pk), state=ClaimState.WITHDRAWN)
        withdrawn.update(state=state, decided_at=None)
    Invitation.objects.filter(
        pk__in=facts["invitations_withdrawn"], state=InvitationState.WITHDRAWN
    ).exclude(phone="").update(state=InvitationState.WAITING, settled_at=None)
    for name, model in _MODELS.items():
        rows = model._default_manager.filter(pk__in=facts[name], cooperative_id=kept_id)
        rows.update(cooperative_id=gone_id)


def count(cooperative_id: int) -> dict[str, int]:
    members = Membership.objects.filter(cooperative_id=cooperative_id, ended_at__isnull=True)
    return {"members": members.count()}


def _join_members(gone_id: int, kept_id: int, now: Any) -> tuple[list[int], dict[str, list[str]]]:
    """Those who are in both: their memberships that end, and the roles that rise by it."""
    there = {
        one.person_id: one
        for one in Membership.objects.filter(cooperative_id=kept_id, ended_at__isnull=True)
    }
    both = Membership.objects.filter(
        cooperative_id=gone_id, ended_at__isnull=True, person__in=list(there)
    )
    ended, raised, ranks = [], {}, list(Role)
    for one in both.order_by("pk"):
        ended.append(one.pk)
        mine = there[one.person_id]
        if ranks.index(Role(one.role)) < ranks.index(Role(mine.role)):
            raised[str(mine.pk)] = [str(mine.role), str(one.role)]
            Membership.objects.filter(pk=mine.pk).update(role=one.role)
    Membership.objects.filter(pk__in=ended).update(ended_at=now)
    return ended, raised


def _claimed_twice(claims: QuerySet[Claim], kept_id: int) -> dict[str, str]:
    """{id: state} of open claims of what goes whose person asks for the other entry too."""
    there = Claim.objects.filter(cooperative_id=kept_id, state__in=_OPEN_CLAIMS)
    twice = claims.filter(state__in=_OPEN_CLAIMS, person__in=there.values("person"))
    return {str(pk): state for pk, state in twice.order_by("pk").values_list("pk", "state")}


def _moved(rows: QuerySet[Any], kept_id: int) -> list[int]:
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=ids).update(cooperative_id=kept_id)
    return ids


_MODELS: dict[str, type[Model]] = {
    "memberships": Membership,
    "claims": Claim,
    "invitations": Invitation,
    "reports": Report,
}

movers["cooperatives"] = Mover(
    turn=0,
    moves=frozenset(f"cooperatives.{model.__name__}.cooperative" for model in _MODELS.values()),
    move=move,
    move_back=move_back,
    count=count,
)
