"""The wizard for files of the register."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from taawon.cooperatives import tasks
from taawon.cooperatives.models import Cooperative, ImportBatch
from taawon.cooperatives.services import importing, working
from taawon.core.actor import Actor, Channel
from tests.backoffice.build import World, levels
from tests.cooperatives.filing import (
    AMAL,
    WAFA,
    applied,
    begun,
    checked,
    entry,
    file,
    ground,
    rows_of,
    without,
)
from tests.factories import CooperativeFactory

LIST = "/backoffice/registers/"


@pytest.fixture
def agent(house: World) -> Client:
    ground()
    return house.browser("administrator")


@pytest.fixture
def by(house: World) -> Actor:
    return Actor(house.people["administrator"].pk, Channel.STAFF)


def upload(client: Client, content: bytes, **more: str) -> Any:
    sent = SimpleUploadedFile("registre.csv", content)
    told = {"source": "Registre central", "as_of": "2026-03-01", "sheet": "", **more}
    return client.post(LIST, {"file": sent, **told})


def at(batch: ImportBatch) -> str:
    return f"{LIST}{batch.pk}/"


def test_from_the_upload_to_the_undo(agent: Client, house: World):
    answer = upload(agent, file(AMAL, without(WAFA, femmes="x")).getvalue())
    batch = ImportBatch.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, at(batch))

    page = agent.get(at(batch))
    assert [row["field"].initial for row in page.context["columns"]] == [
        *("registration_number", "court", "name_fr", "name_ar"),
        *("sector", "province", "women", "phone"),
    ]
    chosen = {f"column-{column}": field for field, column in batch.columns.items()}
    assert agent.post(f"{at(batch)}match/", chosen | {"column-7": "-"}).status_code == 302
    waiting = agent.get(at(batch))
    assert 'hx-trigger="every 1s"' in waiting.text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting.text

    working.run(batch.pk)
    page = agent.get(at(batch))
    assert [tab["count"] for tab in page.context["tabs"]] == [2, 1, 0, 0, 0, 1]
    assert not Cooperative.objects.filter(registration_number="1/2019").exists()

    assert agent.post(f"{at(batch)}apply/").status_code == 302
    working.run(batch.pk)
    assert (entry().women, entry().phone_on_record) == (12, "")
    assert f"{at(batch)}revert/" in agent.get(at(batch)).text

    assert agent.post(f"{at(batch)}revert/").status_code == 302
    working.run(batch.pk)
    assert [n for _label, n in agent.get(at(batch)).context["report"]] == [0, 1, 0, 0]
    assert not Cooperative.objects.filter(registration_number="1/2019").exists()


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (b"", {}),
        (b"%PDF-1.7", {}),
        (b"a;b\n1;2\n", {"source": ""}),
        (b"a;b\n1;2\n", {"as_of": "x"}),
    ],
)
def test_what_is_refused_is_said_in_the_form(agent: Client, content: bytes, more: dict[str, str]):
    answer = upload(agent, content, **more)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert ImportBatch.objects.count() == 1  # of the house


def test_columns_that_make_no_sense(agent: Client, by: Actor):
    batch = begun(AMAL, by=by)
    unused = {f"column-{column}": "-" for column in range(8)}
    twice = unused | {"column-0": "name", "column-1": "name"}
    for chosen in (unused, twice, {}, unused | {"column-0": "nonsense"}):
        answer = agent.post(f"{at(batch)}match/", chosen)
        assert answer.status_code == 422
        assert answer.context["form"].errors
    batch.refresh_from_db()
    assert batch.state == "uploaded"


def test_the_bar_moves_and_then_the_page_is_another(agent: Client, by: Actor):
    batch = begun(AMAL, by=by)
    importing.match(batch.pk, batch.columns, by=by)
    ImportBatch.objects.update(done=25, total=100)
    ask = {"headers": {"HX-Request": "true"}}
    part = agent.get(f"{at(batch)}?progress", **ask)
    assert '<progress max="100" value="25"' in part.text
    assert "<html" not in part.text
    ImportBatch.objects.update(done=0)
    working.run(batch.pk)
    done = agent.get(f"{at(batch)}?progress", **ask)
    assert (done.status_code, done["HX-Refresh"], done.content) == (200, "true", b"")


def test_doubtful_rows_one_by_one_and_all_at_once(agent: Client, by: Actor, house: World):
    twin = CooperativeFactory(name_fr="Amal", name_ar="أمل", phone_on_record="+212612345678")
    batch = checked(AMAL, without(AMAL, numéro="3"), without(AMAL, numéro="4"), by=by)
    page = agent.get(f"{at(batch)}?show=doubtful")
    values = re.findall(r'name="decision" value="([^"]*)"( checked)?', page.text)
    assert values[:2] == [("new", ""), ("first", "")]
    assert values[2:5] == [(str(twin.pk), ""), ("new", ""), ("", " checked")]

    first = rows_of(batch)[0]
    answer = agent.post(f"{at(batch)}rows/{first.pk}/decide/", {"decision": twin.pk, "page": "1"})
    assert answer["Location"] == f"{at(batch)}?show=doubtful&page=1#row-{first.pk}"
    assert levels(answer) == ["success"]
    answer = agent.post(f"{at(batch)}rows/{first.pk}/decide/", {"decision": "999999"})
    assert levels(answer) == ["warning"]
    agent.post(f"{at(batch)}decide/", {"decision": "new"})
    assert [row.decision for row in rows_of(batch)] == [str(twin.pk), "new", "new"]


def test_a_row_above_is_offered_by_its_number(agent: Client, by: Actor):
    batch = checked(AMAL, without(AMAL, numéro="3"), without(AMAL, numéro="4"), by=by)
    [later, last] = agent.get(f"{at(batch)}?show=doubtful").context["rows"]
    [above, *_others] = later["choices"]
    assert "2" in above["label"]
    assert "Amal" in above["label"]
    told = (above["value"], above["number"], above["place"], above["score"])
    assert told == ("row:2", "1/2019", "Tiznit", 100)
    assert [one["value"] for one in last["choices"]] == ["row:2", "row:3", "new", ""]
    row = later["row"]
    answer = agent.post(f"{at(batch)}rows/{row.pk}/decide/", {"decision": "row:2"})
    assert levels(answer) == ["success"]
    row.refresh_from_db()
    assert row.decision == "row:2"


def test_of_an_old_file_its_counts_are_left(agent: Client, by: Actor, house: World, clock: Any):
    batch, unused = applied(AMAL, WAFA, by=by), checked(without(WAFA, numéro="8"), by=by)
    assert agent.get(at(batch)).context["undo_ends"] == batch.changed_at + timedelta(days=180)
    clock.forward(days=181)
    tasks.forget_old_register_files()
    agent = house.browser("administrator")
    for one in (batch, unused):
        page = agent.get(at(one))
        assert [n for _label, n in page.context["counts"]] == [
            one.counts.get(name, 0) for name in ("new", "changed", "same", "doubtful", "refused")
        ]
        assert "backoffice/register_file_forgotten.html" in [one.name for one in page.templates]
        assert f"{at(one)}revert/" not in page.text
    for button in ("revert", "apply", "check"):
        assert levels(agent.post(f"{at(batch)}{button}/")) == ["warning"]
    chosen = {f"column-{column}": field for field, column in batch.columns.items()}
    assert agent.post(f"{at(batch)}match/", chosen).status_code == 422


def test_a_row_of_another_file_is_not_decided_here(agent: Client, by: Actor):
    CooperativeFactory(name_fr="Amal", name_ar="أمل", phone_on_record="+212612345678")
    one, other = checked(AMAL, by=by), checked(AMAL, by=by)
    row = rows_of(other)[0]
    answer = agent.post(f"{at(one)}rows/{row.pk}/decide/", {"decision": "new"})
    assert answer.status_code == 404
    row.refresh_from_db()
    assert row.decision == ""


def test_the_file_of_refused_rows(agent: Client, by: Actor):
    batch = checked(AMAL, without(WAFA, femmes="=1+1", nom_fr="+x"), by=by)
    answer = agent.get(f"{at(batch)}?file=csv")
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("2/2019;Tiznit;'+x;وفاء;Argan;Tiznit;'=1+1;;3;")
    assert agent.get(f"{at(batch)}?file=xlsx").getvalue().startswith(b"PK")


def test_differences_are_read_by_people(agent: Client, by: Actor, house: World):
    batch = checked(AMAL, by=by)
    importing.apply(batch.pk, by=by)
    working.run(batch.pk)
    batch = checked(without(AMAL, province="Larache", femmes="13"), by=by)
    [row] = agent.get(f"{at(batch)}?show=changed").context["rows"]
    assert [(one["old"], one["new"]) for one in row["changes"]] == [
        ("Tiznit", "Larache"),
        ("<bdi>12</bdi>", "<bdi>13</bdi>"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_rows_cost_the_same_for_any_number(
    agent: Client, by: Actor, count: int, django_assert_num_queries: Any
):
    for number in range(count):
        CooperativeFactory(
            name_fr=f"Amal {number}", name_ar="", phone_on_record=f"+21266100000{number}"
        )
    batch = checked(
        *(
            without(
                AMAL, numéro=str(number), nom_fr=f"Amal {number}", téléphone=f"066100000{number}"
            )
            for number in range(count)
        ),
        by=by,
    )
    agent.get(at(batch))
    with django_assert_num_queries(9):
        page = agent.get(f"{at(batch)}?show=doubtful")
    assert len(page.context["rows"]) == count
