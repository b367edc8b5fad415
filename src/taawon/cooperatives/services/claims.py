"""From "this is my cooperative" to a shop, or a refusal with its reason.

By papers, on which the national team decides; or by a code to the phone that the register holds,
which lets in at once where nobody else is there or asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from taawon.accounts.models import Person
from taawon.accounts.services import codes
from taawon.cooperatives import disputes, rules
from taawon.cooperatives import papers as proofs
from taawon.cooperatives.errors import (
    AlreadyClaimed,
    AlreadyDecided,
    AlreadyMember,
    CannotSell,
    NoPhoneOnRecord,
    NothingToProve,
    TooManyClaims,
)
from taawon.cooperatives.events import (
    ClaimApproved,
    ClaimBegun,
    ClaimMade,
    ClaimProved,
    ClaimRefused,
    ClaimWithdrawn,
)
from taawon.cooperatives.locks import live, with_cooperative
from taawon.cooperatives.models import Claim, ClaimPaper, Cooperative
from taawon.cooperatives.papers import NewPaper
from taawon.cooperatives.services import members
from taawon.cooperatives.states import NEXT_CLAIM, ClaimState, CooperativeStatus, Proof, Role
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.core.languages import said_by
from taawon.core.locks import lock
from taawon.core.phone import takes_texts
from taawon.journal.events import Event
from taawon.journal.record import record

MOST_WAITING = 5
PURPOSE = "claim"
# Who never typed the code is forgotten.
UNPROVED_LIVES = timedelta(days=1)
_OPEN = (ClaimState.PENDING, ClaimState.PROVING)
# A code proves who has the phone of the cooperative, which no seller needs.
BY_CODE = (Role.PRESIDENT, Role.MANAGER)


def make(
    cooperative_id: int,
    *,
    role: str,
    message: str,
    papers: Sequence[NewPaper],
    succession: bool = False,
    by: Actor,
) -> Claim:
    """Ask to run a cooperative's shop. The papers are checked and written before the transaction.

    `succession`: a president elected anew, who takes the place of the one before. Raises NotFound,
    AlreadyMerged, CannotSell, AlreadyMember, AlreadyClaimed, TooManyClaims, and Invalid for what
    was written (PaperNeeded, TooManyPapers, BadPaper among them).
    """
    if by.person_id is None:
        raise NotAllowed
    if role not in Role.values or (succession and role != Role.PRESIDENT):
        raise Invalid(field="role")
    text = written.lines(message, field="message", most=1000, needed=False)
    checked = proofs.checked(papers)
    cooperative = Cooperative.objects.filter(pk=cooperative_id).first()
    if cooperative is None:
        raise NotFound
    _may_ask(cooperative, by.person_id)
    asked = Claim(
        cooperative_id=cooperative_id,
        person_id=by.person_id,
        role=role,
        message=text,
        succession=succession,
    )
    with proofs.kept(checked) as stored:
        return _make(asked, stored, by=by)


@transaction.atomic
def begin_by_code(
    cooperative_id: int, *, role: str, language: str, address: str = "", by: Actor
) -> Claim:
    """A code goes to the phone that the register holds; again for who asks again.

    `address` is the IP address that asks. Raises NotFound, NotAllowed, Invalid, AlreadyMerged,
    CannotSell, AlreadyMember, AlreadyClaimed, TooManyClaims, NoPhoneOnRecord, TooMany.
    """
    if by.person_id is None:
        raise NotAllowed
    if role not in BY_CODE:
        raise Invalid(field="role")
    cooperative = live(cooperative_id)
    person = lock(Person, pk=by.person_id)
    begun = Claim.objects.filter(
        cooperative=cooperative, person=person, state=ClaimState.PROVING
    ).first()
    if begun is None:
        _may_ask(cooperative, person.pk)
        begun = Claim(cooperative=cooperative, person=person, state=ClaimState.PROVING)
    if not takes_a_code(cooperative):
        raise NoPhoneOnRecord
    begun.role, begun.proof = Role(role), Proof.CODE
    begun.save()
    codes.send_code(
        cooperative.phone_on_record,
        purpose=PURPOSE,
        subject=str(begun.pk),
        address=address,
        about=said_by(cooperative, "name", language),
        language=language,
        by=by,
    )
    record(ClaimBegun(**_facts(begun)), by=by)
    return begun


def takes_a_code(cooperative: Cooperative) -> bool:
    """Whether the register holds a mobile number of it."""
    return bool(cooperative.phone_on_record) and takes_texts(cooperative.phone_on_record)


def prove(claim_id: int, code: str, *, by: Actor) -> Claim:
    """The code that came to the phone on record: in at once, or a claim that waits like others.

    Raises NotFound, NothingToProve, NoPhoneOnRecord, WrongCode, CodeExpired, AlreadyMerged,
    CannotSell. A failed
    try counts: call it outside of any transaction.
    """
    claim = Claim.objects.select_related("cooperative").filter(pk=claim_id).first()
    if claim is None or by.person_id is None or claim.person_id != by.person_id:
        raise NotFound
    if claim.state != ClaimState.PROVING:
        raise NothingToProve
    if not takes_a_code(claim.cooperative):
        raise NoPhoneOnRecord
    codes.check_code(
        claim.cooperative.phone_on_record, code, purpose=PURPOSE, subject=str(claim.pk)
    )
    return _proved(claim.pk, by=by)


@transaction.atomic
def approve(claim_id: int, *, by: Actor) -> Claim:
    """The person becomes a member, and the shop opens if there is none.

    Who cannot be right then goes: in a dispute all others who ask and all who came by a code alone;
    else others who ask to preside, and after elections the president before. Raises NotFound,
    NotAllowed, AlreadyDecided, CannotSell, AlreadyMerged.
    """
    claim = _to_decide(claim_id, by)
    cooperative = claim.cooperative
    _insist_on_active(cooperative)
    _decide(claim, ClaimState.APPROVED)
    refused = [_refuse_for(rival) for rival in disputes.rivals(claim)]
    replaced = disputes.replace_by(claim)
    joined = members.let_in(cooperative.pk, claim.person_id, Role(claim.role))
    settled = disputes.end_if_over(claim, cooperative, decided=True)
    record(ClaimApproved(**_facts(claim)), *joined, *replaced, *refused, *settled, by=by)
    return claim


@transaction.atomic
def refuse(claim_id: int, reason: str, *, by: Actor) -> Claim:
    """In a dispute those who are there are confirmed by it, once nobody else asks.

    Raises NotFound, NotAllowed, AlreadyDecided, AlreadyMerged, Missing when no reason is given.
    """
    claim = _to_decide(claim_id, by)
    claim.reason = written.lines(reason, field="reason", most=1000)
    _decide(claim, ClaimState.REFUSED)
    settled = disputes.end_if_over(claim, claim.cooperative, decided=True)
    record(ClaimRefused(**_facts(claim)), *settled, by=by)
    return claim


@transaction.atomic
def withdraw(claim_id: int, *, by: Actor) -> Claim:
    """The person thinks better of it. Raises NotFound, AlreadyDecided, AlreadyMerged."""
    claim = with_cooperative(Claim, claim_id)
    if by.person_id is None or claim.person_id != by.person_id:
        raise NotFound
    _decide(claim, ClaimState.WITHDRAWN)
    settled = disputes.end_if_over(claim, claim.cooperative, decided=False)
    record(ClaimWithdrawn(**_facts(claim)), *settled, by=by)
    return claim


def forget_unproved(*, by: Actor) -> int:
    """Who asked for a code and never typed it has withdrawn; how many."""
    old = Claim.objects.filter(
        state=ClaimState.PROVING, created_at__lt=timezone.now() - UNPROVED_LIVES
    )
    return old.update(state=ClaimState.WITHDRAWN, decided_at=timezone.now())


@transaction.atomic
def _make(claim: Claim, papers: list[ClaimPaper], *, by: Actor) -> Claim:
    cooperative = live(claim.cooperative_id)
    # Two claims of one person wait for each other here, so that the limit holds.
    person = lock(Person, pk=claim.person_id)
    _may_ask(cooperative, person.pk)
    claim.save()
    for paper in papers:
        paper.claim = claim
    ClaimPaper.objects.bulk_create(papers)
    record(ClaimMade(**_facts(claim)), *disputes.begin_if_doubtful(cooperative, claim), by=by)
    return claim


@transaction.atomic
def _proved(claim_id: int, *, by: Actor) -> Claim:
    claim = with_cooperative(Claim, claim_id)
    cooperative = claim.cooperative
    if claim.state != ClaimState.PROVING:
        raise NothingToProve
    _insist_on_active(cooperative)
    claim.proved_at = timezone.now()
    claim.save(update_fields=["proved_at"])
    asked = cooperative.claims.filter(state=ClaimState.PENDING)
    if asked.exists() or disputes.members(cooperative.pk).exists():
        claim.state = ClaimState.PENDING
        claim.save(update_fields=["state"])
        then: list[Event] = [*disputes.begin_if_doubtful(cooperative, claim)]
    else:
        _decide(claim, ClaimState.APPROVED)
        role = Role(claim.role)
        joined = members.let_in(cooperative.pk, claim.person_id, role, confirmed=False)
        then = [ClaimApproved(**_facts(claim)), *joined]
    record(ClaimProved(**_facts(claim)), *then, by=by)
    return claim


def _may_ask(cooperative: Cooperative, person_id: int) -> None:
    _insist_on_active(cooperative)
    if cooperative.memberships.filter(person_id=person_id, ended_at__isnull=True).exists():
        raise AlreadyMember
    waiting = Claim.objects.filter(person_id=person_id, state__in=_OPEN)
    if waiting.filter(cooperative=cooperative, state=ClaimState.PENDING).exists():
        raise AlreadyClaimed
    if waiting.count() >= MOST_WAITING:
        raise TooManyClaims(most=MOST_WAITING)


def _insist_on_active(cooperative: Cooperative) -> None:
    if cooperative.status != CooperativeStatus.ACTIVE:
        raise CannotSell(status=cooperative.get_status_display())


def _refuse_for(rival: Claim) -> ClaimRefused:
    """Its person reads why, in their own language."""
    with translation.override(rival.person.language):
        rival.reason = _("The national team has found that somebody else speaks for it.")
    _decide(rival, ClaimState.REFUSED)
    return ClaimRefused(**_facts(rival))


def _to_decide(claim_id: int, by: Actor) -> Claim:
    claim = with_cooperative(Claim, claim_id)
    if not rules.may_decide_claims(by, claim):
        raise NotAllowed if rules.in_the_team(by) else NotFound
    if claim.state == ClaimState.PROVING:  # It is the phone's answer that is waited for.
        raise NotFound
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
