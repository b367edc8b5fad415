from __future__ import annotations

from typing import Any

import pytest

from taawon.accounts.models import StaffRole
from taawon.cooperatives.models import Cooperative, ImportRow, Revision
from taawon.cooperatives.services import checking, importing, working
from taawon.cooperatives.services.checking import Elsewhere
from taawon.cooperatives.services.registry import add
from taawon.places.models import Region
from tests.cooperatives.filing import (
    AMAL,
    HEADINGS,
    WAFA,
    applied,
    begun,
    checked,
    entry,
    ground,
    outcomes,
    problems,
    rows_of,
    without,
)
from tests.factories import CooperativeFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    ground()


def test_a_dry_run_says_what_a_row_would_change():
    by = staff()
    applied(AMAL, WAFA, by=by)
    before = Revision.objects.count()
    batch = checked(without(AMAL, femmes="١٣", nom_fr="Amal Souss"), WAFA, by=by)
    changed, same = rows_of(batch)
    assert (changed.outcome, changed.cooperative_id) == ("changed", entry().pk)
    assert changed.difference == {"name_fr": ["Amal", "Amal Souss"], "women": [12, 13]}
    assert (same.outcome, same.difference, same.number) == ("same", {}, 3)
    assert batch.counts == {"changed": 1, "same": 1}
    assert (entry().women, Revision.objects.count()) == (12, before)


def test_an_empty_cell_says_nothing():
    by = staff()
    applied(AMAL, by=by)
    row = without(AMAL, nom_ar="", femmes="", téléphone="", filière="", province="")
    assert outcomes(checked(row, by=by)) == ["same"]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"numéro": ""}, [("registration_number", "missing")]),
        ({"nom_fr": "", "nom_ar": ""}, [("name", "missing")]),
        ({"filière": ""}, [("sector", "missing")]),
        ({"province": ""}, [("province", "missing")]),
        ({"province": "Atlantide"}, [("province", "unknown-place")]),
        (
            {"filière": "Astrologie", "femmes": "x"},
            [("sector", "unknown-sector"), ("women", "not-a-number")],
        ),
        ({"nom_fr": "x" * 5_000}, [("name_fr", "too-long")]),
        ({"téléphone": "12"}, [("phone", "not-a-phone")]),
    ],
)
def test_why_a_row_is_refused(other: dict[str, str], found: list[Any]):
    batch = checked(without(AMAL, **other), by=staff())
    assert (outcomes(batch), problems(batch)) == (["refused"], [found])


def test_a_problem_names_row_column_and_value():
    batch = checked(AMAL, without(WAFA, femmes="douze"), by=staff())
    assert rows_of(batch)[1].number == 3
    assert rows_of(batch)[1].problems == [
        {"field": "women", "code": "not-a-number", "value": "douze", "more": [], "column": "femmes"}
    ]


def test_the_same_number_twice_in_a_file():
    again = without(AMAL, tribunal="TPI de TIZNIT", nom_fr="Amal bis")
    elsewhere = without(AMAL, tribunal="Larache", province="Larache", téléphone="")
    batch = checked(AMAL, again, elsewhere, by=staff())
    assert outcomes(batch) == ["new", "refused", "new"]
    assert rows_of(batch)[1].problems[0]["code"] == "twice"
    assert rows_of(batch)[1].problems[0]["more"] == ["2"]


@pytest.mark.parametrize("chunk", [1, 500])
def test_rows_that_are_like_a_row_above(monkeypatch: pytest.MonkeyPatch, chunk: int):
    monkeypatch.setattr(checking, "CHUNK", chunk)
    batch = checked(
        AMAL,
        WAFA,
        without(AMAL, numéro="3/2019", nom_fr="", nom_ar="آمال", femmes="9"),
        without(WAFA, numéro="4/2019", province="Larache", tribunal="Larache"),
        by=staff(),
    )
    assert outcomes(batch) == ["new", "new", "doubtful", "new"]
    assert rows_of(batch)[2].candidates == [
        {"row": 2, "score": 100, "reasons": ["name", "province", "phone"]}
    ]
    assert batch.counts == {"new": 3, "doubtful": 1}


def test_rows_above_are_known_after_a_stop(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checking, "CHUNK", 1)
    by = staff()
    batch = begun(AMAL, WAFA, without(AMAL, numéro="3/2019"), by=by)
    importing.match(batch.pk, batch.columns, by=by)

    def killed(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        working.run(batch.pk, tell=killed)
    batch = working.run(batch.pk)
    assert outcomes(batch) == ["new", "new", "doubtful"]
    assert [one["row"] for one in rows_of(batch)[2].candidates] == [2]


def test_an_entry_comes_before_a_row_that_is_as_like():
    by = staff()
    twin = CooperativeFactory(name_fr="Amal", name_ar="أمل", phone_on_record="+212612345678")
    batch = checked(AMAL, without(AMAL, numéro="3/2019"), by=by)
    first, later = rows_of(batch)
    assert [one["id"] for one in first.candidates] == [twin.pk]
    assert [(one.get("id"), one.get("row")) for one in later.candidates] == [
        (twin.pk, None),
        (None, 2),
    ]


def test_a_row_is_like_one_that_renames_an_entry():
    by = staff()
    applied(AMAL, WAFA, by=by)
    renamed = without(WAFA, nom_fr="Tifaouine", nom_ar="")
    batch = checked(AMAL, renamed, without(renamed, numéro="5/2019"), by=by)
    assert outcomes(batch) == ["same", "changed", "doubtful"]
    assert [one.get("row") for one in rows_of(batch)[2].candidates] == [3]


@pytest.mark.parametrize(
    "court",
    [
        "Tiznit",
        "TIZNIT",
        "Tribunal de première instance de Tiznit",
        "المحكمة الابتدائية بتيزنيت",
        "تيزنيت",
        "",
    ],
)
def test_a_court_is_the_same_however_it_is_written(court: str):
    by = staff()
    applied(AMAL, by=by)
    assert outcomes(checked(without(AMAL, tribunal=court), by=by)) == ["same"]


def test_an_entry_without_a_court_gets_one():
    by = staff()
    applied(without(AMAL, tribunal=""), by=by)
    north = without(AMAL, tribunal="Larache", province="Larache", téléphone="")
    batch = checked(AMAL, north, by=by)
    assert outcomes(batch) == ["changed", "new"]
    assert rows_of(batch)[0].difference == {"court": [None, "Tiznit"]}


def test_two_kinds_of_number_are_two_entries():
    by = staff()
    CooperativeFactory(
        registration_number="1/2019",
        registration_kind="agrement",
        name_fr="Tout autre",
        name_ar="x",
    )
    headings = (*HEADINGS, "registre ou agrément")
    batch = checked((*AMAL, "registre"), (*AMAL, "agrément"), by=by, headings=headings)
    assert outcomes(batch) == ["new", "changed"]


def test_several_entries_of_one_number_are_not_guessed():
    by = staff()
    for court in ("Tiznit", "Larache"):
        CooperativeFactory(registration_number="1/2019", court=court)
    batch = checked(without(AMAL, tribunal=""), by=by)
    assert problems(batch) == [[("registration_number", "several-entries")]]


def test_what_was_merged_away_stays_so():
    by = staff()
    kept = CooperativeFactory()
    gone = CooperativeFactory(registration_number="1/2019", court="Tiznit", merged_into=kept)
    batch = checked(AMAL, by=by)
    [row] = rows_of(batch)
    assert (row.outcome, row.cooperative_id) == ("same", kept.pk)
    assert gone.pk != kept.pk


def test_the_same_name_in_two_provinces_is_no_duplicate():
    CooperativeFactory(name_fr="Amal", name_ar="أمل")
    batch = checked(without(AMAL, province="Larache", tribunal="Larache"), AMAL, by=staff())
    assert outcomes(batch) == ["new", "doubtful"]


def test_an_agent_brings_rows_of_the_own_region_alone():
    by = staff(StaffRole.AGENT, staff_region=Region.objects.get(code="MA-09"))
    CooperativeFactory(registration_number="9/2019", court="Tiznit", name_fr="Autre")
    batch = checked(
        AMAL,
        without(WAFA, province="Larache"),
        without(AMAL, numéro="9/2019", nom_fr="Autre", nom_ar=""),
        without(AMAL, numéro="9/2019", tribunal="", province="Larache", nom_fr="Au loin"),
        by=by,
    )
    assert outcomes(batch) == ["new", "refused", "changed", "refused"]
    assert {code for row in problems(batch) for _field, code in row} == {"other-region"}


def test_it_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checking, "CHUNK", 2)
    by = staff()
    rows = [without(AMAL, numéro=str(number), nom_fr=f"N {number}") for number in range(5)]
    batch = begun(*rows, without(AMAL, numéro="1"), by=by)
    importing.match(batch.pk, batch.columns, by=by)

    def killed(done: int, total: int) -> None:
        assert total == 6
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        working.run(batch.pk, tell=killed)
    batch.refresh_from_db()
    assert (batch.state, batch.done, ImportRow.objects.count()) == ("checking", 2, 2)

    heard: list[tuple[int, int]] = []
    batch = working.run(batch.pk, tell=lambda done, total: heard.append((done, total)))
    assert heard == [(4, 6), (6, 6)]
    assert outcomes(batch) == ["new"] * 5 + ["refused"]
    assert (batch.state, batch.counts) == ("checked", {"new": 5, "refused": 1})


def test_two_workers_at_once_do_no_harm(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checking, "CHUNK", 1)
    by = staff()
    batch = begun(AMAL, WAFA, by=by)
    importing.match(batch.pk, batch.columns, by=by)
    batch.refresh_from_db()

    def other(done: int, total: int) -> None:
        """Another worker comes along after the first row, and does all the rest."""
        if done == 1:
            assert working.run(batch.pk).state == "checked"

    with pytest.raises(Elsewhere):
        checking.run(batch, by=by, tell=other)
    assert ImportRow.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_the_same_for_any_number(count, django_assert_num_queries):
    by = staff()
    for number in range(count):
        add(
            names={"fr": f"Tifaout {number}"},
            registration_number=f"7{number}",
            sector_code="argan",
            province_code="MA-TIZ",
            by=by,
        )
    batch = begun(AMAL, by=by)
    importing.match(batch.pk, batch.columns, by=by)
    batch.refresh_from_db()
    checker = checking.Checker(batch)
    chunk = [
        (number, list(without(AMAL, numéro=f"{kind}{number}", nom_fr=f"Tifaout {number}")))
        for number in range(count)
        for kind in (7, 8)
    ]
    with django_assert_num_queries(5):
        rows = checker.rows(chunk)
    assert [row.outcome for row in rows] == ["changed", "doubtful"] * count
    assert Cooperative.objects.count() == count
