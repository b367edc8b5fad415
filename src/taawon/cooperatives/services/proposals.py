"""A file says otherwise than the cooperative itself wrote; the cooperative answers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from taawon.cooperatives import history, rules, shown
from taawon.cooperatives.errors import AlreadyDecided
from taawon.cooperatives.locks import with_cooperative
from taawon.cooperatives.models import Proposal, Revision
from taawon.cooperatives.register_events import ProposalAccepted, ProposalDeclined, ProposalEvent
from taawon.cooperatives.services.applying import SHOWN_EVERYWHERE, Changed
from taawon.cooperatives.states import NEXT_PROPOSAL, ProposalState, Source
from taawon.core.actor import Actor
from taawon.journal.record import record


@transaction.atomic
def accept(proposal_id: int, *, by: Actor) -> Proposal:
    """The value of the register takes the place of the cooperative's own.

    Raises NotFound, NotAllowed, AlreadyDecided.
    """
    proposal = _settled(proposal_id, ProposalState.ACCEPTED, by)
    entry, name = proposal.cooperative, proposal.field
    changes = history.difference(history.values(entry), {name: proposal.value})
    if changes:
        changed = Changed()
        changed.put(entry, {name: proposal.value})
        changed.save()
        # It is the register's word from now on, and goes with its file if that is taken back.
        Revision.objects.create(
            cooperative=entry,
            source=Source.IMPORT,
            title=proposal.batch.source,
            as_of=proposal.batch.as_of,
            person_id=by.person_id,
            batch_id=proposal.batch_id,
            changes=changes,
        )
        shown.many_changed([entry.pk], [entry.pk] if name in SHOWN_EVERYWHERE else [])
    record(_said(ProposalAccepted, proposal), by=by)
    return proposal


@transaction.atomic
def decline(proposal_id: int, *, by: Actor) -> Proposal:
    """The own value stays, and the same one is not proposed again.

    Raises NotFound, NotAllowed, AlreadyDecided.
    """
    proposal = _settled(proposal_id, ProposalState.DECLINED, by)
    record(_said(ProposalDeclined, proposal), by=by)
    return proposal


def _settled(proposal_id: int, wanted: ProposalState, by: Actor) -> Proposal:
    proposal = with_cooperative(Proposal, proposal_id)
    rules.insist_on_managing(by, proposal.cooperative)
    if wanted not in NEXT_PROPOSAL[ProposalState(proposal.state)]:
        raise AlreadyDecided
    proposal.state, proposal.settled_at = wanted, timezone.now()
    proposal.save(update_fields=["state", "settled_at"])
    return proposal


def _said(kind: type[ProposalEvent], proposal: Proposal) -> ProposalEvent:
    return kind(
        proposal_id=proposal.pk, cooperative_id=proposal.cooperative_id, field=proposal.field
    )
