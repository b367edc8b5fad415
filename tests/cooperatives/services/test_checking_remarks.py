"""What a dry run accepts and remarks upon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from taawon.cooperatives import filed
from taawon.cooperatives.problems import said, what
from tests.cooperatives.filing import AMAL, WAFA, checked, ground, outcomes, rows_of, without
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> Iterator[None]:
    ground()
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("other", "remark"),
    [
        ({"province": "Tiznitt"}, "province: “Tiznitt” is read as Tiznit."),
        ({"tribunal": "Atlantide"}, "tribunal: No court of this name is known"),
        ({"nom_fr": "=SUM(A1)"}, "nom fr: It begins like a formula: kept as text."),
        ({"filière": "Argane"}, "filière: “Argane” is read as Argan."),
    ],
)
def test_a_doubtful_value_is_accepted_with_a_remark(other: dict[str, str], remark: str) -> None:
    batch = checked(without(AMAL, **other), WAFA, by=staff())
    assert outcomes(batch) == ["new", "new"]
    first, second = rows_of(batch)
    [told] = first.remarks
    assert said(told).startswith(remark)
    assert (second.remarks, filed.remarked(batch)) == ([], 1)
    assert list(filed.rows(batch.pk, "remarks")) == [first]


def test_a_refused_row_says_only_what_is_wrong() -> None:
    batch = checked(without(AMAL, province="Tiznitt", femmes="douze"), by=staff())
    [row] = rows_of(batch)
    assert (row.outcome, row.remarks, filed.remarked(batch)) == ("refused", [], 0)


def test_a_refusal_says_what_may_be_written() -> None:
    sector = {"field": "sector", "code": "unknown-sector", "value": "x"}
    status = {"field": "status", "code": "unknown-status", "value": "x"}
    assert what(sector).endswith("Argan.")
    assert "dissolved" in what(status)
    assert "12" in what({"field": "women", "code": "not-a-number", "value": "douze"})
    assert "10000,50" in what({"field": "capital", "code": "not-a-number", "value": "x"})
