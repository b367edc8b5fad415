from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from taawon.accounts.models import StaffRole
from taawon.cooperatives import filed
from taawon.cooperatives.errors import (
    ColumnNeeded,
    ColumnTwice,
    FileTooLarge,
    NotDoubtful,
    WrongBatchState,
)
from taawon.cooperatives.models import Cooperative, ImportBatch
from taawon.cooperatives.services import importing, working
from taawon.cooperatives.sheets import BadSheet
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from taawon.journal.models import Entry
from taawon.places.models import Region
from tests.cooperatives.filing import (
    AMAL,
    AS_OF,
    WAFA,
    begun,
    checked,
    entry,
    file,
    ground,
    outcomes,
    rows_of,
    without,
)
from tests.factories import CooperativeFactory, PersonFactory, actor, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground() -> None:
    ground()


def kept() -> list[str]:
    try:
        return storages["private"].listdir("registers")[1]
    except FileNotFoundError:
        return []


def test_a_file_is_kept_and_its_columns_are_guessed():
    by = staff()
    batch = begun(AMAL, WAFA, by=by)
    assert (batch.state, batch.filename, batch.source) == ("uploaded", "r.csv", "Registre central")
    assert (batch.encoding, batch.delimiter, batch.total) == ("utf-8", ";", 2)
    assert batch.columns == {
        "registration_number": 0,
        "court": 1,
        "name_fr": 2,
        "name_ar": 3,
        "sector": 4,
        "province": 5,
        "women": 6,
        "phone": 7,
    }
    with storages["private"].open(batch.file) as again:
        assert again.read() == file(AMAL, WAFA).getvalue()
    assert filed.examples(batch)[2] == ["Amal", "Wafa"]
    [line] = Entry.objects.filter(name="register-file-brought")
    assert (line.subject, line.facts) == (
        f"cooperatives.importbatch:{batch.pk}",
        {"batch_id": batch.pk},
    )


@pytest.mark.parametrize(
    ("content", "source", "as_of", "refusal"),
    [
        (b"", "R", AS_OF, BadSheet),
        (b"%PDF-1.7", "R", AS_OF, BadSheet),
        (b"a;b\n1;2\n", " ", AS_OF, Missing),
        (b"a;b\n1;2\n", "R", date(1900, 1, 1), Invalid),
        (b"a;b\n1;2\n", "R", date.max, Invalid),
    ],
)
def test_what_is_refused_leaves_nothing(content, source, as_of, refusal):
    before = kept()
    with pytest.raises(refusal):
        importing.begin(io.BytesIO(content), "r.csv", source, as_of, by=staff())
    assert not ImportBatch.objects.exists()
    assert kept() == before


def test_a_file_that_is_too_large(monkeypatch):
    monkeypatch.setattr(importing, "MOST_BYTES", 100)
    with pytest.raises(FileTooLarge):
        begun(AMAL, WAFA, by=staff())
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("role", "refusal"), [("customer", NotFound), (StaffRole.EDITOR, NotAllowed)]
)
def test_only_agents_bring_files(role, refusal):
    by = actor(PersonFactory()) if role == "customer" else staff(role)
    batch = begun(AMAL, by=staff())
    for call in (
        lambda: begun(AMAL, by=by),
        lambda: importing.match(batch.pk, batch.columns, by=by),
        lambda: importing.apply(batch.pk, by=by),
        lambda: importing.revert(batch.pk, by=by),
        lambda: importing.decide(0, "new", by=by),
        lambda: importing.decide_all(batch.pk, "new", by=by),
    ):
        with pytest.raises(refusal):
            call()
    batch.refresh_from_db()
    assert (batch.state, ImportBatch.objects.count()) == ("uploaded", 1)


def test_an_agent_of_one_region_sees_no_file_of_others():
    here = staff(StaffRole.AGENT, staff_region=Region.objects.get(code="MA-09"))
    batch, own = begun(AMAL, by=staff()), begun(WAFA, by=here)
    with pytest.raises(NotFound):
        importing.match(batch.pk, batch.columns, by=here)
    assert list(filed.batches(by=here)) == [own]
    assert list(filed.batches(by=staff(StaffRole.AGENT))) == [own, batch]


def test_columns_must_make_sense():
    by = staff()
    batch = begun(AMAL, by=by)
    number = {"registration_number": 0}
    for columns, refusal in (
        ({}, ColumnNeeded),
        ({"name": 2}, ColumnNeeded),
        (number | {"name": 0}, ColumnTwice),
        (number | {"name": 99}, Invalid),
        (number | {"nonsense": 1}, Invalid),
    ):
        with pytest.raises(refusal):
            importing.match(batch.pk, columns, by=by)
    batch.refresh_from_db()
    assert batch.state == "uploaded"


def test_nothing_happens_out_of_turn():
    by = staff()
    batch = begun(AMAL, by=by)
    for call in (importing.apply, importing.revert):
        with pytest.raises(WrongBatchState):
            call(batch.pk, by=by)
    importing.match(batch.pk, batch.columns, by=by)
    with pytest.raises(WrongBatchState):
        importing.match(batch.pk, batch.columns, by=by)
    working.run(batch.pk)
    importing.apply(batch.pk, by=by)
    with pytest.raises(WrongBatchState):
        importing.match(batch.pk, batch.columns, by=by)
    working.run(batch.pk)
    with pytest.raises(WrongBatchState):
        importing.apply(batch.pk, by=by)


def test_matched_anew_it_is_looked_at_anew():
    by = staff()
    batch = checked(AMAL, WAFA, by=by)
    assert outcomes(batch) == ["new", "new"]
    fewer = {field: place for field, place in batch.columns.items() if field != "sector"}
    importing.match(batch.pk, fewer, by=by)
    batch = working.run(batch.pk)
    assert (outcomes(batch), batch.counts) == (["refused", "refused"], {"refused": 2})
    importing.match(batch.pk, {**fewer, "sector": 4}, by=by)
    assert outcomes(working.run(batch.pk)) == ["new", "new"]


def test_doubtful_rows_are_decided():
    by = staff()
    twin = CooperativeFactory(name_fr="Amal", name_ar="أمل", phone_on_record="+212612345678")
    batch = checked(AMAL, WAFA, by=by)
    doubtful, sure = rows_of(batch)
    assert (doubtful.outcome, sure.outcome) == ("doubtful", "new")
    assert doubtful.candidates == [
        {"id": twin.pk, "score": 100, "reasons": ["name", "province", "phone"]}
    ]
    with pytest.raises(NotDoubtful):
        importing.decide(sure.pk, "new", by=by)
    for nonsense in ("0", "x", str(twin.pk + 1)):
        with pytest.raises(Invalid):
            importing.decide(doubtful.pk, nonsense, by=by)
    assert importing.decide(doubtful.pk, str(twin.pk), by=by).decision == str(twin.pk)
    assert importing.decide(doubtful.pk, "", by=by).decision == ""
    assert importing.decide_all(batch.pk, "first", by=by) == 1
    assert importing.decide_all(batch.pk, "first", by=by) == 0
    importing.apply(batch.pk, by=by)
    working.run(batch.pk)
    twin.refresh_from_db()
    assert (twin.registration_number, twin.women, entry().pk) == ("1/2019", 12, twin.pk)
    with pytest.raises(WrongBatchState):
        importing.decide(doubtful.pk, "new", by=by)


def test_a_row_that_is_one_above_stays_out():
    by = staff()
    batch = checked(AMAL, without(AMAL, numéro="8/2019"), WAFA, by=by)
    first, later, _other = rows_of(batch)
    for nonsense in ("row:3", "row:4", "2", "row:"):
        with pytest.raises(Invalid):
            importing.decide(later.pk, nonsense, by=by)
    assert importing.decide(later.pk, f"row:{first.number}", by=by).decision == "row:2"
    importing.decide(later.pk, "", by=by)
    assert importing.decide_all(batch.pk, "first", by=by) == 1
    importing.apply(batch.pk, by=by)
    batch = working.run(batch.pk)
    assert (batch.state, batch.done) == ("applied", 2)
    assert [row.applied for row in rows_of(batch)] == [True, False, True]
    assert Cooperative.objects.filter(registration_number="8/2019").count() == 0


def test_a_row_like_one_above_may_be_another_cooperative():
    by = staff()
    batch = checked(AMAL, without(AMAL, numéro="8/2019"), by=by)
    importing.decide_all(batch.pk, "new", by=by)
    importing.apply(batch.pk, by=by)
    assert working.run(batch.pk).done == 2
    assert entry("8/2019").name_fr == entry().name_fr == "Amal"


def test_what_nobody_decides_stays_out():
    by = staff()
    CooperativeFactory(name_fr="Amal", name_ar="أمل", phone_on_record="+212612345678")
    batch = checked(AMAL, WAFA, by=by)
    importing.apply(batch.pk, by=by)
    batch = working.run(batch.pk)
    assert (batch.state, batch.done, batch.total) == ("applied", 1, 1)
    assert not Cooperative.objects.filter(registration_number="1/2019").exists()


def test_each_step_is_one_line_in_the_journal():
    by = staff()
    batch = checked(AMAL, WAFA, without(AMAL, numéro="3", nom_fr="Tifaout", nom_ar=""), by=by)
    importing.apply(batch.pk, by=by)
    working.run(batch.pk)
    importing.revert(batch.pk, by=by)
    working.run(batch.pk)
    lines = Entry.objects.filter(subject=f"cooperatives.importbatch:{batch.pk}").order_by("pk")
    assert [(line.name, line.person_id, line.facts) for line in lines] == [
        (f"register-file-{name}", by.person_id, {"batch_id": batch.pk, **facts})
        for name, facts in (
            ("brought", {}),
            ("matched", {}),
            ("checked", {"rows": 3}),
            ("approved", {"rows": 3}),
            ("applied", {"rows": 3}),
            ("recalled", {}),
            ("reverted", {"kept": 0}),
        )
    ]


def test_whoever_runs_the_machine_may_import():
    batch = checked(AMAL, by=Actor.system())
    importing.apply(batch.pk, by=Actor.system())
    assert (working.run(batch.pk).state, entry().women) == ("applied", 12)


def test_as_of_may_be_today():
    today = timezone.localdate()
    batch = importing.begin(file(AMAL), "r.csv", "R", today, by=staff())
    assert batch.as_of == today
    with pytest.raises(Invalid):
        importing.begin(file(AMAL), "r.csv", "R", today + timedelta(days=1), by=staff())
