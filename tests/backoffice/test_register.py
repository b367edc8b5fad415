"""A cooperative is put on the register by hand, and its shop is opened by phone."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from taawon.catalogue.models import Product
from taawon.cooperatives.models import Cooperative, Invitation, Shop
from taawon.cooperatives.services import opening
from taawon.core import memory
from taawon.core.actor import Actor, Channel
from taawon.places.models import Commune
from tests.backoffice.build import levels, lines
from tests.factories import CooperativeFactory, InvitationFactory, ProvinceFactory, RegionFactory

ADD = "/backoffice/cooperatives/add/"
NUMBER = "+212677889900"
ENTRY = {
    "name_fr": "Tiwizi n’Ighrem",
    "name_ar": "تيويزي",
    "registration_kind": "register",
    "registration_number": "٤٢/٢٠٢٤",
    "registered_on": "2024-03-01",
    "sector_code": "argan",
    "province_code": "MA-TIZ",
    "address": "Douar Ighrem",
    "phone": "05 28 86 00 00",
    "is_womens": "on",
    "women": "١٢",
    "men": "0",
}
INVITED = {
    "name": "Rahma Tiwi",
    "phone": "0677889900",
    "role": "president",
    "language": "ar",
    "checked": "Papiers vus à la délégation",
}


@pytest.fixture
def agent(house):
    return house.browser("agent")


def added() -> Cooperative | None:
    return Cooperative.objects.filter(name_fr="Tiwizi n’Ighrem").first()


def test_an_agent_adds_a_cooperative(house, agent):
    answer = agent.post(ADD, ENTRY)

    entry = added()
    assert entry is not None
    assert answer["Location"] == f"/backoffice/cooperatives/{entry.pk}/"
    assert (entry.name_ar, entry.registration_number, entry.registered_on) == (
        "تيويزي",
        "٤٢/٢٠٢٤",
        date(2024, 3, 1),
    )
    assert (entry.region_id, entry.phone, entry.is_womens) == ("MA-09", "+212528860000", True)
    assert (entry.women, entry.men, entry.commune) == (12, 0, None)
    assert lines() == [("cooperative-added", "staff", house.people["agent"].pk)]
    page = agent.get(answer["Location"]).content.decode()
    assert 'name="checked"' in page
    assert ADD in agent.get("/backoffice/cooperatives/").content.decode()


def test_provinces_are_those_that_one_looks_after(house, agent):
    ProvinceFactory(code="MA-TNG", name_fr="Tanger-Assilah", region=RegionFactory(code="MA-01"))

    def provinces(visitor):
        field = house.browser(visitor).get(ADD).context["form"].fields["province_code"]
        return [code for _region, group in field.choices[1:] for code, _name in group]

    assert provinces("agent") == ["MA-TIZ"]
    assert provinces("elsewhere") == ["MA-TNG"]
    assert provinces("administrator") == ["MA-TNG", "MA-TIZ"]
    refused = agent.post(ADD, ENTRY | {"province_code": "MA-TNG"})
    assert (refused.status_code, added()) == (422, None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_fr": "", "name_ar": "", "name_en": "Tiwizi"}, "name_fr"),
        ({"registration_number": ""}, "registration_number"),
        ({"registration_kind": "rumour"}, "registration_kind"),
        ({"registered_on": "2999-01-01"}, "registered_on"),
        ({"sector_code": ""}, "sector_code"),
        ({"province_code": ""}, "province_code"),
        ({"phone": "12"}, "phone"),
        ({"women": "-3"}, "women"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(house, agent, wrong, field):
    before = Cooperative.objects.count()

    answer = agent.post(ADD, ENTRY | wrong)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert (Cooperative.objects.count(), lines()) == (before, [])


def test_a_registration_stands_once(house, agent):
    agent.post(ADD, ENTRY)
    again = agent.post(ADD, ENTRY)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["__all__"])
    assert Cooperative.objects.filter(name_fr="Tiwizi n’Ighrem").count() == 1


def test_a_commune_by_its_name(house, agent):
    assert "commune" not in agent.get(ADD).context["form"].fields
    place = {"name_fr": "Ida Ougoumad", "name_ar": "إدا أوكماض"}
    Commune.objects.create(code="09.1", province_id="MA-TIZ", **place)
    memory.forget()

    unknown = agent.post(ADD, ENTRY | {"commune": "Casablanca"})
    assert list(unknown.context["form"].errors) == ["commune"]
    agent.post(ADD, ENTRY | {"commune": "ida  OUGOUMAD"})
    agent.post(ADD, ENTRY | {"commune": "ادا اوكماض", "registration_number": "2"})

    assert set(
        Cooperative.objects.filter(name_fr="Tiwizi n’Ighrem").values_list("commune", flat=True)
    ) == {"09.1"}


def test_from_the_desk_to_the_shop(house, agent):
    coop = CooperativeFactory()
    base, who = f"/backoffice/cooperatives/{coop.pk}/", house.people["agent"].pk

    assert agent.post(f"{base}invite/", INVITED)["Location"] == base
    invitation = Invitation.objects.get(cooperative=coop)
    assert (invitation.phone, invitation.language, Shop.objects.filter(pk=coop.pk).count()) == (
        NUMBER,
        "ar",
        0,
    )
    page = agent.get(base).content.decode()
    assert f'href="tel:{NUMBER}"' in page
    assert INVITED["checked"] in page
    assert f"{base}invitations/{invitation.pk}/again/" in page

    opening.confirm(invitation.pk, NUMBER, by=Actor(person_id=None, channel=Channel.SMS))

    page = agent.get(base).content.decode()
    assert f"{base}invitations/{invitation.pk}/again/" not in page
    assert Shop.objects.filter(pk=coop.pk).exists()
    person = coop.memberships.get().person_id
    assert lines() == [
        ("invitation-made", "staff", who),
        ("person-joined", "sms", person),
        ("invitation-confirmed", "sms", person),
        ("member-joined", "sms", person),
        ("shop-opened", "sms", person),
    ]


def test_what_was_checked_stands_in_the_trail(house, agent):
    coop = CooperativeFactory()
    agent.post(f"/backoffice/cooperatives/{coop.pk}/invite/", INVITED)
    for path in (
        f"/backoffice/cooperatives/{coop.pk}/?show=journal",
        f"/backoffice/audit/?subject=cooperatives.cooperative:{coop.pk}",
    ):
        answer = agent.get(path)
        assert [line.note for line in answer.context["lines"]] == [INVITED["checked"]]
        assert INVITED["checked"] in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"checked": ""}, "checked"),
        ({"name": " "}, "name"),
        ({"phone": "0528123456"}, "phone"),
        ({"role": "seller"}, "role"),
        ({"language": "de"}, "language"),
    ],
)
def test_an_invitation_says_what_is_wrong(house, agent, wrong, field):
    coop = CooperativeFactory()
    answer = agent.post(f"/backoffice/cooperatives/{coop.pk}/invite/", INVITED | wrong)
    assert answer.status_code == 422
    assert list(answer.context["invitation"].errors) == [field]
    assert (Invitation.objects.filter(cooperative=coop).count(), lines()) == (0, [])


def test_again_and_withdrawn(house, agent):
    base = f"/backoffice/cooperatives/{house.coop.pk}/"
    path, who = f"{base}invitations/{house.invitation.pk}/", house.people["agent"].pk
    Invitation.objects.update(told_at=timezone.now() - timedelta(hours=2))

    assert levels(agent.post(f"{path}again/")) == ["success"]
    assert levels(agent.post(f"{path}again/")) == ["warning"]
    assert levels(agent.post(f"{path}withdraw/")) == ["success"]
    answer = agent.post(f"{path}withdraw/")

    assert (answer["Location"], levels(answer)) == (base, ["warning"])
    house.invitation.refresh_from_db()
    assert (house.invitation.state, house.invitation.times_told) == ("withdrawn", 2)
    assert lines() == [
        ("invitation-repeated", "staff", who),
        ("invitation-withdrawn", "staff", who),
    ]


@pytest.mark.parametrize("state", ["waiting", "confirmed", "declined", "withdrawn", "expired"])
def test_every_state_is_told(house, agent, state):
    InvitationFactory(
        cooperative=house.coop, state=state, settled_at=timezone.now(), role="manager"
    )
    assert agent.get(f"/backoffice/cooperatives/{house.coop.pk}/").status_code == 200


def test_nobody_is_invited_to_what_is_no_longer_active(house, agent):
    gone = CooperativeFactory(status="dissolved")
    page = agent.get(f"/backoffice/cooperatives/{gone.pk}/").content.decode()
    assert 'name="checked"' not in page
    refused = agent.post(f"/backoffice/cooperatives/{gone.pk}/invite/", INVITED)
    assert (refused.status_code, Invitation.objects.filter(cooperative=gone).count()) == (422, 0)


def test_a_product_that_an_agent_adds_stays_a_draft_without_a_picture(house, agent):
    agent.post(f"/backoffice/cooperatives/{house.coop.pk}/behalf/")
    path = agent.post("/fr/seller/products/add/later/")["Location"]
    product = Product.objects.latest("pk")

    agent.post(f"{path}publish/")

    product.refresh_from_db()
    assert (product.cooperative, product.state, product.cover) == (house.coop, "draft", "")


def test_a_no_of_somebody_unknown_is_no_deed_of_the_system(house, agent):
    invitation = InvitationFactory()
    opening.decline(invitation.pk, invitation.phone, by=Actor(person_id=None, channel=Channel.SMS))
    answer = agent.get(f"/backoffice/cooperatives/{invitation.cooperative_id}/?show=journal")
    assert [line.who for line in answer.context["lines"]] == ["Sans compte"]


def test_no_two_parts_of_the_page_bear_one_id(house, agent):
    page = agent.get(f"/backoffice/cooperatives/{house.coop.pk}/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
