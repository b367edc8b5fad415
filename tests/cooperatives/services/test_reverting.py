from __future__ import annotations

from typing import Any

import pytest

from taawon.cooperatives import history
from taawon.cooperatives.models import Cooperative, Pair, Proposal, Revision
from taawon.cooperatives.services import importing, reverting, working
from taawon.cooperatives.services.shop import update_about
from taawon.cooperatives.states import Source
from taawon.search.models import Change
from tests.cooperatives.filing import (
    AMAL,
    HEADINGS,
    WAFA,
    applied,
    checked,
    entry,
    ground,
    reverted,
    without,
)
from tests.factories import ClaimFactory, CooperativeFactory, ShopFactory, member, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    ground()


def contents() -> list[dict[str, Any]]:
    return list(Cooperative.objects.order_by("pk").values("pk", "region_id", *history.FIELDS))


def words() -> list[Any]:
    """Who says what: not what was taken back."""
    return list(Revision.objects.exclude(changes={}).values_list("pk", "changes"))


def counts(batch: Any) -> dict[str, int]:
    return {name: batch.counts[name] for name in ("restored", "kept", "removed", "inactive")}


def test_everything_becomes_what_it_was():
    by = staff()
    applied(AMAL, WAFA, by=by)
    before, said = contents(), words()
    batch = applied(
        without(AMAL, femmes="13", province="Larache", nom_fr="Autre", téléphone="0661000000"),
        WAFA,
        without(AMAL, numéro="3", nom_fr="Nouvelle", nom_ar="", téléphone=""),
        by=by,
    )
    assert len(contents()) == 3
    Change.objects.all().delete()
    made = entry("3").pk
    batch = reverted(batch, by)
    assert (batch.state, batch.done) == ("reverted", 2)
    assert counts(batch) == {"restored": 4, "kept": 0, "removed": 1, "inactive": 0}
    assert (contents(), words()) == (before, said)
    # Gone ones leave the index, too.
    assert set(Change.objects.values_list("document_id", flat=True)) == {entry().pk, made}


def test_what_somebody_changed_since_is_left_alone():
    by = staff()
    applied(AMAL, by=by)
    batch = applied(without(AMAL, femmes="13", téléphone="0661000000", nom_fr="Autre"), by=by)
    made = entry()
    # One field by a person, another by a later file: even if it is the same value again.
    history.note(made.pk, {"women": 13}, {"women": 14}, source=Source.TEAM, by=by)
    Cooperative.objects.filter(pk=made.pk).update(women=14)
    applied(without(AMAL, femmes="14", téléphone="0661000000", nom_fr="Encore"), by=by)
    batch = reverted(batch, by)
    made.refresh_from_db()
    assert (made.women, made.name_fr, made.phone_on_record) == (14, "Encore", "+212612345678")
    assert counts(batch) == {"restored": 1, "kept": 2, "removed": 0, "inactive": 0}
    theirs = Revision.objects.get(batch_id=batch.pk)
    assert set(theirs.changes) == {"women", "name_fr"}
    assert theirs.undone == {"phone_on_record": ["+212612345678", "+212661000000"]}


def test_what_was_taken_back_stays_in_the_history():
    by, colleague = staff(), staff()
    first = applied(AMAL, by=by)
    batch = applied(without(AMAL, femmes="13", nom_fr="Autre"), by=by)
    # Of no consequence: it was taken back before.
    again = reverted(applied(without(AMAL, femmes="15"), by=by), by)
    reverted(batch, colleague)

    steps = history.steps(history.revisions(entry().pk))

    told = [(one.revision.batch_id, one.is_undo, one.is_first) for one in steps]
    assert told == [
        (batch.pk, True, False),
        (again.pk, True, False),
        (again.pk, False, False),
        (batch.pk, False, False),
        (first.pk, False, True),
    ]
    assert steps[0].changes == {"women": [13, 12], "name_fr": ["Autre", "Amal"]}
    assert steps[3].changes == {"women": [12, 13], "name_fr": ["Amal", "Autre"]}
    assert steps[0].revision.undone_by == colleague.person_id
    assert history.said(entry().pk)["women"].source == "import"
    assert history.owned([entry().pk]) == {}


def test_what_was_taken_back_holds_no_new_entry():
    by = staff()
    first = applied(AMAL, by=by)
    reverted(applied(without(AMAL, femmes="13"), by=by), by)
    batch = reverted(first, by)
    assert counts(batch) == {"restored": 0, "kept": 0, "removed": 1, "inactive": 0}


@pytest.mark.parametrize("hangs", ["claim", "shop", "revision", "merged", "pair"])
def test_a_new_entry_that_became_somebodys_is_put_aside(hangs: str):
    by = staff()
    batch = applied(AMAL, WAFA, by=by)
    made, other = entry(), entry("2/2019")
    if hangs == "claim":
        ClaimFactory(cooperative=made)
    elif hangs == "shop":
        ShopFactory(cooperative=made)
    elif hangs == "revision":
        history.note(made.pk, {"women": 12}, {"women": 15}, source=Source.TEAM, by=by)
    elif hangs == "merged":
        CooperativeFactory(merged_into=made)
    else:
        third = CooperativeFactory()
        Pair.objects.create(first=made, second=third, score=80, state="different")
        Pair.objects.create(first=other, second=third, score=80)
    batch = reverted(batch, by)
    made.refresh_from_db()
    assert made.status == "inactive"
    assert counts(batch) == {"restored": 0, "kept": 0, "removed": 1, "inactive": 1}
    assert not Cooperative.objects.filter(pk=other.pk).exists()
    assert history.said(made.pk)["status"].source == "team"


def test_a_number_that_is_anothers_by_now_cannot_be_given_back():
    by = staff()
    twin = CooperativeFactory(
        name_fr="Amal", name_ar="أمل", registration_number="1/2018", phone_on_record="+212612345678"
    )
    batch = applied(AMAL, WAFA, by=by, decision="first")
    twin.refresh_from_db()
    assert twin.registration_number == "1/2019"
    CooperativeFactory(registration_number="1/2018", province=twin.province)
    batch = reverted(batch, by)
    twin.refresh_from_db()
    assert (twin.registration_number, twin.women) == ("1/2019", 12)
    assert counts(batch) == {"restored": 0, "kept": 3, "removed": 1, "inactive": 0}


def test_proposals_that_wait_are_withdrawn():
    by = staff()
    applied(AMAL, by=by)
    made = entry()
    update_about(made.pk, about={}, address="Rue des Oliviers", by=member(made))
    batch = checked((*AMAL, "Douar"), by=by, headings=(*HEADINGS, "adresse"))
    importing.apply(batch.pk, by=by)
    reverted(working.run(batch.pk), by)
    assert Proposal.objects.get().state == "withdrawn"


def test_it_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch):
    by = staff()
    rows = [without(AMAL, numéro=str(number), nom_fr=f"N {number}") for number in range(5)]
    batch = applied(*rows, by=by)
    monkeypatch.setattr(reverting, "CHUNK", 2)
    importing.revert(batch.pk, by=by)

    def killed(done: int, total: int) -> None:
        assert (done, total) == (2, 5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        working.run(batch.pk, tell=killed)
    batch.refresh_from_db()
    assert (batch.state, Cooperative.objects.count()) == ("reverting", 3)
    batch = working.run(batch.pk)
    assert (batch.state, Cooperative.objects.count()) == ("reverted", 0)
    assert counts(batch) == {"restored": 0, "kept": 0, "removed": 5, "inactive": 0}
