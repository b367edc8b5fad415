"""What a person may take along of their cooperatives, and what is left when they are erased.

The register stays. Memberships end, claims lose their words and papers, invitations number and
name.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from taawon.accounts import queries as people
from taawon.accounts.privacy import erasers, exporters
from taawon.cooperatives import disputes, papers
from taawon.cooperatives.models import (
    Claim,
    ClaimPaper,
    Invitation,
    Membership,
    Report,
)
from taawon.cooperatives.services import opening, reports
from taawon.cooperatives.states import ClaimState
from taawon.core.actor import Actor
from taawon.journal.record import record


def export(person_id: int) -> dict[str, list[dict[str, Any]]]:
    memberships = Membership.objects.filter(person_id=person_id).order_by("pk")
    claims = Claim.objects.filter(person_id=person_id).prefetch_related("papers").order_by("pk")
    return {
        "memberships": [
            {
                "cooperative_id": one.cooperative_id,
                "role": one.role,
                "since": one.since.isoformat(),
                "ended_at": one.ended_at.isoformat() if one.ended_at else None,
            }
            for one in memberships
        ],
        "claims": [
            {
                "cooperative_id": claim.cooperative_id,
                "role": claim.role,
                "state": claim.state,
                "message": claim.message,
                "reason": claim.reason,
                "created_at": claim.created_at.isoformat(),
                "papers": [paper.title for paper in claim.papers.all()],
            }
            for claim in claims
        ],
        "invitations": [
            {
                "cooperative_id": one.cooperative_id,
                "name": one.name,
                "role": one.role,
                "language": one.language,
                "checked": one.checked,
                "state": one.state,
                "made_at": one.made_at.isoformat(),
            }
            for one in _invitations(person_id)
        ],
        "reports": [
            {
                "cooperative_id": one.cooperative_id,
                "kind": one.kind,
                "text": one.text,
                "phone": one.phone,
                "email": one.email,
                "state": one.state,
                "answer": one.answer,
                "made_at": one.made_at.isoformat(),
            }
            for one in Report.objects.filter(person_id=person_id).order_by("pk")
        ],
    }


def erase(person_id: int) -> None:
    """Runs while the person still has a phone."""
    if phone := _phone(person_id):
        opening.forget(phone)
    now = timezone.now()
    reports.forget(person_id, _phone(person_id))
    Membership.objects.filter(person_id=person_id, ended_at__isnull=True).update(ended_at=now)
    claims = Claim.objects.filter(person_id=person_id)
    open_ones = claims.filter(state__in=(ClaimState.PENDING, ClaimState.PROVING))
    left = list(open_ones.select_related("cooperative").order_by("pk"))
    open_ones.update(state=ClaimState.WITHDRAWN, decided_at=now)
    for claim in left:
        record(*disputes.end_if_over(claim, claim.cooperative, decided=False), by=Actor.system())
    claims.update(message="")
    brought = ClaimPaper.objects.filter(claim__person_id=person_id)
    files = list(brought.values_list("file", flat=True))
    brought.delete()
    transaction.on_commit(lambda: papers.forget(files))


def _invitations(person_id: int) -> list[Invitation]:
    phone = _phone(person_id)
    return list(Invitation.objects.filter(phone=phone).order_by("pk")) if phone else []


def _phone(person_id: int) -> str:
    person = people.by_id(person_id)
    return (person and person.phone) or ""


exporters["cooperatives"] = export
erasers["cooperatives"] = erase
