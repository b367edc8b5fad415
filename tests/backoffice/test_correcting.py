"""The form that corrects an entry, from its page or from a report."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from taawon.cooperatives import history
from taawon.cooperatives.models import Cooperative, Revision
from taawon.cooperatives.services.shop import update_about
from taawon.places.models import Commune
from tests.backoffice.build import World, levels, lines
from tests.factories import SectorFactory, member

SAID = {"source": "Statuts vus à Tiznit", "as_of": "2026-05-04"}


@pytest.fixture
def agent(house: World) -> Client:
    Commune.objects.create(code="09.1", name_fr="Aglou", province_id=house.coop.province_id)
    Cooperative.objects.filter(pk=house.coop.pk).update(
        capital_centimes=4_900_050, phone_on_record="+212612345678", commune_id="09.1"
    )
    return house.browser("agent")


def at(house: World) -> str:
    return f"/backoffice/cooperatives/{house.coop.pk}/correct/"


def filled(page: Any, **typed: str) -> dict[str, str]:
    """What a browser would send: the form as it stands, with other words in some fields."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | SAID | typed


def test_reached_from_the_page_of_the_entry(house: World, agent: Client) -> None:
    assert f'href="{at(house)}"' in agent.get(f"/backoffice/cooperatives/{house.coop.pk}/").text
    form = agent.get(at(house)).context["form"]
    shown = {name: form[name].value() for name in ("commune", "capital", "phone", "is_womens")}
    assert shown == {
        "commune": "Aglou",
        "capital": "49000,50",
        "phone": "06 12 34 56 78",
        "is_womens": "0",
    }


def test_only_what_was_typed_is_corrected(house: World, agent: Client) -> None:
    page = agent.get(at(house))
    answer = agent.post(at(house), filled(page, women="١٤", is_youth="1", president=""))
    assert (answer.status_code, levels(answer)) == (302, ["success"])
    assert answer["Location"] == f"/backoffice/cooperatives/{house.coop.pk}/"
    revision = Revision.objects.latest("pk")
    assert revision.changes == {"women": [12, 14], "is_youth": [False, True]}
    assert (revision.title, str(revision.as_of)) == (SAID["source"], "2026-05-04")
    assert lines()[-1] == ("entry-corrected", "staff", house.people["agent"].pk)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"source": ""}, "source"),
        ({"as_of": ""}, "as_of"),
        ({"as_of": "2999-01-01"}, "as_of"),
        ({"women": "douze"}, "women"),
        ({"commune": "Atlantide"}, "commune"),
        ({"name_fr": "", "name_ar": ""}, "name_fr"),
        ({"status": "perdue"}, "status"),
        ({"seen": "nonsense"}, "seen"),
        ({}, "__all__"),
    ],
)
def test_what_is_refused_is_said_at_its_field(
    house: World, agent: Client, typed: dict[str, str], field: str
) -> None:
    before = history.values(Cooperative.objects.get(pk=house.coop.pk))
    answer = agent.post(at(house), filled(agent.get(at(house)), **typed))
    assert answer.status_code == 422
    assert [*answer.context["form"].errors] == [field]
    assert history.values(Cooperative.objects.get(pk=house.coop.pk)) == before
    assert Revision.objects.count() == 1  # of the house


def test_the_second_of_two_sees_what_the_first_changed(house: World, agent: Client) -> None:
    mine, theirs = agent.get(at(house)), house.browser("administrator")
    theirs.post(at(house), filled(theirs.get(at(house)), women="13", address="Rue 3"))

    answer = agent.post(at(house), filled(mine, men="9", women="15"))

    assert answer.status_code == 422
    assert [one["new"] for one in answer.context["meanwhile"]] == [
        '<span dir="auto">Rue 3</span>',
        "<bdi>13</bdi>",
    ]
    form = answer.context["form"]
    assert (form["women"].value(), form["men"].value()) == ("15", "9")
    assert form["address"].value() == "Rue 3"
    # Whoever has looked saves again, and loses nothing of the first.
    assert agent.post(at(house), filled(answer)).status_code == 302
    found = Cooperative.objects.get(pk=house.coop.pk)
    assert (found.women, found.men, found.address) == (15, 9, "Rue 3")


def test_what_the_cooperative_wrote_itself(house: World, agent: Client) -> None:
    by = member(house.coop)
    update_about(house.coop.pk, about={}, phone="0528860000", address="Rue 1", by=by)
    form = agent.get(at(house)).context["form"]
    assert "public_phone" not in form.fields
    assert (bool(form["address"].help_text), bool(form["court"].help_text)) == (True, False)


def test_from_a_report_and_back(house: World, agent: Client) -> None:
    address = f"{at(house)}?report={house.report.pk}"
    assert f'href="{address}"' in agent.get("/backoffice/reports/").text
    settle = f"/backoffice/reports/{house.report.pk}/settle/"
    assert levels(agent.post(settle)) == ["warning"]

    page = agent.get(address)
    assert "Le nom est faux." in page.text
    answer = agent.post(address, filled(page, name_fr="Le bon nom"))
    assert answer["Location"] == f"/backoffice/reports/#report-{house.report.pk}"
    [row] = agent.get("/backoffice/reports/").context["rows"]
    assert row["corrected"] == Revision.objects.latest("pk").at
    assert levels(agent.post(settle)) == ["success"]


def test_a_report_of_another_entry_is_none(house: World, agent: Client) -> None:
    for asked in ("x", "0", "9" * 30):
        assert agent.get(f"{at(house)}?report={asked}").context["report"] is None


def test_taken_back(house: World, agent: Client) -> None:
    back = f"/backoffice/cooperatives/{house.coop.pk}/revisions/{house.correction.pk}/back/"
    answer = agent.post(back)
    assert levels(answer) == ["success"]
    assert answer["Location"] == f"/backoffice/cooperatives/{house.coop.pk}/?show=journal"
    assert Cooperative.objects.get(pk=house.coop.pk).women == 0
    assert levels(agent.post(back)) == ["warning"]
    other = back.replace(f"/{house.coop.pk}/", f"/{house.twin.pk}/", 1)
    assert agent.post(other).status_code == 404


def test_a_sector_can_be_chosen(house: World, agent: Client) -> None:
    SectorFactory(code="honey", name_fr="Miel", name_ar="عسل")
    agent.post(at(house), filled(agent.get(at(house)), sector="honey", status="struck_off"))
    found = Cooperative.objects.get(pk=house.coop.pk)
    assert (found.sector_id, found.status) == ("honey", "struck_off")
