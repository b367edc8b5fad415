from __future__ import annotations

import pytest

from taawon.accounts.models import Person, StaffRole
from taawon.cooperatives import history, shown
from taawon.cooperatives.models import Cooperative, ImportRow, Proposal, Revision
from taawon.cooperatives.services import applying, importing, working
from taawon.cooperatives.services.shop import update_about
from taawon.places.models import Region
from taawon.search.models import Change
from tests.cooperatives.filing import (
    AMAL,
    AS_OF,
    HEADINGS,
    WAFA,
    applied,
    checked,
    entry,
    ground,
    outcomes,
    problems,
    rows_of,
    without,
)
from tests.factories import CooperativeFactory, ShopFactory, member, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    ground()


def fed() -> list[int]:
    rows = Change.objects.filter(kind="cooperative").order_by("pk")
    return list(rows.values_list("document_id", flat=True))


def test_a_new_entry_holds_what_the_row_says():
    by = staff()
    headings = (*HEADINGS, "date", "capital", "hommes", "féminine", "objet", "commune", "président")
    more = ("4 غشت 2019", "10 000,00 DH", "3", "oui", "تثمين العسل", "Aglou", "Rahma Tiwi")
    batch = checked((*AMAL, *more), by=by, headings=headings)
    importing.apply(batch.pk, by=by)
    working.run(batch.pk)

    made = entry()
    assert history.values(made) == {
        **dict.fromkeys(history.FIELDS),
        "name_fr": "Amal",
        "name_ar": "أمل",
        "registration_kind": "register",
        "registration_number": "1/2019",
        "court": "Tiznit",
        "registered_on": "2019-08-04",
        "status": "active",
        "sector_id": "argan",
        "province_id": "MA-TIZ",
        "commune_id": "09.1",
        "purpose_ar": "تثمين العسل",
        "capital_centimes": 1_000_000,
        "women": 12,
        "men": 3,
        "is_womens": True,
        "is_youth": False,
        "president": "Rahma Tiwi",
        "phone_on_record": "+212612345678",
    }
    assert (made.region_id, made.slug) == ("MA-09", "amal")
    source = history.said(made.pk)["women"]
    assert (source.source, source.title, source.as_of) == ("import", "Registre central", AS_OF)
    [revision] = Revision.objects.all()
    assert (revision.batch_id, revision.person_id) == (batch.pk, by.person_id)
    assert fed() == [made.pk]


def test_only_what_differs_is_written():
    by = staff()
    applied(AMAL, WAFA, by=by)
    Change.objects.all().delete()
    batch = applied(without(AMAL, femmes="13", province="Larache"), WAFA, by=by)
    made = entry()
    assert (made.women, made.province_id, made.region_id) == (13, "MA-LAR", "MA-01")
    assert Revision.objects.filter(batch_id=batch.pk).get().changes == {
        "province_id": ["MA-TIZ", "MA-LAR"],
        "women": [12, 13],
    }
    assert fed() == [made.pk]


def test_all_that_shows_with_a_shop_follows_its_name(monkeypatch: pytest.MonkeyPatch):
    by = staff()
    applied(AMAL, WAFA, without(AMAL, numéro="3", nom_fr="Sans boutique", nom_ar=""), by=by)
    ShopFactory(cooperative=entry())
    ShopFactory(cooperative=entry("2/2019"))
    followed: list[int] = []
    monkeypatch.setattr(shown, "followers", {"test": followed.append})
    applied(
        without(AMAL, nom_fr="Amal Souss"),
        without(WAFA, femmes="8"),
        without(AMAL, numéro="3", nom_fr="Toujours sans", nom_ar=""),
        by=by,
    )
    assert followed == [entry().pk]


def test_what_the_cooperative_wrote_is_proposed():
    by = staff()
    applied(AMAL, by=by)
    made = entry()
    ShopFactory(cooperative=made)
    update_about(made.pk, about={}, address="Rue des Oliviers", by=member(made))
    headings = (*HEADINGS, "adresse")

    def bring(address: str, women: str = "12") -> list[str]:
        row = (*without(AMAL, femmes=women), address)
        batch = checked(row, by=by, headings=headings)
        importing.apply(batch.pk, by=by)
        working.run(batch.pk)
        return outcomes(batch)

    assert bring("Douar Aglou", "13") == ["changed"]
    made.refresh_from_db()
    assert (made.address, made.women) == ("Rue des Oliviers", 13)
    [proposal] = Proposal.objects.all()
    assert (proposal.field, proposal.value, proposal.state) == ("address", "Douar Aglou", "waiting")

    # The same again asks nothing; another one takes its place.
    assert bring("Douar Aglou", "13") == ["same"]
    assert bring("Douar Tifnit", "13") == ["changed"]
    states = Proposal.objects.order_by("pk").values_list("value", "state")
    assert list(states) == [("Douar Aglou", "withdrawn"), ("Douar Tifnit", "waiting")]


def test_it_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(applying, "CHUNK", 2)
    by = staff()
    rows = [without(AMAL, numéro=str(number), nom_fr=f"N {number}") for number in range(5)]
    batch = checked(*rows, by=by)
    importing.apply(batch.pk, by=by)

    def killed(done: int, total: int) -> None:
        assert (done, total) == (2, 5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        working.run(batch.pk, tell=killed)
    batch.refresh_from_db()
    assert (batch.state, batch.done, Cooperative.objects.count()) == ("applying", 2, 2)
    batch = working.run(batch.pk)
    assert (batch.state, batch.done, Cooperative.objects.count()) == ("applied", 5, 5)
    assert Revision.objects.count() == 5


def test_a_chunk_is_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch):
    by = staff()
    batch = checked(AMAL, WAFA, by=by)
    importing.apply(batch.pk, by=by)

    def broken(*_ids: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shown, "many_changed", broken)
    with pytest.raises(KeyboardInterrupt):
        working.run(batch.pk)
    assert not Cooperative.objects.exists()
    assert not ImportRow.objects.filter(applied=True).exists()


def test_an_entry_that_was_added_meanwhile_is_changed():
    by = staff()
    batch = checked(AMAL, by=by)
    made = CooperativeFactory(registration_number="1/2019", court="TIZNIT", women=1)
    importing.apply(batch.pk, by=by)
    working.run(batch.pk)
    made.refresh_from_db()
    assert (made.women, made.court, Cooperative.objects.count()) == (12, "TIZNIT", 1)


def test_one_that_is_added_at_the_same_moment_is_refused_alone(monkeypatch: pytest.MonkeyPatch):
    by = staff()
    batch = checked(AMAL, WAFA, by=by)
    importing.apply(batch.pk, by=by)
    CooperativeFactory(registration_number="1/2019", court="Tiznit")
    # As if it had come between the look and the writing.
    monkeypatch.setattr(applying, "_target", lambda row, known: None)
    batch = working.run(batch.pk)
    assert (batch.state, batch.counts) == ("applied", {"new": 1, "refused": 1})
    assert outcomes(batch) == ["refused", "new"]
    assert problems(batch)[0] == [("registration_number", "already-registered")]
    assert entry("2/2019").women == 7


@pytest.mark.parametrize("how", ["merged", "removed"])
def test_an_entry_that_is_gone_meanwhile_is_said(how: str):
    by = staff()
    applied(AMAL, by=by)
    batch = checked(without(AMAL, femmes="13"), by=by)
    if how == "merged":
        Cooperative.objects.filter(pk=entry().pk).update(merged_into=CooperativeFactory())
    else:
        entry().delete()
    importing.apply(batch.pk, by=by)
    batch = working.run(batch.pk)
    assert problems(batch) == [[("registration_number", "gone")]]
    assert (batch.counts, rows_of(batch)[0].applied) == ({"changed": 0, "refused": 1}, False)


def test_who_left_the_region_brings_in_nothing_there():
    by = staff(StaffRole.AGENT, staff_region=Region.objects.get(code="MA-09"))
    batch = checked(AMAL, by=by)
    importing.apply(batch.pk, by=by)

    Person.objects.filter(pk=by.person_id).update(staff_region="MA-01")
    batch = working.run(batch.pk)
    assert problems(batch) == [[("registration_number", "other-region")]]
    assert not Cooperative.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_chunk_costs_the_same_for_any_number(count, django_assert_num_queries):
    by = staff()
    rows = [without(AMAL, numéro=str(number), nom_fr=f"N {number}") for number in range(count)]
    applied(*rows, by=by)
    more = [without(row, femmes="40", nom_fr=f"{row[2]}bis") for row in rows]
    new = [
        without(row, numéro=f"9{row[0]}", province="Larache", nom_fr=f"M {row[0]}") for row in rows
    ]
    batch = checked(*more, *new, by=by)
    importing.decide_all(batch.pk, "new", by=by)
    importing.apply(batch.pk, by=by)
    with django_assert_num_queries(21):
        assert applying.step(batch.pk, by=by) == 2 * count
    assert Cooperative.objects.count() == 2 * count
