"""A correction is taken back: who said so before says so again."""

from __future__ import annotations

import pytest

from taawon.cooperatives import history
from taawon.cooperatives.errors import NoCorrection, RegisteredMeanwhile
from taawon.cooperatives.models import Cooperative, Revision
from taawon.cooperatives.services import correcting
from taawon.cooperatives.states import Source
from taawon.core.errors import NotFound
from taawon.places.models import Commune
from taawon.search.models import Change
from tests import trail
from tests.cooperatives.filing import AMAL, applied, entry, ground, reverted, without
from tests.cooperatives.services.test_correcting import correct
from tests.factories import CooperativeFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    ground()


def test_a_correction_is_taken_back() -> None:
    by = staff()
    batch = applied(AMAL, by=by)
    made = entry()
    first = correct(made, by, women="14", address="Rue 3", court="Agadir")
    correct(made, by, address="Rue 4")
    Change.objects.all().delete()
    colleague = staff()

    correcting.take_back(first.pk, by=colleague)

    made.refresh_from_db()
    # Somebody wrote another address since.
    assert (made.women, made.address, made.court) == (12, "Rue 4", "Tiznit")
    first.refresh_from_db()
    assert first.changes == {"address": [None, "Rue 3"]}
    assert first.undone == {"women": [12, 14], "court": ["Tiznit", "Agadir"]}
    assert (first.undone_by, first.undone_at is not None) == (colleague.person_id, True)
    assert history.said(made.pk)["women"].title == batch.source
    assert trail.events()[-1] == ("correction-taken-back", f"cooperatives.cooperative:{made.pk}")
    assert trail.facts()[-1]["fields"] == ["court", "women"]
    assert trail.fed() == [("cooperative", made.pk)]
    for again in (first.pk, Revision.objects.get(batch_id=batch.pk).pk):
        with pytest.raises(NoCorrection):
            correcting.take_back(again, by=by)
    with pytest.raises(NotFound):
        correcting.take_back(0, by=by)


def test_a_number_that_is_somebody_elses_by_now_is_not_given_back() -> None:
    by = staff()
    made = CooperativeFactory(court="Tiznit", registration_number="1")
    moved = correct(made, by, registration_number="2")
    CooperativeFactory(court="Tiznit", registration_number="1")
    with pytest.raises(RegisteredMeanwhile):
        correcting.take_back(moved.pk, by=by)
    made.refresh_from_db()
    moved.refresh_from_db()
    assert (made.registration_number, moved.undone) == ("2", {})


def test_a_commune_goes_back_with_its_province_or_not_at_all() -> None:
    by = staff()
    made = CooperativeFactory(commune=Commune.objects.get())
    moved = correct(made, by, province="MA-LAR", commune="", women="9")
    Commune.objects.create(code="01.1", name_fr="Laouamra", province_id="MA-LAR")
    history.note(made.pk, {"commune_id": None}, {"commune_id": "01.1"}, source=Source.TEAM, by=by)
    Cooperative.objects.filter(pk=made.pk).update(commune_id="01.1")
    correcting.take_back(moved.pk, by=by)
    made.refresh_from_db()
    assert (made.province_id, made.commune_id, made.women) == ("MA-LAR", "01.1", 0)


def test_a_file_that_is_taken_back_leaves_a_correction_alone() -> None:
    by = staff()
    applied(AMAL, by=by)
    batch = applied(without(AMAL, femmes="13", nom_fr="Amal deux"), by=by)
    made = entry()
    correct(made, by, women="14")
    reverted(batch, by)
    made.refresh_from_db()
    assert (made.women, made.name_fr) == (14, "Amal")
