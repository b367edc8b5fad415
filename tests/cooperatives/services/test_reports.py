from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taawon.accounts.models import StaffRole
from taawon.accounts.services import persons
from taawon.cooperatives.errors import AlreadyDecided, AlreadyMerged, CorrectionNeeded
from taawon.cooperatives.models import Cooperative, Report
from taawon.cooperatives.services import correcting, reports
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from tests import trail
from tests.factories import CooperativeFactory, PersonFactory, RegionFactory, actor, staff

pytestmark = pytest.mark.django_db


def make(entry: Cooperative, **more: Any) -> Report:
    facts = {"kind": "place", "text": " Elle est à Agadir.\u202e ", "by": actor(), **more}
    return reports.make(entry.pk, **facts)


def test_a_guest_reports_an_error() -> None:
    entry = CooperativeFactory()

    made = make(entry, phone="0612 34 56 78", email="Amina@Example.org", language="ar")

    made.refresh_from_db()
    assert (made.kind, made.text, made.state) == ("place", "Elle est à Agadir.", "waiting")
    assert (made.phone, made.email, made.language) == ("+212612345678", "amina@example.org", "ar")
    assert trail.events() == [("report-made", f"cooperatives.cooperative:{entry.pk}")]
    assert trail.facts() == [{"cooperative_id": entry.pk, "report_id": made.pk}]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"kind": "taste"}, Invalid),
        ({"text": " \u200f "}, Missing),
        ({"text": "x" * 1001}, Invalid),
        ({"phone": "12"}, Invalid),
        ({"email": "amina"}, Invalid),
    ],
)
def test_what_cannot_be_read_is_refused(more: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        make(CooperativeFactory(), **more)
    assert (Report.objects.count(), trail.events()) == (0, [])


def test_of_an_entry_that_is_there() -> None:
    with pytest.raises(NotFound):
        reports.make(0, kind="name", text="x", by=actor())
    with pytest.raises(AlreadyMerged):
        make(CooperativeFactory(merged_into=CooperativeFactory()))


def test_settled_or_declined_once() -> None:
    entry = CooperativeFactory()
    one, other, by = make(entry), make(entry), staff()

    reports.settle(one.pk, "Déplacée à Tiznit.", by=by)
    with pytest.raises(Missing):
        reports.decline(other.pk, " ", by=by)
    reports.decline(other.pk, "Le registre dit Tiznit.", by=by)

    for report, state, answer in (
        (one, "settled", "Déplacée à Tiznit."),
        (other, "declined", "Le registre dit Tiznit."),
    ):
        report.refresh_from_db()
        assert (report.state, report.answer, report.settled_at is not None) == (state, answer, True)
        with pytest.raises(AlreadyDecided):
            reports.settle(report.pk, "Encore.", by=by)
    assert trail.names()[-2:] == ["report-settled", "report-declined"]


def test_what_was_corrected_since_needs_no_words() -> None:
    entry, by = CooperativeFactory(), staff()
    said = {"seen": {}, "source": "Statuts", "as_of": date(2026, 3, 1), "by": by}
    correcting.correct(entry.pk, {"women": "2"}, **said)
    made = make(entry)
    with pytest.raises(CorrectionNeeded):
        reports.settle(made.pk, " ", by=by)
    since = correcting.correct(entry.pk, {"women": "3"}, **said)
    correcting.take_back(since.pk, by=by)
    with pytest.raises(CorrectionNeeded):
        reports.settle(made.pk, by=by)
    made.refresh_from_db()
    assert made.state == "waiting"

    correcting.correct(entry.pk, {"women": "3"}, **said)
    assert reports.settle(made.pk, by=by).state == "settled"


def test_who_looks_after_the_region_answers() -> None:
    made = make(CooperativeFactory())
    north = RegionFactory(code="MA-01")
    for by, refusal in (
        (actor(PersonFactory()), NotFound),
        (staff(StaffRole.AGENT, staff_region=north), NotAllowed),
    ):
        with pytest.raises(refusal):
            reports.settle(made.pk, by=by)
    made.refresh_from_db()
    assert made.state == "waiting"


def test_who_is_erased_leaves_the_report_and_no_number() -> None:
    person = PersonFactory()
    by_them = make(CooperativeFactory(), phone=person.phone or "", by=actor(person))
    as_guest = make(CooperativeFactory(), phone=person.phone or "")

    persons.erase(person.pk, by=actor(person))

    for report in (by_them, as_guest):
        report.refresh_from_db()
        assert (report.phone, report.email, report.person_id) == ("", "", None)
        assert report.text == "Elle est à Agadir."
