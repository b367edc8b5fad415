"""From "this is my cooperative" to a shop, or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.cooperatives import papers as proofs
from taawon.cooperatives import rules
from taawon.cooperatives.errors import (
    AlreadyClaimed,
    AlreadyDecided,
    AlreadyMember,
    CannotSell,
    TooManyClaims,
)
from taawon.cooperatives.events import (
    ClaimApproved,
    ClaimMade,
    ClaimRefused,
    ClaimWithdrawn,
)
from taawon.cooperatives.locks import with_cooperative
from taawon.cooperatives.models import Claim, ClaimPaper, Cooperative
from taawon.cooperatives.papers import NewPaper
from taawon.cooperatives.services import members
from taawon.cooperatives.states import NEXT_CLAIM, ClaimState, CooperativeStatus, Role
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.core.locks import lock
from taawon.journal.record import record

MOST_WAITING = 5


def make(
    cooperative_id: int, *, role: str, message: str, papers: Sequence[NewPaper], by: Actor
) -> Claim:
    """Ask to run a cooperative's shop. The papers are checked and written before the transaction.

    Raises NotFound, CannotSell, AlreadyMember, AlreadyClaimed, TooManyClaims, and Invalid for what
    was written (PaperNeeded, TooManyPapers, BadPaper among them).
    """
    if by.person_id is None:
        raise NotAllowed
    if role not in Role.values:
        raise Invalid(field="role")
    text = written.lines(message, field="message", most=1000, needed=False)
    checked = proofs.checked(papers)
    _may_ask(cooperative_id, by.person_id)
    stored = proofs.store(checked)
    try:
        return _make(cooperative_id, Role(role), text, stored, by=by)
    except BaseException:
        proofs.forget(paper.file for paper in stored)
        raise


@transaction.atomic
def approve(claim_id: int, *, by: Actor) -> Claim:
    """The person becomes a member, and the shop opens if there is none. Other claims keep waiting.

    Raises NotFound, NotAllowed, AlreadyDecided, CannotSell.
    """
    claim = _to_decide(claim_id, by)
    if claim.cooperative.status != CooperativeStatus.ACTIVE:
        raise CannotSell(status=claim.cooperative.get_status_display())
    _decide(claim, ClaimState.APPROVED)
    joined = members.let_in(claim.cooperative_id, claim.person_id, Role(claim.role))
    record(ClaimApproved(**_facts(claim)), *joined, by=by)
    return claim


@transaction.atomic
def refuse(claim_id: int, reason: str, *, by: Actor) -> Claim:
    """Raises NotFound, NotAllowed, AlreadyDecided, Missing when no reason is given."""
    claim = _to_decide(claim_id, by)
    claim.reason = written.lines(reason, field="reason", most=1000)
    _decide(claim, ClaimState.REFUSED)
    record(ClaimRefused(**_facts(claim)), by=by)
    return claim


@transaction.atomic
def withdraw(claim_id: int, *, by: Actor) -> Claim:
    """The person thinks better of it. Raises NotFound, AlreadyDecided."""
    claim = with_cooperative(Claim, claim_id)
    if by.person_id is None or claim.person_id != by.person_id:
        raise NotFound
    _decide(claim, ClaimState.WITHDRAWN)
    record(ClaimWithdrawn(**_facts(claim)), by=by)
    return claim


@transaction.atomic
def _make(
    cooperative_id: int, role: Role, message: str, papers: list[ClaimPaper], *, by: Actor
) -> Claim:
    # Two claims of one person wait for each other here, so that the limit holds.
    person = lock(Person, pk=by.person_id)
    _may_ask(cooperative_id, person.pk)
    claim = Claim.objects.create(
        cooperative_id=cooperative_id, person=person, role=role, message=message
    )
    for paper in papers:
        paper.claim = claim
    ClaimPaper.objects.bulk_create(papers)
    record(ClaimMade(**_facts(claim)), by=by)
    return claim


def _may_ask(cooperative_id: int, person_id: int) -> None:
    cooperative = Cooperative.objects.filter(pk=cooperative_id).first()
    if cooperative is None:
        raise NotFound
    if cooperative.status != CooperativeStatus.ACTIVE:
        raise CannotSell(status=cooperative.get_status_display())
    if cooperative.memberships.filter(person_id=person_id, ended_at__isnull=True).exists():
        raise AlreadyMember
    waiting = Claim.objects.filter(person_id=person_id, state=ClaimState.PENDING)
    if waiting.filter(cooperative_id=cooperative_id).exists():
        raise AlreadyClaimed
    if waiting.count() >= MOST_WAITING:
        raise TooManyClaims(most=MOST_WAITING)


def _to_decide(claim_id: int, by: Actor) -> Claim:
    claim = with_cooperative(Claim, claim_id)
    if not rules.may_decide_claims(by, claim):
        raise NotAllowed if rules.in_the_team(by) else NotFound
    return claim


def _decide(claim: Claim, wanted: ClaimState) -> None:
    if wanted not in NEXT_CLAIM[ClaimState(claim.state)]:
        raise AlreadyDecided
    claim.state = wanted
    claim.decided_at = timezone.now()
    claim.save(update_fields=["state", "decided_at", "reason"])


def _facts(claim: Claim) -> dict[str, int]:
    return {
        "claim_id": claim.pk,
        "cooperative_id": claim.cooperative_id,
        "person_id": claim.person_id,
    }
