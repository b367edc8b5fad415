"""Who may do what with a cooperative. Templates ask; services insist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise

from taawon.accounts import rules as team
from taawon.accounts.models import Person, StaffRole
from taawon.cooperatives.errors import InDispute
from taawon.cooperatives.models import Claim, Cooperative, ImportBatch, Membership
from taawon.cooperatives.states import Role
from taawon.core.actor import Actor, Channel
from taawon.core.errors import NotAllowed, NotFound
from taawon.core.prepared import Prepared

_MANAGING = frozenset({Role.PRESIDENT, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a shop or a product lacks before it can sell: a code, and words for people."""

    code: str
    text: str | Promise


def role_of(actor: Actor, cooperative_id: int) -> Role | None:
    """The role of a member; None for everybody else, the national team included."""
    return _membership(actor, cooperative_id)[0]


def is_in_dispute(actor: Actor, cooperative_id: int) -> bool:
    """A member who may do nothing until a registrar has decided who speaks for the cooperative."""
    return actor.for_cooperative is None and _membership(actor, cooperative_id)[1]


def _membership(actor: Actor, cooperative_id: int) -> tuple[Role | None, bool]:
    """The role, and whether it is in dispute; one query."""
    if actor.person_id is None:
        return None, False
    for row in _roles(cooperative_id, actor.person_id):
        return Role(row["role"]), row["cooperative__disputed_since"] is not None
    return None, False


_roles = Prepared(
    lambda cooperative_id, person_id: Membership.objects.filter(
        cooperative_id=cooperative_id,
        person_id=person_id,
        person__is_active=True,
        ended_at__isnull=True,
    ).values("role", "cooperative__disputed_since")
)


def standing(actor: Actor, coop: Cooperative | int) -> Role | None:
    """The role in which the actor speaks: their own, or the president's on its behalf.

    None while two people ask for the cooperative, except on its behalf.
    """
    cooperative_id = coop if isinstance(coop, int) else coop.pk
    if actor.for_cooperative is None:
        role, in_dispute = _membership(actor, cooperative_id)
        return None if in_dispute else role
    if actor.for_cooperative == cooperative_id and may_supervise(actor, coop):
        return Role.PRESIDENT
    return None


def may_sell(actor: Actor, coop: Cooperative | int) -> bool:
    """Products, orders, answers: every member, and the national team on its behalf."""
    return standing(actor, coop) is not None


def may_manage(actor: Actor, coop: Cooperative | int) -> bool:
    """The shop's settings and sellers: president or manager."""
    return standing(actor, coop) in _MANAGING


def may_preside(actor: Actor, coop: Cooperative | int) -> bool:
    """Who presides and manages: the president."""
    return standing(actor, coop) is Role.PRESIDENT


def in_the_team(actor: Actor) -> bool:
    """Whether the actor belongs to the national team, in any role."""
    return _of_the_team(actor) is not None


def may_supervise(actor: Actor, coop: Cooperative | int) -> bool:
    """An administrator, or an agent of the cooperative's region or of the whole country."""
    person = _of_the_team(actor)
    if person is None or not team.is_agent(person):
        return False
    region = team.agent_region(person)
    return region is None or region == _region_of(coop)


def may_supervise_region(actor: Actor, region_code: str) -> bool:
    """The same, where the cooperative is not on the register yet."""
    person = _of_the_team(actor)
    return person is not None and team.is_agent_for(person, region_code)


def may_import(actor: Actor) -> bool:
    """Bring in files of the register: agents, and whoever runs the machine."""
    return actor.channel is Channel.SYSTEM or _imports(_of_the_team(actor))


def insist_on_importing(actor: Actor) -> None:
    """Raises NotFound for people outside of the national team, NotAllowed inside it."""
    if not may_import(actor):
        raise NotAllowed if in_the_team(actor) else NotFound


def may_touch_file(actor: Actor, brought_by: int | None) -> bool:
    """One's own; those of colleagues for whoever looks after the whole country."""
    if actor.channel is Channel.SYSTEM or brought_by == actor.person_id:
        return True
    return importing_region(actor.person_id) is None


def importing_region(person_id: int | None) -> str | None:
    """The region to which the rows of somebody's file are held; None for the whole country."""
    if person_id is None:
        return None
    person = _of_the_team(Actor(person_id, Channel.STAFF))
    # Whoever left the team since brings in nothing.
    return team.agent_region(person) if person is not None and _imports(person) else ""


def _imports(person: Person | None) -> bool:
    return person is not None and team.is_agent(person)


def may_edit_content(actor: Actor) -> bool:
    """Categories, labels, the home page: editors and administrators."""
    person = _of_the_team(actor)
    return person is not None and team.may_edit_content(person)


def may_moderate(actor: Actor) -> bool:
    """Other people's words: editors and administrators."""
    person = _of_the_team(actor)
    return person is not None and team.may_moderate(person)


def may_decide_claims(actor: Actor, claim: Claim) -> bool:
    """Whoever looks after the cooperative; nobody decides on their own claim."""
    return claim.person_id != actor.person_id and may_supervise(actor, claim.cooperative)


def may_read_paper(actor: Actor, claim: Claim) -> bool:
    """Whoever brought it, and whoever looks after the cooperative."""
    own = actor.person_id is not None and claim.person_id == actor.person_id
    return own or may_supervise(actor, claim.cooperative)


def insist_on_selling(actor: Actor, coop: Cooperative | int) -> Role:
    """The actor's standing. Raises NotFound: strangers may not know of a workspace; InDispute."""
    role = standing(actor, coop)
    if role is None:
        if is_in_dispute(actor, coop if isinstance(coop, int) else coop.pk):
            raise InDispute
        raise NotFound
    return role


def insist_on_managing(actor: Actor, coop: Cooperative | int) -> Role:
    """The actor's standing. Raises NotFound for strangers, NotAllowed for sellers."""
    role = insist_on_selling(actor, coop)
    if role not in _MANAGING:
        raise NotAllowed
    return role


def insist_on_supervising(actor: Actor, coop: Cooperative | int) -> None:
    """Raises NotFound for people outside of the national team, NotAllowed inside it."""
    if not may_supervise(actor, coop):
        raise NotAllowed if in_the_team(actor) else NotFound


def undo_lasts() -> timedelta:
    """How long after its last step a file of the register may be taken back."""
    return timedelta(days=settings.REGISTER_UNDO_DAYS)


def undo_ends(batch: ImportBatch) -> datetime:
    return batch.changed_at + undo_lasts()


def may_process_food(coop: Cooperative, today: date | None = None) -> bool:
    """An authorisation that is valid today, or a recorded exemption."""
    if coop.food_exemption:
        return True
    until = coop.food_authorisation_expires_on
    on_time = until is None or until >= (today or timezone.localdate())
    return bool(coop.food_authorisation) and on_time


def _of_the_team(actor: Actor) -> Person | None:
    if actor.person_id is None:
        return None
    people = Person.objects.exclude(staff_role=StaffRole.NONE)
    return people.filter(pk=actor.person_id, is_active=True).first()


def _region_of(coop: Cooperative | int) -> str | None:
    if isinstance(coop, Cooperative):
        return coop.region_id
    regions = Cooperative.objects.filter(pk=coop).values_list("region_id", flat=True)
    return regions.first()
