"""Who speaks for a cooperative, and in which role."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.cooperatives import disputes, rules, shown
from taawon.cooperatives.errors import AlreadyDecided, AlreadyMember, LastPresident
from taawon.cooperatives.events import (
    CooperativeEvent,
    MemberEvent,
    MemberInvited,
    MemberJoined,
    MemberRemoved,
    RoleChanged,
    ShopOpened,
)
from taawon.cooperatives.locks import live, with_cooperative
from taawon.cooperatives.models import Membership, Shop
from taawon.cooperatives.states import Role
from taawon.core import phone as phones
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed
from taawon.journal.record import record


@transaction.atomic
def invite(cooperative_id: int, phone: str, name: str, role: str, *, by: Actor) -> Membership:
    """Whoever has this mobile number belongs to the cooperative at once, known to us or not.

    Raises NotFound, NotAllowed, InvalidPhone, NoTexts, Invalid, AlreadyMember.
    """
    number = phones.mobile(phone)
    called = written.line(name, field="name", most=120)
    wanted = _role(role)
    live(cooperative_id)
    _insist_on_ruling(by, cooperative_id, wanted)
    person, _ = Person.objects.get_or_create(phone=number, defaults={"name": called})
    members = Membership.objects.filter(cooperative_id=cooperative_id, ended_at__isnull=True)
    if members.filter(person=person).exists():
        raise AlreadyMember
    membership = Membership.objects.create(
        cooperative_id=cooperative_id,
        person=person,
        role=wanted,
        confirmed=_vouches(by, cooperative_id),
    )
    _record(MemberInvited, membership, by)
    return membership


def let_in(
    cooperative_id: int, person_id: int, role: Role, *, confirmed: bool = True
) -> list[CooperativeEvent]:
    """The person speaks for the cooperative, and its shop opens if there is none: what happened.

    Whoever calls holds the cooperative, and records it. A higher role that the person has already
    is kept; `confirmed` is not while a code alone lets them in.
    """
    membership, new = Membership.objects.get_or_create(
        cooperative_id=cooperative_id,
        person_id=person_id,
        ended_at=None,
        defaults={"role": role, "confirmed": confirmed},
    )
    ranks = list(Role)
    if not new and ranks.index(role) < ranks.index(Role(membership.role)):
        membership.role = role
        membership.save(update_fields=["role"])
    if confirmed and not membership.confirmed:
        membership.confirmed = True
        membership.save(update_fields=["confirmed"])
    _, opened = Shop.objects.get_or_create(cooperative_id=cooperative_id)
    shown.changed(cooperative_id)
    joined = MemberJoined(
        cooperative_id=cooperative_id,
        membership_id=membership.pk,
        person_id=person_id,
        role=membership.role,
    )
    return [joined, *([ShopOpened(cooperative_id=cooperative_id)] if opened else [])]


@transaction.atomic
def change_role(membership_id: int, role: str, *, by: Actor) -> Membership:
    """Raises NotFound, NotAllowed, Invalid, LastPresident."""
    wanted = _role(role)
    membership = _locked(membership_id)
    _insist_on_ruling(by, membership.cooperative_id, Role(membership.role), wanted)
    if membership.role == wanted:
        return membership
    _keep_a_president(membership)
    membership.role = wanted
    membership.save(update_fields=["role"])
    _record(RoleChanged, membership, by)
    return membership


@transaction.atomic
def remove(membership_id: int, *, by: Actor) -> Membership:
    """The membership ends, and every access with it, at once. One may also leave by oneself.

    Raises NotFound, NotAllowed, LastPresident.
    """
    membership = _locked(membership_id)
    leaves = by.for_cooperative is None and by.person_id == membership.person_id
    if not leaves:
        _insist_on_ruling(by, membership.cooperative_id, Role(membership.role))
    _keep_a_president(membership)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    _record(MemberRemoved, membership, by)
    return membership


@transaction.atomic
def confirm(membership_id: int, *, by: Actor) -> Membership:
    """A registrar has checked who was let in by a code alone: no stranger's claim freezes them.

    Raises NotFound, NotAllowed, AlreadyDecided.
    """
    membership = _locked(membership_id)
    rules.insist_on_supervising(by, membership.cooperative)
    confirmed = disputes.confirm(Membership.objects.filter(pk=membership.pk))
    if not confirmed:
        raise AlreadyDecided
    record(*confirmed, by=by)
    membership.confirmed = True
    return membership


def _vouches(by: Actor, cooperative_id: int) -> bool:
    """Who was let in by a code alone can bring nobody in who is better known."""
    unsure = Membership.objects.filter(
        cooperative_id=cooperative_id,
        person_id=by.person_id or 0,
        ended_at__isnull=True,
        confirmed=False,
    )
    return by.for_cooperative is not None or not unsure.exists()


def _role(role: str) -> Role:
    if role not in Role.values:
        raise Invalid(field="role")
    return Role(role)


def _locked(membership_id: int) -> Membership:
    """Changes of members wait for each other, so that two presidents cannot leave at once."""
    return with_cooperative(Membership, membership_id, ended_at__isnull=True)


def _insist_on_ruling(by: Actor, cooperative_id: int, *roles: Role) -> None:
    """Managers look after sellers and managers; only a president makes and unmakes presidents."""
    own = rules.insist_on_managing(by, cooperative_id)
    if Role.PRESIDENT in roles and own is not Role.PRESIDENT:
        raise NotAllowed


def _keep_a_president(membership: Membership) -> None:
    if membership.role != Role.PRESIDENT:
        return
    others = Membership.objects.filter(
        cooperative_id=membership.cooperative_id, role=Role.PRESIDENT, ended_at__isnull=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise LastPresident


def _record(event: type[MemberEvent], membership: Membership, by: Actor) -> None:
    record(
        event(
            cooperative_id=membership.cooperative_id,
            membership_id=membership.pk,
            person_id=membership.person_id,
            role=membership.role,
        ),
        by=by,
    )
