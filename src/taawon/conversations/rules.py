"""Who may read conversations, answer calls and teach words."""

from __future__ import annotations

from taawon.accounts import queries as people
from taawon.accounts import rules as team
from taawon.conversations.models import Ticket
from taawon.cooperatives import rules as cooperatives
from taawon.core.actor import Actor


def may_help(actor: Actor, ticket: Ticket) -> bool:
    """Whoever looks after the cooperative; calls of strangers go to every agent."""
    if ticket.cooperative_id is not None:
        return cooperatives.may_supervise(actor, ticket.cooperative_id)
    return may_read(actor)


def may_read(actor: Actor) -> bool:
    """Agents and administrators; each look is recorded."""
    person = people.by_id(actor.person_id) if actor.person_id else None
    return person is not None and team.is_agent(person)


def may_teach(actor: Actor) -> bool:
    """Propose and review words: everybody of the national team."""
    return cooperatives.in_the_team(actor)
