"""Papers that come after the claim."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import storages

from taawon.cooperatives import papers
from taawon.cooperatives.errors import AlreadyDecided, BadPaper, PaperNeeded, TooManyPapers
from taawon.cooperatives.models import Claim, ClaimPaper, Cooperative
from taawon.cooperatives.papers import NewPaper
from taawon.cooperatives.services import claims, evidence
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from tests import trail
from tests.cooperatives.claiming import ON_RECORD, begin, by_papers, let_in
from tests.cooperatives.files import PDF
from tests.factories import CooperativeFactory, PersonFactory, actor, staff

pytestmark = pytest.mark.django_db
PAPER = NewPaper("PV.pdf", PDF)


@pytest.fixture
def entry() -> Cooperative:
    return CooperativeFactory(phone_on_record=ON_RECORD)


def of(by: Actor) -> Claim:
    return Claim.objects.get(person=by.person_id)


def stored() -> list[str]:
    try:
        return sorted(storages["private"].listdir("claims")[1])
    except FileNotFoundError:
        return []


def test_who_is_locked_out_adds_papers(entry: Cooperative) -> None:
    first = let_in(entry)
    by_papers(entry, actor(PersonFactory()))

    evidence.add(of(first).pk, [PAPER, PAPER], by=first)

    kept = list(ClaimPaper.objects.filter(claim=of(first)))
    assert [(one.title, one.content_type) for one in kept] == [("PV.pdf", "application/pdf")] * 2
    assert trail.names()[-1] == "claim-papers-added"
    assert papers.read(kept[0].pk, by=staff()).content == PDF
    assert papers.read(kept[0].pk, by=first).content == PDF
    with pytest.raises(NotFound):
        papers.read(kept[0].pk, by=actor(PersonFactory()))


def test_who_waits_adds_papers(entry: Cooperative) -> None:
    by = actor(PersonFactory())
    claim = by_papers(entry, by)
    evidence.add(claim.pk, [PAPER], by=by)
    assert claim.papers.count() == 2


def test_when_nothing_can_be_added(entry: Cooperative) -> None:
    first = let_in(entry)
    refused = by_papers(entry, actor(PersonFactory()))
    claims.refuse(refused.pk, "Illisible.", by=staff())
    other = CooperativeFactory(phone_on_record=ON_RECORD)
    awaited = begin(other, actor(PersonFactory()))
    before = stored()
    for claim in (of(first), refused, awaited):
        with pytest.raises(AlreadyDecided):
            evidence.add(claim.pk, [PAPER], by=actor(claim.person))
    assert (stored(), ClaimPaper.objects.filter(claim=of(first)).count()) == (before, 0)


def test_only_ones_own(entry: Cooperative) -> None:
    claim = by_papers(entry, actor(PersonFactory()))
    for by in (actor(PersonFactory()), staff(), Actor.system()):
        with pytest.raises(NotFound):
            evidence.add(claim.pk, [PAPER], by=by)
    with pytest.raises(NotFound):
        evidence.add(0, [PAPER], by=actor(claim.person))
    assert claim.papers.count() == 1


@pytest.mark.parametrize(
    ("brought", "refusal"),
    [([], PaperNeeded), ([NewPaper("x", b"MZ")], BadPaper), ([PAPER] * 9, TooManyPapers)],
)
def test_hostile_papers(entry: Cooperative, brought: Any, refusal: type[Exception]) -> None:
    claim = by_papers(entry, actor(PersonFactory()))
    before = stored()
    with pytest.raises(refusal):
        evidence.add(claim.pk, brought, by=actor(claim.person))
    assert (claim.papers.count(), stored()) == (1, before)


def test_no_more_than_sixteen_in_all(entry: Cooperative) -> None:
    claim = by_papers(entry, actor(PersonFactory()))
    by = actor(claim.person)
    evidence.add(claim.pk, [PAPER] * 8, by=by)
    before = stored()
    with pytest.raises(TooManyPapers):
        evidence.add(claim.pk, [PAPER] * 8, by=by)
    assert (claim.papers.count(), stored()) == (9, before)
    evidence.add(claim.pk, [PAPER] * 7, by=by)
    assert claim.papers.count() == evidence.MOST_IN_ALL == 16
