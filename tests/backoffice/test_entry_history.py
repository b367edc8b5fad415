"""The journal of a cooperative at the desk: what the entry held, and what happened to it."""

from __future__ import annotations

import pytest

from taawon.cooperatives.services import correcting, merging
from taawon.core.actor import Actor, Channel
from tests.backoffice.build import World
from tests.cooperatives.filing import AMAL, applied, entry, ground, reverted, without


@pytest.fixture
def by(house: World) -> Actor:
    ground()
    return Actor(house.people["administrator"].pk, Channel.STAFF)


def journal(cooperative_id: int) -> str:
    return f"/backoffice/cooperatives/{cooperative_id}/?show=journal"


def test_what_files_changed_and_who_took_it_back(house: World, by: Actor) -> None:
    applied(AMAL, by=by)
    batch = applied(without(AMAL, femmes="13", téléphone="0661000000"), by=by)
    made = entry()
    fix = correcting.correct(
        made.pk, {"women": "14"}, seen={}, source="Statuts", as_of=batch.as_of, by=by
    )
    reverted(batch, by)

    page = house.browser("administrator").get(journal(made.pk))

    undo, correction, file, first = page.context["steps"]
    assert [(one["label"], one["old"], one["new"]) for one in undo.changes] == [
        (
            "Téléphone au registre",
            '<bdi dir="ltr">06 61 00 00 00</bdi>',
            '<bdi dir="ltr">06 12 34 56 78</bdi>',
        )
    ]
    assert (undo.is_undo, undo.who, undo.file) == (True, "Nadia Idrissi", batch)
    assert [one["new"] for one in correction.changes] == ["<bdi>14</bdi>"]
    assert (correction.source, correction.may_be_taken_back) == ("Statuts", fix.pk)
    assert (len(file.changes), file.may_be_taken_back, file.file) == (2, None, batch)
    assert first.is_first
    assert f'href="/backoffice/registers/{batch.pk}/"' in page.text
    assert f"/revisions/{fix.pk}/back/" in page.text


def test_a_file_that_one_may_not_open_is_no_link(house: World, by: Actor) -> None:
    batch = applied(AMAL, by=by)
    page = house.browser("agent").get(journal(entry().pk))
    assert [one.file for one in page.context["steps"]] == [None]
    assert f"/backoffice/registers/{batch.pk}/" not in page.text


def test_a_merge_names_the_other_entry(house: World, by: Actor) -> None:
    merging.merge(house.coop.pk, house.twin.pk, {}, by=by)
    page = house.browser("agent").get(journal(house.coop.pk))
    [line] = [line for line in page.context["lines"] if line.other]
    assert line.other == (house.twin.pk, house.twin.name_fr)
    assert f'href="/backoffice/cooperatives/{house.twin.pk}/"' in page.text
