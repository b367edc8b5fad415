"""Who lost a dispute reads so, and who is in one adds papers from the page."""

from __future__ import annotations

import pytest
from django.test import Client

from taawon.accounts.models import Person
from taawon.cooperatives.models import Claim, ClaimPaper, Cooperative
from taawon.cooperatives.services import claims, members
from taawon.core.actor import Actor
from tests.cooperatives.claiming import ON_RECORD, by_papers, let_in
from tests.factories import CooperativeFactory, PersonFactory, actor, staff
from tests.web.seller.test_opening import paper

pytestmark = pytest.mark.django_db
GONE = "You no longer speak for"


@pytest.fixture
def entry() -> Cooperative:
    return CooperativeFactory(phone_on_record=ON_RECORD)


def login(client: Client, by: Actor) -> str:
    """The address of their request."""
    client.force_login(Person.objects.get(pk=by.person_id))
    return f"/en/seller/requests/{Claim.objects.get(person=by.person_id).pk}/"


def test_who_lost_reads_so(client: Client, entry: Cooperative) -> None:
    first, second = let_in(entry), actor(PersonFactory())
    address = login(client, first)
    assert "The shop is yours to run." in client.get(address).text
    claims.approve(by_papers(entry, second).pk, by=staff())

    page = client.get(address).text

    assert "The shop is yours to run." not in page
    assert "You no longer speak for this cooperative." in page
    assert "The national team has found that somebody else speaks for it." in page
    assert f'href="/en/seller/open/{entry.pk}/#papers"' in page
    assert GONE in client.get("/en/seller/open/").text
    won = login(client, second)
    assert "The shop is yours to run." in client.get(won).text
    assert GONE not in client.get("/en/seller/open/").text


def test_who_left_reads_so(client: Client, entry: Cooperative) -> None:
    by = actor(PersonFactory())
    claims.approve(by_papers(entry, by).pk, by=staff())
    other = members.invite(entry.pk, "0655000000", "Rahma", "president", by=by)
    members.remove(other.cooperative.memberships.get(person=by.person_id).pk, by=by)
    assert "You left it yourself." in client.get(login(client, by)).text


@pytest.mark.parametrize("page", ["workspace", "request"])
def test_papers_are_added_to_a_dispute(client: Client, entry: Cooperative, page: str) -> None:
    first = let_in(entry)
    by_papers(entry, actor(PersonFactory()))
    address = login(client, first)
    shown = client.get("/en/seller/" if page == "workspace" else address)
    assert shown.status_code == (409 if page == "workspace" else 200)
    assert f'action="{address}papers/"' in shown.text

    sent = client.post(f"{address}papers/", {"papers": [paper("minutes.pdf")]})

    assert (sent.status_code, sent["Location"]) == (302, address)
    kept = ClaimPaper.objects.get(claim__person=first.person_id)
    assert kept.title == "minutes.pdf"
    assert "minutes.pdf" in client.get(address).text
    assert "minutes.pdf" in client.get("/en/seller/").text


def test_a_paper_that_is_none_is_refused_with_its_reason(
    client: Client, entry: Cooperative
) -> None:
    by = actor(PersonFactory())
    by_papers(entry, by)
    address = login(client, by)
    for brought in ([], [paper("virus.pdf", b"MZ")]):
        sent = client.post(f"{address}papers/", {"papers": brought})
        assert sent.status_code == 422
        assert "error-summary" in sent.text
    assert ClaimPaper.objects.count() == 1


def test_nothing_is_added_to_what_is_settled(client: Client, entry: Cooperative) -> None:
    by = actor(PersonFactory())
    claims.approve(by_papers(entry, by).pk, by=staff())
    address = login(client, by)
    assert "papers/" not in client.get(address).text.replace("/seller/papers/", "")
    sent = client.post(f"{address}papers/", {"papers": [paper()]}, follow=True)
    assert "This request has already been decided." in sent.text
    assert ClaimPaper.objects.count() == 1
    client.force_login(PersonFactory())
    assert client.post(f"{address}papers/", {"papers": [paper()]}).status_code == 404


def test_who_was_brought_in_by_others_has_no_request(client: Client, entry: Cooperative) -> None:
    first = let_in(entry)
    brought = members.invite(entry.pk, "0655000000", "Rahma", "seller", by=first)
    by_papers(entry, actor(PersonFactory()))
    client.force_login(brought.person)
    page = client.get("/en/seller/")
    assert page.status_code == 409
    assert "/papers/" not in page.text
