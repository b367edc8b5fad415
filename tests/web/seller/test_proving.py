"""The short way to a shop, and what is shown while two people ask for it."""

from __future__ import annotations

import pytest

from taawon.cooperatives.models import Claim, Membership
from taawon.cooperatives.services import claims
from taawon.cooperatives.states import Role
from tests.cooperatives.claiming import ON_RECORD, begin, by_papers, let_in, the_code
from tests.factories import (
    CooperativeFactory,
    MembershipFactory,
    PersonFactory,
    ShopFactory,
    actor,
    staff,
)
from tests.web.seller.test_opening import claim as claim_by_papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return CooperativeFactory(phone_on_record=ON_RECORD)


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def browser(client, person):
    client.force_login(person)
    return client


def test_only_a_part_of_the_number_is_shown(browser, entry):
    page = browser.get(f"/fr/seller/open/{entry.pk}/").content.decode()
    assert "+212 6•• ••• •78" in page
    assert ON_RECORD not in page
    assert "612345678" not in page
    without = CooperativeFactory()
    assert "••" not in browser.get(f"/fr/seller/open/{without.pk}/").content.decode()


def test_by_code(browser, entry, person):
    sent = browser.post(f"/fr/seller/open/{entry.pk}/code/", {"role": "manager"})
    made = Claim.objects.get()
    assert sent["Location"] == f"/fr/seller/requests/{made.pk}/code/"
    assert "•" in browser.get(sent["Location"]).content.decode()

    wrong = browser.post(sent["Location"], {"code": "12"})
    assert (wrong.status_code, Membership.objects.count()) == (422, 0)
    done = browser.post(sent["Location"], {"code": the_code()})

    assert done["Location"] == f"/fr/seller/requests/{made.pk}/"
    assert Membership.objects.get().role == Role.MANAGER
    assert browser.get(done["Location"]).status_code == 200
    assert browser.get(sent["Location"])["Location"] == done["Location"]
    assert browser.get("/fr/seller/").status_code == 200


def test_another_code(browser, entry):
    browser.post(f"/fr/seller/open/{entry.pk}/code/", {"role": "president"})
    address = f"/fr/seller/requests/{Claim.objects.get().pk}/code/"
    again = browser.post(address, {"again": "1"})
    assert again["Location"] == address
    browser.post(address, {"code": the_code()})
    assert Membership.objects.count() == 1


def test_of_somebody_else_and_of_nothing(browser, entry):
    begun = begin(entry, actor(PersonFactory()))
    assert browser.get(f"/fr/seller/requests/{begun.pk}/code/").status_code == 404
    assert browser.post(f"/fr/seller/requests/{begun.pk}/code/", {"code": "1"}).status_code == 404
    assert browser.post("/fr/seller/open/0/code/").status_code == 404
    landline = CooperativeFactory(phone_on_record="+212528123456")
    refused = browser.post(f"/fr/seller/open/{landline.pk}/code/")
    assert refused["Location"] == f"/fr/seller/open/{landline.pk}/"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_while_two_ask_no_page_of_the_workspace_opens(client, entry, language):
    first = let_in(entry)
    by_papers(entry, actor(PersonFactory()))
    client.force_login(Membership.objects.get().person)

    for page in ("", "orders/", "products/", "shop/", "members/"):
        shown = client.get(f"/{language}/seller/{page}")
        assert shown.status_code == 409
        assert "seller/dispute.html" in [one.name for one in shown.templates]
    changed = client.post(f"/{language}/seller/shop/about/", {"about_fr": "Nous"})
    assert changed.status_code == 409
    entry.refresh_from_db()
    assert not entry.about_fr
    assert first.person_id == Membership.objects.get().person_id


def test_a_second_shop_still_opens(client, entry):
    let_in(entry)
    person = Membership.objects.get().person
    other = ShopFactory().cooperative
    MembershipFactory(cooperative=other, person=person)
    by_papers(entry, actor(PersonFactory()))
    client.force_login(person)
    assert client.get("/fr/seller/").status_code == 409

    client.post("/fr/seller/switch/", {"shop": other.pk})

    assert client.get("/fr/seller/").status_code == 200


def test_the_former_president_is_out_at_the_next_request(client):
    """A page is open, another president is approved, a button is pressed."""
    coop = ShopFactory(pickup_place="Ici").cooperative
    former = MembershipFactory(cooperative=coop).person
    client.force_login(former)
    assert client.get("/fr/seller/shop/").status_code == 200
    claim = by_papers(coop, actor(PersonFactory()), succession=True)

    claims.approve(claim.pk, by=staff())

    pressed = client.post("/fr/seller/shop/about/", {"about_fr": "Nous", "phone": "0612345678"})
    assert pressed["Location"] == "/fr/seller/open/"
    assert client.get("/fr/seller/")["Location"] == "/fr/seller/open/"
    coop.refresh_from_db()
    assert (coop.about_fr or "", coop.phone) == ("", "")


def test_after_elections_by_the_page(browser, entry):
    claim_by_papers(browser, entry, succession="on")
    assert Claim.objects.get().succession is True


def test_an_entry_that_went_is_claimed_where_it_went(browser, entry):
    gone = CooperativeFactory(merged_into=entry)
    moved = browser.get(f"/fr/seller/open/{gone.pk}/")
    assert moved["Location"] == f"/fr/seller/open/{entry.pk}/"
