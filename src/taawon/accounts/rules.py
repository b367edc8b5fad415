"""Who of the national team may do what. Templates ask; services insist.

`person` may also be nobody (AnonymousUser): nobody is not active.
"""

from __future__ import annotations

from taawon.accounts.models import Person, StaffRole


def is_staff(person: Person) -> bool:
    return person.is_active and person.staff_role != StaffRole.NONE


def is_administrator(person: Person) -> bool:
    return person.is_active and person.staff_role == StaffRole.ADMINISTRATOR


def is_editor(person: Person) -> bool:
    return person.is_active and person.staff_role in (StaffRole.EDITOR, StaffRole.ADMINISTRATOR)


def is_agent(person: Person) -> bool:
    """An agent of some region or of the whole country; an administrator may do all of it too."""
    return person.is_active and person.staff_role in (StaffRole.AGENT, StaffRole.ADMINISTRATOR)


def is_agent_for(person: Person, region_code: str) -> bool:
    """An agent without a region looks after the whole country."""
    if not is_agent(person):
        return False
    return is_administrator(person) or person.staff_region_id in (None, region_code)


def agent_region(person: Person) -> str | None:
    """The one region that an agent is held to; None for the whole country. For filters of lists."""
    return None if is_administrator(person) else person.staff_region_id


def may_edit_content(person: Person) -> bool:
    """Categories, labels, and the selections of the home page."""
    return is_editor(person)


def may_moderate(person: Person) -> bool:
    """Hide and show reviews, questions and other people's texts."""
    return is_editor(person)


def may_decide_claims(person: Person, region_code: str) -> bool:
    return is_agent_for(person, region_code)


def may_hold_products(person: Person, region_code: str) -> bool:
    return is_agent_for(person, region_code)


def may_act_on_behalf(person: Person, region_code: str) -> bool:
    """Run the shop of a cooperative of that region."""
    return is_agent_for(person, region_code)


def may_see_orders(person: Person, region_code: str) -> bool:
    return is_agent_for(person, region_code)


def may_manage_people(person: Person) -> bool:
    """Staff roles, partners' keys, other people's data."""
    return is_administrator(person)


def may_read_audit(person: Person) -> bool:
    return is_staff(person)
