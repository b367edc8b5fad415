from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from taawon.accounts import rules
from taawon.accounts.models import Person, StaffRole

NONE, AGENT, EDITOR, ADMINISTRATOR = StaffRole
HERE, THERE = "MA-09", "MA-01"


def person(role: StaffRole, region: str | None = None, *, active: bool = True) -> Person:
    return Person(staff_role=role, staff_region_id=region, is_active=active)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (NONE, set()),
        (AGENT, {"is_staff", "is_agent", "may_read_audit"}),
        (EDITOR, {"is_staff", "is_editor", "may_edit_content", "may_moderate", "may_read_audit"}),
        (
            ADMINISTRATOR,
            {
                "is_staff",
                "is_administrator",
                "is_editor",
                "is_agent",
                "may_edit_content",
                "may_moderate",
                "may_manage_people",
                "may_read_audit",
            },
        ),
    ],
)
def test_what_a_role_may_do(role, allowed):
    names = (
        "is_staff",
        "is_administrator",
        "is_editor",
        "is_agent",
        "may_edit_content",
        "may_moderate",
        "may_manage_people",
        "may_read_audit",
    )
    assert {name for name in names if getattr(rules, name)(person(role))} == allowed
    assert not any(getattr(rules, name)(person(role, active=False)) for name in names)
    assert not any(getattr(rules, name)(AnonymousUser()) for name in names)


@pytest.mark.parametrize(
    ("who", "here", "there", "region"),
    [
        (person(NONE), False, False, None),
        (person(EDITOR), False, False, None),
        (person(AGENT, HERE), True, False, HERE),
        (person(AGENT), True, True, None),
        (person(ADMINISTRATOR), True, True, None),
        (person(AGENT, HERE, active=False), False, False, HERE),
    ],
)
def test_what_an_agent_may_do_in_a_region(who, here, there, region):
    for rule in (
        rules.is_agent_for,
        rules.may_decide_claims,
        rules.may_hold_products,
        rules.may_act_on_behalf,
        rules.may_see_orders,
    ):
        assert (rule(who, HERE), rule(who, THERE)) == (here, there)
    assert rules.agent_region(who) == region
