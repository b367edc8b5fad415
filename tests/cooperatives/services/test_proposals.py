from __future__ import annotations

from datetime import date

import pytest

from taawon.cooperatives import history
from taawon.cooperatives.errors import AlreadyDecided
from taawon.cooperatives.models import Cooperative, ImportBatch, Proposal
from taawon.cooperatives.services import proposals
from taawon.cooperatives.states import Source
from taawon.core.errors import NotAllowed, NotFound
from taawon.journal.models import Entry
from taawon.search.models import Change
from tests.factories import CooperativeFactory, member, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal() -> Proposal:
    batch = ImportBatch.objects.create(
        file="x", filename="r.csv", sha256="0", source="Registre central", as_of=date(2026, 3, 1)
    )
    entry = CooperativeFactory(address="Rue des Oliviers")
    owner = member(entry)
    history.note(
        entry.pk, {"address": ""}, {"address": entry.address}, source=Source.OWNER, by=owner
    )
    return Proposal.objects.create(
        cooperative=entry, batch=batch, field="address", value="Douar Aglou"
    )


def address(proposal: Proposal) -> str:
    return Cooperative.objects.get(pk=proposal.cooperative_id).address


def test_the_registers_word_is_taken_over(proposal: Proposal):
    by = member(proposal.cooperative, "manager")
    assert proposals.accept(proposal.pk, by=by).state == "accepted"
    assert address(proposal) == "Douar Aglou"
    said = history.said(proposal.cooperative_id)["address"]
    assert (said.source, said.title, said.as_of) == (
        "import",
        "Registre central",
        date(2026, 3, 1),
    )
    assert history.owned([proposal.cooperative_id]) == {}
    assert Change.objects.filter(document_id=proposal.cooperative_id).exists()
    line = Entry.objects.get(name="proposal-accepted")
    assert line.facts == {
        "cooperative_id": proposal.cooperative_id,
        "proposal_id": proposal.pk,
        "field": "address",
    }


def test_the_own_word_stays(proposal: Proposal):
    by = member(proposal.cooperative)
    assert proposals.decline(proposal.pk, by=by).state == "declined"
    assert address(proposal) == "Rue des Oliviers"
    assert history.owned([proposal.cooperative_id]) == {proposal.cooperative_id: {"address"}}
    for answer in (proposals.accept, proposals.decline):
        with pytest.raises(AlreadyDecided):
            answer(proposal.pk, by=by)
    assert address(proposal) == "Rue des Oliviers"


def test_only_who_manages_answers(proposal: Proposal):
    seller = member(proposal.cooperative, "seller")
    stranger = member(CooperativeFactory())
    for by, refusal in ((seller, NotAllowed), (stranger, NotFound), (staff(), NotFound)):
        for answer in (proposals.accept, proposals.decline):
            with pytest.raises(refusal):
                answer(proposal.pk, by=by)
    with pytest.raises(NotFound):
        proposals.accept(0, by=stranger)
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
