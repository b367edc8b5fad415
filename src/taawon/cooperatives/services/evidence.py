"""Papers that are added to a claim while they can still tell in its favour."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from taawon.cooperatives import outcomes
from taawon.cooperatives import papers as proofs
from taawon.cooperatives.errors import AlreadyDecided, TooManyPapers
from taawon.cooperatives.events import ClaimPapersAdded
from taawon.cooperatives.locks import with_cooperative
from taawon.cooperatives.models import Claim, ClaimPaper
from taawon.cooperatives.papers import NewPaper
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.journal.record import record

MOST_IN_ALL = 16


def add(claim_id: int, papers: Sequence[NewPaper], *, by: Actor) -> Claim:
    """By the person who asked: while the claim waits, or what it gave is in dispute.

    The papers are checked and written before the transaction. Raises NotFound, AlreadyDecided,
    AlreadyMerged, and Invalid for the papers (PaperNeeded, TooManyPapers, BadPaper).
    """
    _insist(claim_id, by)
    with proofs.kept(proofs.checked(papers)) as stored:
        return _add(claim_id, stored, by=by)


@transaction.atomic
def _add(claim_id: int, papers: list[ClaimPaper], *, by: Actor) -> Claim:
    held = with_cooperative(Claim, claim_id)
    _insist(claim_id, by)
    if held.papers.count() + len(papers) > MOST_IN_ALL:
        raise TooManyPapers(field="papers", most=MOST_IN_ALL)
    for paper in papers:
        paper.claim = held
    ClaimPaper.objects.bulk_create(papers)
    record(
        ClaimPapersAdded(
            claim_id=held.pk,
            cooperative_id=held.cooperative_id,
            person_id=held.person_id,
            papers=len(papers),
        ),
        by=by,
    )
    return held


def _insist(claim_id: int, by: Actor) -> None:
    found = outcomes.with_speaks(Claim.objects.filter(pk=claim_id))
    claim = found.select_related("cooperative").first()
    if claim is None or by.person_id is None or claim.person_id != by.person_id:
        raise NotFound
    if not outcomes.takes_papers(claim):
        raise AlreadyDecided
