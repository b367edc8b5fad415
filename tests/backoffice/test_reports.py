"""Reported errors: settled or declined, once."""

from __future__ import annotations

import pytest

from taawon.cooperatives.models import Report
from tests.backoffice.build import levels, lines
from tests.factories import CooperativeFactory


@pytest.fixture
def agent(house):
    return house.browser("agent")


def test_the_oldest_first_of_the_region(house, agent):
    newer = Report.objects.create(cooperative=CooperativeFactory(), kind="other", text="Fermée.")

    rows = agent.get("/backoffice/reports/").context["rows"]
    assert [row["report"] for row in rows] == [house.report, newer]
    assert house.browser("elsewhere").get("/backoffice/reports/").context["rows"] == []


def test_settled(house, agent):
    address = f"/backoffice/reports/{house.report.pk}/settle/"
    assert levels(agent.post(address, {"answer": "Corrigé."})) == ["success"]

    house.report.refresh_from_db()
    assert (house.report.state, house.report.answer) == ("settled", "Corrigé.")
    assert lines()[-1] == ("report-settled", "staff", house.people["agent"].pk)
    assert levels(agent.post(address)) == ["warning"]
    rows = agent.get("/backoffice/reports/?state=settled").context["rows"]
    assert [row["report"] for row in rows] == [house.report]


def test_declined_needs_an_answer(house, agent):
    address = f"/backoffice/reports/{house.report.pk}/decline/"
    assert levels(agent.post(address, {"answer": " "})) == ["warning"]
    house.report.refresh_from_db()
    assert house.report.state == "waiting"

    agent.post(address, {"answer": "Le registre dit autre chose."})
    house.report.refresh_from_db()
    assert house.report.state == "declined"
