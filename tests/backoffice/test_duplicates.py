"""Pairs are listed, compared, merged with one button and a confirm, or told apart for ever."""

from __future__ import annotations

from datetime import date

import pytest

from taawon.accounts.models import StaffRole
from taawon.cooperatives.models import Cooperative, Merge, Pair
from taawon.web import register_words
from tests.backoffice.build import levels, lines
from tests.factories import CooperativeFactory, PersonFactory, ProvinceFactory, RegionFactory


@pytest.fixture
def agent(house):
    return house.browser("agent")


def pair(score, **more):
    one, other = CooperativeFactory(**more), CooperativeFactory(**more)
    return Pair.objects.create(first=one, second=other, score=score, reasons=["name", "phone"])


def test_the_likeliest_first_with_counts_and_filters(house, agent):
    sure, doubtful = pair(98), pair(71)

    page = agent.get("/backoffice/duplicates/").context
    assert [row["pair"] for row in page["rows"]] == [sure, house.pair, doubtful]
    assert [(band["least"], band["count"]) for band in page["bands"]] == [(95, 1), (85, 1), (70, 1)]
    narrow = agent.get("/backoffice/duplicates/?score=85").context
    assert [row["pair"] for row in narrow["rows"]] == [house.pair]
    assert agent.get("/backoffice/duplicates/?score=x&state=y").context["count"] == 3


def test_an_agent_sees_the_pairs_of_the_region(house, agent):
    north = RegionFactory(code="MA-01", name_fr="Nord")
    province = ProvinceFactory(code="MA-TNG", name_fr="Tanger", region=north)
    there = pair(90, province=province, region=north)
    across = Pair.objects.create(first=house.coop, second=there.second, score=80)

    def seen(browser):
        rows = browser.get("/backoffice/duplicates/").context["rows"]
        return [row["pair"] for row in rows]

    assert seen(agent) == [house.pair]
    assert seen(house.browser("elsewhere")) == [there]
    assert seen(house.browser("administrator")) == [house.pair, there, across]
    address = f"/backoffice/duplicates/{house.coop.pk}/{there.second_id}/"
    assert agent.get(address).status_code == 404


def test_what_was_merged_or_told_apart_is_not_offered(house, agent):
    Cooperative.objects.filter(pk=house.twin.pk).update(merged_into=house.coop)
    assert agent.get("/backoffice/duplicates/").context["count"] == 0


def test_the_page_shows_what_differs_and_what_would_move(house, agent):
    Cooperative.objects.filter(pk=house.twin.pk).update(address="Rue 2", phone="+212528999999")

    page = agent.get(f"/backoffice/duplicates/{house.coop.pk}/{house.twin.pk}/")

    compared = page.context["compared"]
    by_key = {line.key: line for line in compared.lines}
    assert (by_key["address"].kept, by_key["address"].gone) == (
        "",
        '<span dir="auto">Rue 2</span>',
    )
    assert (by_key["address"].differs, by_key["address"].takes) == (True, "gone")
    assert (by_key["phone"].takes, by_key["phone"].differs) == ("kept", True)
    assert not by_key["status"].differs
    assert [n for _label, n in compared.kept.moves] == [1, 1, 1, 1]
    assert [n for _label, n in compared.gone.moves] == [0, 0, 0, 0]


def test_fields_are_called_as_everywhere_and_nothing_is_cut(house, agent):
    purpose = "Miel, " * 40 + "thym"
    Cooperative.objects.filter(pk=house.twin.pk).update(
        purpose_fr=purpose,
        capital_centimes=1_000_000,
        registration_kind="agrement",
        registration_number="12/2019",
        court="Tiznit <b>",
        phone_on_record="+212612345678",
        registered_on=date(2019, 8, 4),
        women=12,
    )
    page = agent.get(f"/backoffice/duplicates/{house.coop.pk}/{house.twin.pk}/")
    by_key = {line.key: line for line in page.context["compared"].lines}
    for key, field in (("name_fr", "name_fr"), ("sector", "sector_id"), ("status", "status")):
        assert by_key[key].label == register_words.label(field)
    for key, field, value in (
        ("phone_on_record", "phone_on_record", "+212612345678"),
        ("registered_on", "registered_on", "2019-08-04"),
        ("capital", "capital_centimes", 1_000_000),
        ("is_youth", "is_youth", False),
    ):
        assert by_key[key].gone == register_words.value(field, value)
    assert by_key["purpose_fr"].gone == f'<span dir="auto">{purpose}</span>'
    kind, number, court = by_key["registration"].gone.split(" · ")
    assert (kind, number) == ("agrément", "<bdi>12/2019</bdi>")
    assert court == '<span dir="auto">Tiznit &lt;b&gt;</span>'
    assert by_key["members"].gone == "12 + 0"


def test_merged_with_a_confirm(house, agent):
    address = f"/backoffice/duplicates/{house.coop.pk}/{house.twin.pk}/merge/"
    name = house.twin.name_fr

    asked = agent.post(address, {"name_fr": "gone"})
    assert (asked.status_code, asked.context["asks"]) == (200, True)
    for one in (house.coop, house.twin):
        assert asked.text.count(f"<bdi>{one.registration_number}</bdi>") >= 2
    kept = asked.context["compared"].kept
    assert (kept.registration, kept.place) == (
        house.coop.registration_number,
        "Tiznit · Souss-Massa",
    )
    assert Merge.objects.count() == 1

    done = agent.post(address, {"name_fr": "gone", "sure": "1"})

    assert done["Location"] == f"/backoffice/cooperatives/{house.coop.pk}/"
    house.coop.refresh_from_db()
    house.pair.refresh_from_db()
    assert (house.coop.name_fr, house.pair.state) == (name, "merged")
    assert lines()[-1] == ("entries-merged", "staff", house.people["agent"].pk)
    facts = agent.get(done["Location"]).context["rows"]
    assert [row["merge"].gone_id for row in facts][0] == house.twin.pk


def test_undone_from_the_list(house, agent):
    agent.post(f"/backoffice/duplicates/{house.coop.pk}/{house.twin.pk}/merge/", {"sure": "1"})
    made = Merge.objects.latest("pk")
    assert [row["merge"] for row in agent.get("/backoffice/merges/").context["rows"]] == [
        made,
        house.merge,
    ]

    done = agent.post(f"/backoffice/merges/{made.pk}/undo/")

    assert (done["Location"], levels(done)) == ("/backoffice/merges/", ["success"])
    undone = agent.get("/backoffice/merges/?show=undone").context
    assert [row["merge"] for row in undone["rows"]] == [made]
    assert [row["may_be_undone"] for row in undone["rows"]] == [False]
    again = agent.post(f"/backoffice/merges/{made.pk}/undo/")
    assert levels(again) == ["warning"]


def test_a_refusal_is_said_in_words(house, agent):
    Cooperative.objects.filter(pk=house.twin.pk).update(disputed_since=house.coop.created_at)
    address = f"/backoffice/duplicates/{house.coop.pk}/{house.twin.pk}/"

    answer = agent.post(f"{address}merge/", {"sure": "1"})

    assert (answer["Location"], levels(answer)) == (address, ["warning"])
    assert not agent.get(address).context["compared"].may_be_merged
    assert Merge.objects.count() == 1


def test_told_apart(house, agent):
    done = agent.post(f"/backoffice/duplicates/pairs/{house.pair.pk}/apart/")

    assert done["Location"] == "/backoffice/duplicates/"
    assert agent.get("/backoffice/duplicates/").context["count"] == 0
    different = agent.get("/backoffice/duplicates/?state=different").context
    assert [row["pair"] for row in different["rows"]] == [house.pair]


def test_an_agent_looks_through_the_region(house, agent):
    Pair.objects.all().delete()
    Cooperative.objects.filter(pk__in=[house.coop.pk, house.twin.pk]).update(
        name_fr="Coopérative Tifaouine Amellal", name_ar=""
    )

    done = agent.post("/backoffice/duplicates/scan/", {"region": "MA-01"})

    assert levels(done) == ["success"]
    found = Pair.objects.get()
    assert (found.first_id, found.second_id) == (house.coop.pk, house.twin.pk)
    assert levels(house.browser("administrator").post("/backoffice/duplicates/scan/")) == [
        "warning"
    ]


def test_from_an_entry_to_another_by_its_number(house, agent):
    found = agent.get("/backoffice/duplicates/find/", {"one": house.coop.pk, "other": "99"})
    assert found["Location"] == f"/backoffice/duplicates/{house.coop.pk}/99/"
    assert agent.get(found["Location"]).status_code == 404
    lost = agent.get("/backoffice/duplicates/find/", {"one": house.coop.pk, "other": "x"})
    assert lost["Location"] == f"/backoffice/cooperatives/{house.coop.pk}/"


def test_an_entry_that_went_says_where(house, agent):
    page = agent.get(f"/backoffice/cooperatives/{house.merge.gone_id}/")
    assert f"/backoffice/cooperatives/{house.coop.pk}/" in page.content.decode()
    assert [row["may_be_undone"] for row in page.context["rows"]] == [True]


def test_staff_of_one_region_cannot_merge_across(house):
    south = PersonFactory(staff_role=StaffRole.AGENT, staff_region=house.coop.region)
    north = RegionFactory(code="MA-01")
    away = CooperativeFactory(province=ProvinceFactory(code="MA-TNG", region=north))
    browser = house.browser("agent")
    browser.force_login(south)
    address = f"/backoffice/duplicates/{house.coop.pk}/{away.pk}/merge/"
    assert browser.post(address, {"sure": "1"}).status_code == 403
    away.refresh_from_db()
    assert away.merged_into_id is None
