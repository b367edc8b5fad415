from __future__ import annotations

import pytest

from taawon.campaigns import queries
from taawon.campaigns.models import Addressee
from taawon.campaigns.queries import Line
from taawon.core.errors import NotFound
from taawon.messaging.models import Fate, Message
from tests.campaigns.build import campaign
from tests.factories import PersonFactory, RegionFactory, actor, staff

pytestmark = pytest.mark.django_db


def addressee(made, language: str, turn: str = "queued", reason: str = "", **message) -> None:
    one = Addressee.objects.create(
        campaign=made, person=PersonFactory(), language=language, turn=turn, held_because=reason
    )
    if message:
        Message.objects.create(
            to="+212612345678",
            text="x",
            language=language,
            key=f"{made.prefix}{one.pk}",
            **{"state": "sent", "segments": 2, "centimes": 40, **message},
        )


def test_every_person_stands_in_one_count(django_assert_num_queries):
    made = campaign()
    other = campaign()
    addressee(other, "fr", fate=Fate.DELIVERED)
    addressee(made, "fr", "waiting")
    addressee(made, "fr", "held", "landline")
    addressee(made, "ar", "held", "stopped")
    addressee(made, "fr", fate=Fate.DELIVERED)
    addressee(made, "fr", fate=Fate.DELIVERED, in_doubt=True)
    addressee(made, "fr", fate=Fate.LOST)
    addressee(made, "fr", fate=Fate.ACCEPTED)
    addressee(made, "ar")  # erased before a text was written
    addressee(made, "ar", state="queued", centimes=0)
    addressee(made, "ar", state="failed", trouble="stopped", centimes=0)
    addressee(made, "ar", state="failed", trouble="suppressed", centimes=0)
    addressee(made, "ar", state="failed", trouble="rejected", centimes=0)
    with django_assert_num_queries(2):
        found = queries.progress(made)
    french = Line("fr", waiting=1, held=1, arrived=2, lost=1, sent=1, in_doubt=1)
    assert found.lines == (
        Line("ar", on_the_way=1, withheld=2, failed=2, held=1),
        Line(**{**_as_dict(french), "segments": 8, "centimes": 160}),
    )
    assert (found.all.people, found.all.done, found.percent) == (12, 10, 83)
    assert found.held == {"landline": 1, "stopped": 1}


def _as_dict(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in line.__slots__}


def test_who_waited_when_it_was_stopped_was_left_out():
    made = campaign()
    addressee(made, "fr", "waiting")
    made.state = "stopped"
    assert queries.progress(made).lines == (Line("fr", left_out=1),)


def test_lists_are_held_to_the_region(django_assert_num_queries):
    agent = staff("agent", staff_region=RegionFactory())
    own, country = campaign(agent), campaign()
    assert list(queries.campaigns(by=agent)) == [own]
    assert list(queries.campaigns(by=staff("administrator"))) == [country, own]
    assert list(queries.campaigns(by=actor(PersonFactory()))) == []
    with pytest.raises(NotFound):
        queries.campaign(country.pk, by=agent)
    type(own).objects.update(state="review")
    assert (queries.to_approve("MA-09", 0).count(), queries.to_approve(None, 0).count()) == (1, 2)
    assert queries.to_approve("MA-09", agent.person_id).count() == 0
