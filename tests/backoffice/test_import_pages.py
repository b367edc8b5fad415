"""What the pages of a register file show of its rows and columns, and of the file itself."""

from __future__ import annotations

from unittest.mock import patch
from urllib.parse import unquote

import pytest
from django.test import Client

from taawon.core.actor import Actor, Channel
from tests.backoffice.build import World, levels
from tests.backoffice.test_imports import at
from tests.cooperatives.filing import (
    AMAL,
    WAFA,
    applied,
    begun,
    checked,
    entry,
    ground,
    reverted,
    without,
)
from tests.factories import CooperativeFactory


@pytest.fixture
def agent(house: World) -> Client:
    ground()
    return house.browser("administrator")


@pytest.fixture
def by(house: World) -> Actor:
    return Actor(house.people["administrator"].pk, Channel.STAFF)


def test_a_doubtful_row_shows_what_it_would_change(agent: Client, by: Actor):
    CooperativeFactory(
        name_fr="Amal", name_ar="أمل", phone_on_record="+212612345678", registration_number="9/2001"
    )
    batch = checked(AMAL, by=by)
    [row] = agent.get(f"{at(batch)}?show=doubtful").context["rows"]
    changed = [(one["old"], one["new"]) for one in row["choices"][0]["changes"]]
    assert ("<bdi>9/2001</bdi>", "<bdi>1/2019</bdi>") in changed


def test_rows_with_a_remark_have_a_tab(agent: Client, by: Actor):
    batch = checked(without(AMAL, province="Tiznitt"), WAFA, by=by)
    page = agent.get(f"{at(batch)}?show=remarks")
    assert [tab["count"] for tab in page.context["tabs"]] == [2, 2, 0, 0, 0, 0, 1]
    [row] = page.context["rows"]
    assert len(row["remarks"]) == 1
    assert row["remarks"][0].replace("’", "'") in page.text.replace("’", "'")


def test_the_same_bytes_again_are_said_to_be_so(agent: Client, by: Actor):
    first = checked(AMAL, by=by)
    assert agent.get(at(first)).context["first"] is None
    second = begun(AMAL, by=by)
    page = agent.get(at(second))
    assert page.context["first"] == first
    assert f'href="{at(first)}"' in page.text
    third = checked(AMAL, by=by)
    assert agent.get(at(third)).context["first"] == first
    agent.post(f"{at(first)}discard/")
    assert agent.get(at(third)).context["first"] == second
    assert agent.get(at(begun(WAFA, by=by))).context["first"] is None


def test_a_file_is_thrown_away(agent: Client, by: Actor):
    batch = checked(AMAL, by=by)
    assert f"{at(batch)}discard/" in agent.get(at(batch)).text
    answer = agent.post(f"{at(batch)}discard/")
    assert levels(answer) == ["success"]
    page = agent.get(at(batch))
    assert "register_file_forgotten.html" in page.templates[0].name
    assert levels(agent.post(f"{at(batch)}apply/")) == ["warning"]


def test_the_file_of_refused_rows_is_named_in_the_language_of_the_desk(agent: Client, by: Actor):
    batch = checked(without(AMAL, femmes="x"), by=by)
    name = {"register-%(number)d-refused-rows": "الأسطر-المرفوضة-%(number)d"}
    with patch("taawon.backoffice.imports._", name.get):
        answer = agent.get(f"{at(batch)}?file=csv")
    assert answer.getvalue()
    said = unquote(answer["Content-Disposition"])
    assert f"taawon-الأسطر-المرفوضة-{batch.pk}-" in said
    with patch("taawon.backoffice.imports._", name.get):
        assert agent.get(f"{at(batch)}?file=xlsx").getvalue()[:2] == b"PK"


def test_the_columns_are_a_table_with_three_examples(agent: Client, by: Actor):
    batch = begun(AMAL, WAFA, without(AMAL, numéro="3"), without(AMAL, numéro="4"), by=by)
    page = agent.get(at(batch))
    assert page.context["columns"][0]["examples"] == ["1/2019", "2/2019", "3"]
    assert page.text.count('<th scope="row">') == 8


def test_an_entry_that_is_gone_is_no_link(agent: Client, by: Actor):
    batch = applied(AMAL, by=by)
    link = f'href="/backoffice/cooperatives/{entry().pk}/"'
    assert link in agent.get(at(batch)).text
    reverted(batch, by)
    assert link not in agent.get(at(batch)).text
