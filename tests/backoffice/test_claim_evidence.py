"""What a claim is decided by: the register's values, their sources, and what agrees with them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from taawon.cooperatives import history
from taawon.cooperatives.models import Claim, Cooperative, Membership
from taawon.cooperatives.services import claims, evidence
from taawon.cooperatives.states import Source
from taawon.core.actor import Actor
from taawon.core.phone import readable
from taawon.web import register_words
from tests.cooperatives.claiming import ON_RECORD, by_papers, let_in
from tests.cooperatives.services.test_evidence import PAPER
from tests.factories import CooperativeFactory, PersonFactory, actor, staff


@pytest.fixture
def agent(house: Any) -> Any:
    return house.browser("agent")


def registered(**more: Any) -> Cooperative:
    facts = {
        "president": "Rahma Tiwi",
        "phone_on_record": ON_RECORD,
        "registration_number": "12/2020",
        "court": "Tiznit",
        "registered_on": date(2020, 1, 2),
        "women": 9,
        "men": 3,
    }
    made: Cooperative = CooperativeFactory(**{**facts, **more})
    history.begin(made, source=Source.IMPORT, title="Registre central", by=Actor.system())
    return made


def lines(agent: Any, claim: Claim) -> dict[str, Any]:
    page = agent.get(f"/backoffice/claims/{claim.pk}/")
    return {line.field: line for line in page.context["evidence"]}


def asked(entry: Cooperative, *, name: str = "Tiwi Rahma", **more: Any) -> Claim:
    phone = more.pop("phone", "+212655667788")
    return by_papers(entry, actor(PersonFactory(name=name, phone=phone)), **more)


def test_all_that_the_register_holds_with_its_source(agent: Any) -> None:
    claim = asked(registered(), message="Nous, tribunal de Tiznit, n° 12/2020.")

    found = lines(agent, claim)

    assert {field: line.mark for field, line in found.items() if line.mark} == {
        "president": "agrees",
        "phone_on_record": "other",
        "registration_number": "named",
        "court": "named",
    }
    assert list(found) == [
        "president",
        "phone_on_record",
        "registration_number",
        "court",
        "registered_on",
        "status",
        "province_id",
        "commune_id",
        "women",
        "men",
    ]
    president = found["president"]
    assert "Rahma Tiwi" in president.register
    assert president.claimant == "Tiwi Rahma"
    assert (president.source, president.as_of) == ("Registre central", timezone.localdate())
    page = agent.get(f"/backoffice/claims/{claim.pk}/").text
    for said in (readable(ON_RECORD), "12/2020", "Tiznit", "Registre central"):
        assert said in page


@pytest.mark.parametrize(
    ("name", "more", "mark"),
    [
        ("رحمة تيوي", {}, "agrees"),
        ("Omar Naciri", {}, "differs"),
        ("Omar Naciri", {"role": "manager"}, "other"),
        ("Omar Naciri", {"succession": True}, "other"),
        ("", {}, ""),
    ],
)
def test_the_president(agent: Any, name: str, more: dict[str, Any], mark: str) -> None:
    assert lines(agent, asked(registered(), name=name, **more))["president"].mark == mark


def test_the_phone(agent: Any) -> None:
    own = asked(registered(), phone=ON_RECORD)
    assert lines(agent, own)["phone_on_record"].mark == "agrees"
    entry = registered(registration_number="13/2020")
    let_in(entry)
    assert lines(agent, Claim.objects.get(proof="code"))["phone_on_record"].mark == "proved"
    silent = registered(registration_number="14/2020", phone_on_record="", president="")
    found = lines(agent, asked(silent, phone="+212655667789"))
    assert (found["phone_on_record"].mark, found["president"].mark) == ("", "")


def test_both_sides_of_a_dispute_with_their_papers(agent: Any) -> None:
    entry = registered()
    first = let_in(entry)
    second = asked(entry)
    mine = Claim.objects.get(person=first.person_id)
    evidence.add(mine.pk, [PAPER], by=first)

    page = agent.get(f"/backoffice/claims/{second.pk}/")

    [speaker] = page.context["members"]
    assert (speaker.one, speaker.claim) == (Membership.objects.get(cooperative=entry), mine)
    assert f"/backoffice/papers/{mine.papers.get().pk}/" in page.text
    [rival] = agent.get(f"/backoffice/claims/{mine.pk}/").context["rivals"]
    assert (rival.one, rival.fits) == (second, [register_words.label("president")])


def test_the_list_marks_disputes_and_puts_them_first(agent: Any, house: Any) -> None:
    entry = registered()
    first = let_in(entry)
    second = asked(entry)
    rows = agent.get("/backoffice/claims/").context["rows"]
    assert [(row["claim"], row["in_dispute"]) for row in rows] == [
        (second, True),
        (house.claim, False),
    ]

    claims.approve(second.pk, by=staff())

    def listed(state: str) -> list[int]:
        page = agent.get(f"/backoffice/claims/?state={state}")
        return [row["claim"].person_id for row in page.context["rows"]]

    assert listed("approved") == [second.person_id]
    assert listed("ended") == [first.person_id]
    lost = Claim.objects.get(person=first.person_id)
    assert agent.get(f"/backoffice/claims/{lost.pk}/").context["outcome"] == "ended"
    text = agent.get("/backoffice/claims/?state=ended&file=csv").getvalue().decode()
    assert "approuvée" not in text
