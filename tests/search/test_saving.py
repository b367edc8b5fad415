from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.accounts.privacy import erasers, exporters
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotAllowed, NotFound
from taawon.journal.models import Entry
from taawon.search import follower, saving
from taawon.search.errors import TooManySaved
from taawon.search.models import SavedSearch
from taawon.search.saving import Wish
from tests.factories import PersonFactory, actor
from tests.search.conftest import Notes

pytestmark = pytest.mark.django_db
MIEL = Wish(kind="note", address="q=miel", title="miel", words="miel")


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


def test_it_is_kept_once(notes: Notes) -> None:
    by = actor(PersonFactory())
    one, again = saving.keep(MIEL, by=by), saving.keep(MIEL, by=by)
    assert one.pk == again.pk
    assert events() == ["search-saved"]


def test_refusals_change_nothing(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "MOST", 1)
    by = actor(PersonFactory())
    kept = saving.keep(MIEL, by=by)
    with pytest.raises(TooManySaved):
        saving.keep(Wish(kind="note", address="q=thym", title="thym"), by=by)
    with pytest.raises(NotAllowed):
        saving.keep(MIEL, by=actor())
    with pytest.raises(Invalid):
        saving.keep(Wish(kind="nothing", address="", title="x"), by=by)
    with pytest.raises(NotFound):
        saving.drop(kept.pk, by=actor(PersonFactory()))
    assert list(SavedSearch.objects.values_list("pk", flat=True)) == [kept.pk]
    assert events() == ["search-saved"]


def test_dropped_by_its_owner(notes: Notes) -> None:
    by = actor(PersonFactory())
    saving.drop(saving.keep(MIEL, by=by).pk, by=by)
    assert not SavedSearch.objects.exists()
    assert events() == ["search-saved", "search-dropped"]


def test_what_is_new_is_said_once(notes: Notes) -> None:
    saved = saving.keep(MIEL, by=actor(PersonFactory()))
    long_ago = timezone.now() - timedelta(days=2)
    SavedSearch.objects.update(seen_at=long_ago)
    notes.put(int(long_ago.timestamp()) - 100, "Miel d'avant")
    notes.put(int(long_ago.timestamp()) + 100, "Miel nouveau")
    notes.put(int(long_ago.timestamp()) + 200, "Savon nouveau")
    follower.rebuild()

    assert saving.look_for_news(by=Actor.system()) == 1
    assert saving.look_for_news(by=Actor.system()) == 0

    entry = Entry.objects.get(name="something-new-fits")
    assert entry.facts["count"] == 1
    assert entry.facts["saved_id"] == saved.pk


def test_without_an_index_nothing_is_missed(notes: Notes) -> None:
    saving.keep(MIEL, by=actor(PersonFactory()))
    long_ago = timezone.now() - timedelta(days=2)
    SavedSearch.objects.update(seen_at=long_ago)
    assert saving.look_for_news(by=Actor.system()) == 0
    assert SavedSearch.objects.get().seen_at == long_ago


def test_a_persons_searches_go_with_them(notes: Notes) -> None:
    person = PersonFactory()
    saving.keep(MIEL, by=actor(person))
    assert [row["address"] for row in exporters["search"](person.pk)] == ["q=miel"]
    erasers["search"](person.pk)
    assert not SavedSearch.objects.exists()
