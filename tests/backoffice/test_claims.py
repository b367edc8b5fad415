"""Requests: decided once, with papers that can do no harm."""

from __future__ import annotations

import pytest

from taawon.cooperatives.models import Membership, Shop
from tests.backoffice.build import levels, lines, paper_of
from tests.factories import ClaimFactory, CooperativeFactory


@pytest.fixture
def agent(house):
    return house.browser("agent")


def test_the_oldest_first_and_only_of_the_region(house, agent):
    elsewhere = house.browser("elsewhere")
    newer = ClaimFactory(cooperative=CooperativeFactory())

    assert [row["claim"] for row in agent.get("/backoffice/claims/").context["rows"]] == [
        house.claim,
        newer,
    ]
    assert elsewhere.get("/backoffice/claims/").context["rows"] == []
    administrator = house.browser("administrator")
    assert administrator.get("/backoffice/claims/?region=MA-01").context["rows"] == []
    assert len(administrator.get("/backoffice/claims/?region=nonsense").context["rows"]) == 2


def test_approving_opens_the_shop(house, agent):
    answer = agent.post(f"/backoffice/claims/{house.claim.pk}/approve/")

    house.claim.refresh_from_db()
    assert house.claim.state == "approved"
    assert Shop.objects.get(pk=house.claim.cooperative_id).state == "open"
    assert Membership.objects.filter(person=house.claim.person, role="president").count() == 1
    agent_id = house.people["agent"].pk
    assert lines() == [
        ("claim-approved", "staff", agent_id),
        ("member-joined", "staff", agent_id),
        ("shop-opened", "staff", agent_id),
    ]
    assert answer["Location"] == f"/backoffice/claims/{house.claim.pk}/"


def test_two_press_at_once_and_one_decides(house, agent):
    other = house.browser("administrator")
    agent.post(f"/backoffice/claims/{house.claim.pk}/refuse/", {"reason": "Illisible"})
    before = lines()

    for answer in (
        other.post(f"/backoffice/claims/{house.claim.pk}/approve/"),
        other.post(f"/backoffice/claims/{house.claim.pk}/refuse/", {"reason": "Autre"}),
    ):
        assert answer.status_code == 302
        assert levels(answer) == ["warning"]
    house.claim.refresh_from_db()
    assert (house.claim.state, house.claim.reason) == ("refused", "Illisible")
    assert lines() == before == [("claim-refused", "staff", house.people["agent"].pk)]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_a_refusal_needs_its_reason(house, agent, reason):
    answer = agent.post(f"/backoffice/claims/{house.claim.pk}/refuse/", {"reason": reason})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reason"]
    house.claim.refresh_from_db()
    assert house.claim.state == "pending"
    assert lines() == []


def test_nobody_decides_on_their_own(house):
    claim = ClaimFactory(cooperative=house.coop, person=house.people["administrator"])
    administrator = house.browser("administrator")

    page = administrator.get(f"/backoffice/claims/{claim.pk}/")
    answer = administrator.post(f"/backoffice/claims/{claim.pk}/approve/")

    assert page.context["may_decide"] is False
    assert answer.status_code == 403
    claim.refresh_from_db()
    assert claim.state == "pending"


@pytest.mark.parametrize(
    ("kind", "served", "disposition"),
    [
        ("application/pdf", "application/pdf", 'attachment; filename="paper-{pk}.pdf"'),
        ("image/jpeg", "image/jpeg", 'inline; filename="paper-{pk}.jpg"'),
        ("text/html", "application/octet-stream", 'attachment; filename="paper-{pk}.bin"'),
        ("image/svg+xml", "application/octet-stream", 'attachment; filename="paper-{pk}.bin"'),
    ],
)
def test_a_paper_can_do_nothing(house, agent, kind, served, disposition):
    paper = paper_of(house.claim, b"<script>alert(1)</script>", kind)

    answer = agent.get(f"/backoffice/papers/{paper.pk}/")

    assert answer.getvalue() == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == served
    assert answer["Content-Disposition"] == disposition.format(pk=paper.pk)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; frame-ancestors 'none'"
    )
    assert answer["Cache-Control"] == "private, no-store"


def test_a_paper_whose_file_is_gone(house, agent):
    house.paper.file = "claims/gone.pdf"
    house.paper.save()

    assert agent.get(f"/backoffice/papers/{house.paper.pk}/").status_code == 404


def test_as_a_spreadsheet(house, agent):
    answer = agent.get("/backoffice/claims/?file=csv")
    text = answer.getvalue().decode()

    assert answer["Content-Disposition"].startswith('attachment; filename="taawon-requests-')
    assert len(text.splitlines()) == 2
    assert house.claim.cooperative.name_fr in text
    sheet = agent.get("/backoffice/claims/?file=xlsx")
    assert sheet.getvalue()[:2] == b"PK"
