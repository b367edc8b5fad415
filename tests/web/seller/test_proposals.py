"""Where the register says otherwise than the cooperative wrote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taawon.cooperatives.models import ImportBatch, Proposal
from taawon.cooperatives.states import Role
from tests.web.seller.build import Stand, stand


def propose(shop: Stand, field: str = "address", value: Any = "Douar Aglou") -> Proposal:
    batch, _new = ImportBatch.objects.get_or_create(
        filename="r.csv", defaults={"source": "Registre central", "as_of": date(2026, 3, 1)}
    )
    return Proposal.objects.create(cooperative=shop.coop, batch=batch, field=field, value=value)


def test_what_is_asked_and_what_is_to_be_done(shop):
    propose(shop)
    propose(shop, "women", 13)
    rows = shop.get("register/").context["rows"]
    assert [(row["own"], row["other"], row["source"]) for row in rows] == [
        ("–", '<span dir="auto">Douar Aglou</span>', "Registre central"),
        ("<bdi>0</bdi>", "<bdi>13</bdi>", "Registre central"),
    ]
    [todo] = [one for one in shop.get("").context["todo"] if one["url"] == "/fr/seller/register/"]
    assert todo["count"] == 2


@pytest.mark.parametrize(
    ("verb", "state", "address"),
    [("accept", "accepted", "Douar Aglou"), ("decline", "declined", "")],
)
def test_an_answer(shop, verb, state, address):
    proposal = propose(shop)
    for _again in range(2):
        shop.post(f"register/{proposal.pk}/{verb}/")
    proposal.refresh_from_db()
    shop.coop.refresh_from_db()
    assert (proposal.state, shop.coop.address) == (state, address)
    assert shop.get("register/").context["rows"] == []


def test_another_cooperatives_question_is_not_there(shop, other):
    proposal = propose(other)
    assert shop.post(f"register/{proposal.pk}/accept/").status_code == 404
    proposal.refresh_from_db()
    assert proposal.state == "waiting"


@pytest.mark.django_db
def test_a_seller_reads_and_does_not_answer():
    shop = stand(Role.SELLER)
    proposal = propose(shop)
    assert "/accept/" not in shop.get("register/").text
    assert shop.post(f"register/{proposal.pk}/accept/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_questions_cost_the_same_for_any_number(shop, count, django_assert_num_queries):
    for field in ("address", "court", "president")[:count]:
        propose(shop, field)
    shop.get("register/")
    with django_assert_num_queries(4):
        shop.get("register/")
