"""An entry is corrected by hand, with a source, and a correction is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taawon.accounts.models import StaffRole
from taawon.cooperatives import corrections, history
from taawon.cooperatives.errors import (
    AlreadyMerged,
    AlreadyRegistered,
    CannotBeRead,
    ChangedMeanwhile,
    NothingCorrected,
    OwnWord,
)
from taawon.cooperatives.models import Cooperative, Proposal, Revision
from taawon.cooperatives.services import correcting
from taawon.cooperatives.services.shop import update_about
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from taawon.search.models import Change
from tests import trail
from tests.cooperatives.filing import AMAL, applied, entry, ground, without
from tests.factories import CooperativeFactory, PersonFactory, actor, member, staff

pytestmark = pytest.mark.django_db

SAID = {"source": "Statuts vus à Tiznit", "as_of": date(2026, 5, 4)}


@pytest.fixture(autouse=True)
def _ground() -> None:
    ground()


def correct(made: Cooperative, by: Actor, **written: str) -> Revision:
    now = corrections.seen(history.values(Cooperative.objects.get(pk=made.pk)))
    return correcting.correct(made.pk, written, seen=now, **SAID, by=by)


def test_the_new_value_says_where_it_comes_from_and_who_wrote_it() -> None:
    by = staff()
    applied(AMAL, by=by)
    made = entry()
    Change.objects.all().delete()

    revision = correct(
        made,
        by,
        name_fr="Amal n’Tiznit",
        registered_on="٤ غشت 2019",
        status="dissoute",
        commune="aglou",
        capital="10 000,00 DH",
        phone="06 61 00 00 00",
        women="14",
    )

    made.refresh_from_db()
    assert (made.name_fr, made.registered_on, made.status) == (
        "Amal n’Tiznit",
        date(2019, 8, 4),
        "dissolved",
    )
    assert (made.commune_id, made.capital_centimes) == ("09.1", 1_000_000)
    assert (made.phone_on_record, made.women) == ("+212661000000", 14)
    assert revision.changes == {
        "name_fr": ["Amal", "Amal n’Tiznit"],
        "registered_on": [None, "2019-08-04"],
        "status": ["active", "dissolved"],
        "commune_id": [None, "09.1"],
        "capital_centimes": [0, 1_000_000],
        "phone_on_record": ["+212612345678", "+212661000000"],
        "women": [12, 14],
    }
    said = history.said(made.pk)["women"]
    assert (said.source, said.title, said.as_of) == ("team", SAID["source"], SAID["as_of"])
    assert (revision.person_id, revision.batch_id) == (by.person_id, None)
    assert trail.events()[-1] == ("entry-corrected", f"cooperatives.cooperative:{made.pk}")
    assert trail.facts()[-1] == {
        "cooperative_id": made.pk,
        "revision_id": revision.pk,
        "fields": sorted(revision.changes),
    }
    assert trail.fed() == [("cooperative", made.pk)]


def test_an_emptied_field_holds_nothing() -> None:
    by = staff()
    applied(AMAL, by=by)
    made = entry()
    Cooperative.objects.filter(pk=made.pk).update(
        registered_on=date(2019, 8, 4), commune_id="09.1", capital_centimes=5
    )
    empty = ("court", "registered_on", "commune", "capital", "women", "phone", "name_ar")
    revision = correct(made, by, **dict.fromkeys(empty, " "))
    made.refresh_from_db()
    assert (made.court, made.registered_on, made.commune_id) == ("", None, None)
    assert (made.capital_centimes, made.women, made.phone_on_record, made.name_ar) == (0, 0, "", "")
    assert len(revision.changes) == 7


@pytest.mark.parametrize(
    ("written", "problems"),
    [
        ({"women": "douze"}, [("women", "not-a-number")]),
        ({"registered_on": "31/02/2019"}, [("registered_on", "not-a-day")]),
        ({"sector": "Fusées"}, [("sector", "unknown-sector")]),
        ({"status": "perdue"}, [("status", "unknown-status")]),
        ({"phone": "12"}, [("phone", "not-a-phone")]),
        ({"public_phone": "12"}, [("public_phone", "not-a-phone")]),
        ({"commune": "Atlantide"}, [("commune", "unknown-place")]),
        ({"province": "Atlantide"}, [("province", "unknown-place")]),
        ({"registration_number": " "}, [("registration_number", "missing")]),
        ({"province": ""}, [("province", "missing")]),
        ({"name_fr": "", "name_ar": ""}, [("name", "missing")]),
        ({"name_zgh": "x" * 201, "women": "13"}, [("name_zgh", "too-long")]),
    ],
)
def test_what_cannot_be_read_is_refused_whole(
    written: dict[str, str], problems: list[tuple[str, str]]
) -> None:
    by = staff()
    applied(AMAL, by=by)
    before = history.values(entry())
    with pytest.raises(CannotBeRead) as refusal:
        correct(entry(), by, **written)
    assert [(one.field, one.code) for one in refusal.value.problems] == problems
    assert (history.values(entry()), Revision.objects.count()) == (before, 1)


def test_a_commune_stays_in_its_province() -> None:
    by = staff()
    applied(AMAL, by=by)
    made = entry()
    correct(made, by, commune="Aglou")
    with pytest.raises(CannotBeRead) as refusal:
        correct(made, by, province="MA-LAR")
    assert [one.field for one in refusal.value.problems] == ["commune"]

    correct(made, by, province="MA-LAR", commune="")
    made.refresh_from_db()
    assert (made.province_id, made.commune_id, made.region_id) == ("MA-LAR", None, "MA-01")


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"source": " "}, Missing),
        ({"source": "x" * 201}, Invalid),
        ({"as_of": date(2999, 1, 1)}, Invalid),
        ({"as_of": date(1949, 1, 1)}, Invalid),
    ],
)
def test_a_source_and_its_day_are_needed(said: dict[str, Any], refusal: type[Exception]) -> None:
    made = CooperativeFactory(women=1)
    with pytest.raises(refusal):
        correcting.correct(made.pk, {"women": "2"}, seen={}, **{**SAID, **said}, by=staff())
    made.refresh_from_db()
    assert (made.women, Revision.objects.count()) == (1, 0)


def test_what_is_the_same_is_no_correction() -> None:
    made = CooperativeFactory(women=1)
    with pytest.raises(NothingCorrected):
        correct(made, staff(), women="1", address="  ")
    assert (Revision.objects.count(), trail.events(), trail.fed()) == (0, [], [])


def test_the_second_of_two_is_shown_what_changed() -> None:
    made = CooperativeFactory(women=1, men=1)
    seen = corrections.seen(history.values(made))
    correct(made, staff(), women="2")
    with pytest.raises(ChangedMeanwhile) as refusal:
        correcting.correct(made.pk, {"men": "3"}, seen=seen, **SAID, by=staff())
    assert refusal.value.changes == {"women": [1, 2]}
    made.refresh_from_db()
    assert (made.women, made.men) == (2, 1)


def test_only_who_looks_after_it() -> None:
    made = CooperativeFactory(women=1)
    north = staff(StaffRole.AGENT, staff_region_id="MA-01")
    for by, refusal in (
        (actor(), NotFound),
        (member(made), NotFound),
        (actor(PersonFactory()), NotFound),
        (staff(StaffRole.EDITOR), NotAllowed),
        (north, NotAllowed),
    ):
        with pytest.raises(refusal):
            correct(made, by, women="2")
    here = staff(StaffRole.AGENT, staff_region_id="MA-09")
    with pytest.raises(Invalid) as refused:
        correct(made, here, province="MA-LAR")
    assert refused.value.field == "province"
    with pytest.raises(AlreadyMerged):
        correct(CooperativeFactory(merged_into=made), here, women="2")
    with pytest.raises(NotFound):
        correcting.correct(0, {"women": "2"}, seen={}, **SAID, by=here)
    made.refresh_from_db()
    assert (made.women, Revision.objects.count()) == (1, 0)


def test_a_number_that_another_entry_has_is_refused() -> None:
    first, second = CooperativeFactory(court="Tiznit"), CooperativeFactory(court="Tiznit")
    with pytest.raises(AlreadyRegistered):
        correct(second, staff(), registration_number=first.registration_number)
    number = second.registration_number
    second.refresh_from_db()
    assert (second.registration_number, Revision.objects.count()) == (number, 0)


def test_official_fields_win_over_what_the_cooperative_wrote() -> None:
    by = staff()
    applied(AMAL, by=by)
    made = entry()
    update_about(made.pk, about={}, phone="0528860000", address="Rue 1", by=member(made))
    Proposal.objects.create(cooperative=made, batch_id=_batch(by), field="address", value="Rue 2")

    with pytest.raises(OwnWord):
        correct(made, by, public_phone="0528860001", women="13")
    correct(made, by, address="Rue 3")

    made.refresh_from_db()
    assert (made.address, made.phone, made.women) == ("Rue 3", "+212528860000", 12)
    assert history.owned([made.pk]) == {made.pk: {"phone"}}
    assert Proposal.objects.get().state == "withdrawn"


def _batch(by: Actor) -> int:
    return applied(without(AMAL, numéro="9/2019", nom_fr="Autre", téléphone=""), by=by).pk
