"""An agent has checked who may open a shop; a text from that number confirms it.

For people who cannot send papers in. Nobody is a member, and no shop opens, before the text. A
sender can be forged: then a shop opens that an agent has checked, for the number that was checked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from taawon.accounts import queries as people
from taawon.accounts.errors import AccountClosed
from taawon.accounts.services import persons
from taawon.cooperatives import rules
from taawon.cooperatives.errors import (
    AlreadyInvited,
    AlreadyMember,
    CannotSell,
    InvitationOver,
    OwnNumber,
    ToldOften,
    WantsNoTexts,
)
from taawon.cooperatives.events import (
    InvitationConfirmed,
    InvitationDeclined,
    InvitationExpired,
    InvitationMade,
    InvitationRepeated,
    InvitationWithdrawn,
)
from taawon.cooperatives.locks import live, with_cooperative
from taawon.cooperatives.models import Cooperative, Invitation
from taawon.cooperatives.services import members
from taawon.cooperatives.states import CooperativeStatus, InvitationState, Role
from taawon.core import phone as phones
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotFound, TooMany
from taawon.core.languages import LANGUAGES
from taawon.journal.record import record
from taawon.messaging import consent

LIVES = timedelta(days=30)
ROLES = (Role.PRESIDENT, Role.MANAGER)
AGAIN_AFTER = timedelta(hours=1)
MOST_TIMES = 5


@transaction.atomic
def invite(
    cooperative_id: int,
    *,
    phone: str,
    name: str,
    role: str,
    language: str,
    checked: str,
    by: Actor,
) -> Invitation:
    """The number is told, in that language, and asked for a yes. `checked` says what was seen.

    Raises NotFound, NotAllowed, AlreadyMerged, CannotSell, InvalidPhone, NoTexts, WantsNoTexts,
    OwnNumber, AccountClosed, AlreadyMember, AlreadyInvited, and Invalid for what was written.
    """
    rules.insist_on_supervising(by, cooperative_id)
    number = phones.mobile(phone)
    if role not in ROLES:
        raise Invalid(field="role")
    if language not in LANGUAGES:
        raise Invalid(field="language")
    called = written.line(name, field="name", most=120)
    seen = written.line(checked, field="checked", most=300)
    cooperative = live(cooperative_id)
    _insist_on_active(cooperative)
    _may_be_invited(cooperative, number, by)
    now = timezone.now()
    invitation = Invitation.objects.create(
        cooperative=cooperative,
        phone=number,
        name=called,
        role=role,
        language=language,
        checked=seen,
        made_at=now,
        told_at=now,
        expires_at=now + LIVES,
    )
    record(InvitationMade(**_facts(invitation), times=1), by=by)
    return invitation


@transaction.atomic
def send_again(invitation_id: int, *, by: Actor) -> Invitation:
    """Raises NotFound, NotAllowed, InvitationOver, WantsNoTexts, ToldOften, TooMany."""
    invitation = _supervised(invitation_id, by)
    now = timezone.now()
    _insist_on_waiting(invitation)
    if consent.stopped_all(invitation.phone):
        raise WantsNoTexts(field="phone")
    if invitation.times_told >= MOST_TIMES:
        raise ToldOften(most=MOST_TIMES)
    if (wait := invitation.told_at + AGAIN_AFTER - now) > timedelta(0):
        seconds = int(wait.total_seconds())
        raise TooMany(wait_seconds=seconds, wait_minutes=seconds // 60 + 1)
    invitation.told_at = now
    invitation.times_told += 1
    invitation.save(update_fields=["told_at", "times_told"])
    record(InvitationRepeated(**_facts(invitation), times=invitation.times_told), by=by)
    return invitation


@transaction.atomic
def withdraw(invitation_id: int, *, by: Actor) -> Invitation:
    """Raises NotFound, NotAllowed, InvitationOver."""
    invitation = _supervised(invitation_id, by)
    _settle(invitation, InvitationState.WITHDRAWN)
    record(InvitationWithdrawn(**_facts(invitation)), by=by)
    return invitation


@transaction.atomic
def confirm(invitation_id: int, phone: str, *, by: Actor) -> Invitation:
    """A yes from `phone` (E.164), as the channel of `by` brought it: member and shop are there.

    What follows is on record as done by the person, who may be new. Raises NotFound,
    InvitationOver, CannotSell, AccountClosed.
    """
    invitation = _to_answer(invitation_id, phone)
    _insist_on_active(invitation.cooperative)
    person = persons.meet(phone, name=invitation.name, language=invitation.language, by=by)
    _settle(invitation, InvitationState.CONFIRMED)
    joined = members.let_in(invitation.cooperative_id, person.pk, Role(invitation.role))
    record(InvitationConfirmed(**_facts(invitation)), *joined, by=replace(by, person_id=person.pk))
    return invitation


@transaction.atomic
def decline(invitation_id: int, phone: str, *, by: Actor) -> Invitation:
    """A no from `phone` (E.164). Raises NotFound, InvitationOver."""
    invitation = _to_answer(invitation_id, phone)
    _settle(invitation, InvitationState.DECLINED)
    record(InvitationDeclined(**_facts(invitation)), by=by)
    return invitation


def expire_due(*, by: Actor) -> int:
    """What nobody answered for so long ends; number and name of any that is so old are blanked.

    How many were blanked.
    """
    old = Invitation.objects.filter(expires_at__lte=timezone.now()).exclude(phone="")
    waiting = old.filter(state=InvitationState.WAITING).order_by("pk")
    expired = sum(_expire_by_id(pk, by) for pk in waiting.values_list("pk", flat=True)[:500])
    settled = old.exclude(state=InvitationState.WAITING)
    return expired + settled.update(phone="", name="")


@transaction.atomic
def forget(phone: str) -> None:
    """Take away what is known of a number (E.164); it is not asked any more."""
    theirs = Invitation.objects.filter(phone=phone)
    theirs.filter(state=InvitationState.WAITING).update(
        state=InvitationState.WITHDRAWN, settled_at=timezone.now()
    )
    theirs.update(phone="", name="")


def _may_be_invited(cooperative: Cooperative, number: str, by: Actor) -> None:
    if consent.stopped_all(number):
        raise WantsNoTexts(field="phone")
    person = people.by_phone(number)
    if person is not None:
        if person.pk == by.person_id:
            raise OwnNumber(field="phone")
        if not person.is_active:
            raise AccountClosed
        if cooperative.memberships.filter(person=person, ended_at__isnull=True).exists():
            raise AlreadyMember
    asked = cooperative.invitations.filter(phone=number, state=InvitationState.WAITING).first()
    if asked is not None:
        if not _is_over(asked):
            raise AlreadyInvited
        _expire(asked, by=Actor.system())


def _insist_on_active(cooperative: Cooperative) -> None:
    if cooperative.status != CooperativeStatus.ACTIVE:
        raise CannotSell(status=cooperative.get_status_display())


def _insist_on_waiting(invitation: Invitation) -> None:
    if invitation.state != InvitationState.WAITING or _is_over(invitation):
        raise InvitationOver


def _is_over(invitation: Invitation) -> bool:
    """The clock comes by once an hour: what is too old ends before it does."""
    return invitation.expires_at <= timezone.now()


def _supervised(invitation_id: int, by: Actor) -> Invitation:
    invitation = with_cooperative(Invitation, invitation_id)
    rules.insist_on_supervising(by, invitation.cooperative)
    return invitation


def _to_answer(invitation_id: int, phone: str) -> Invitation:
    invitation = with_cooperative(Invitation, invitation_id)
    if not phone or invitation.phone != phone:
        raise NotFound
    _insist_on_waiting(invitation)
    return invitation


def _settle(invitation: Invitation, state: InvitationState) -> None:
    invitation.become(state)
    invitation.save(update_fields=["state", "settled_at"])


@transaction.atomic
def _expire_by_id(invitation_id: int, by: Actor) -> int:
    invitation = with_cooperative(Invitation, invitation_id)
    if invitation.state != InvitationState.WAITING:
        return 0
    _expire(invitation, by=by)
    return 1


def _expire(invitation: Invitation, *, by: Actor) -> None:
    invitation.phone = invitation.name = ""
    invitation.become(InvitationState.EXPIRED)
    invitation.save(update_fields=["phone", "name", "state", "settled_at"])
    record(InvitationExpired(**_facts(invitation)), by=by)


def _facts(invitation: Invitation) -> dict[str, int]:
    return {"cooperative_id": invitation.cooperative_id, "invitation_id": invitation.pk}
