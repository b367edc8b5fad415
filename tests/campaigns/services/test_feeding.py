from __future__ import annotations

import threading

import pytest
from django.db import connection

from taawon.accounts.services import persons
from taawon.campaigns import queries
from taawon.campaigns.models import Addressee, Campaign
from taawon.campaigns.services import feeding, running
from taawon.core.actor import Actor
from taawon.messaging import consent, sending
from taawon.messaging.models import Lane, Message
from tests.campaigns.build import by_day, campaign, member
from tests.factories import CooperativeFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_is_nudged(monkeypatch):
    monkeypatch.setattr("taawon.messaging.services.nudge", lambda: None)


def started(**more) -> Campaign:
    by = staff("editor")
    return running.submit(campaign(by, **more).pk, by=by)


def steps(clock, times: int = 3) -> None:
    for _ in range(times):
        feeding.feed_all()
        clock.forward(seconds=2)


def test_each_gets_it_once_in_their_language_with_their_names(clock):
    by_day(clock)
    home = CooperativeFactory(name_fr="Tifaout")
    member(cooperative=home, person__name="Amina", person__phone="+212611111111")
    member(cooperative=home, person__language="ar", person__phone="+212622222222")
    made = started(texts={"fr": "Bonjour {name} de {cooperative}.", "ar": "سلام."})
    steps(clock, 5)
    rows = Message.objects.order_by("pk").values_list(
        "to", "text", "language", "lane", "cooperative_id"
    )
    assert list(rows) == [
        (
            "+212611111111",
            "Taawon: Bonjour Amina de Tifaout. STOP au 2255",
            "fr",
            Lane.CAMPAIGN,
            home.pk,
        ),
        ("+212622222222", "تعاون: سلام. للإيقاف: توقف إلى 2255", "ar", Lane.CAMPAIGN, home.pk),
    ]
    sending.send_pending()
    steps(clock)
    made.refresh_from_db()
    assert (made.state, made.ended_at is not None) == ("done", True)


def test_at_its_pace(clock):
    by_day(clock)
    for _ in range(10):
        member()
    started(texts_a_minute=60)
    counts = []
    for _ in range(4):
        feeding.feed_all()
        counts.append(Message.objects.count())
        clock.forward(seconds=3)
    assert counts == [0, 3, 6, 9]


def test_a_worker_that_was_away_does_not_catch_up_at_once(clock):
    by_day(clock)
    for _ in range(20):
        member()
    started(texts_a_minute=10)
    feeding.feed_all()
    clock.forward(hours=1)
    feeding.feed_all()
    assert Message.objects.count() == 10


def test_in_the_hours_of_the_day_alone(clock):
    by_day(clock)
    member()
    started()
    feeding.feed_all()
    clock.forward(hours=10)  # nine in the evening in Casablanca
    feeding.feed_all()
    assert Message.objects.count() == 0
    clock.forward(hours=12)  # nine in the morning
    steps(clock)
    assert Message.objects.count() == 1


def test_the_outbox_is_never_flooded(clock, monkeypatch):
    by_day(clock)
    monkeypatch.setattr(feeding, "MOST_IN_OUTBOX", 3)
    for _ in range(5):
        member()
    started()
    steps(clock, 5)
    assert Message.objects.count() == 3
    sending.send_pending()
    steps(clock)
    assert Message.objects.count() == 5


def test_a_stop_counts_to_the_last_second(clock, post_box):
    by_day(clock)
    person = member()
    made = started()
    steps(clock)
    consent.stop(person.phone)
    sending.send_pending()
    steps(clock)
    made.refresh_from_db()
    [line] = queries.progress(made).lines
    assert (made.state, post_box, line.withheld, line.people) == ("done", [], 1, 1)


def test_the_audience_is_written_down_in_steps(clock, monkeypatch):
    by_day(clock)
    monkeypatch.setattr(feeding, "STEP", 2)
    for place in range(5):
        member(agreed=place > 0)
    made = started()
    assert feeding.write_audience(made.pk) is True
    assert feeding.write_audience(made.pk) is True
    assert feeding.write_audience(made.pk) is False
    assert feeding.write_audience(made.pk) is False
    rows = Addressee.objects.order_by("pk").values_list("turn", "held_because")
    assert list(rows) == [("held", "no-consent"), *[("waiting", "")] * 4]


def test_who_was_erased_meanwhile_gets_nothing(clock):
    by_day(clock)
    person = member()
    made = started()
    feeding.feed_all()
    persons.erase(person.pk, by=Actor.system())
    steps(clock, 4)
    made.refresh_from_db()
    assert (Message.objects.count(), made.state) == (0, "done")
    assert queries.progress(made).all.failed == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_workers_feed_it_once(clock):
    by_day(clock)
    for _ in range(30):
        member()
    started(texts_a_minute=60)
    feeding.feed_all()
    clock.forward(seconds=10)
    gate = threading.Barrier(4)

    def run() -> None:
        gate.wait()
        feeding.feed_all()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Message.objects.count() == 10
    assert Addressee.objects.filter(turn="queued").count() == 10


def test_a_step_costs_the_same_for_one_and_for_three(clock, django_assert_num_queries):
    by_day(clock)
    for people in (1, 3):
        for _ in range(people):
            member()
        made = started()
        feeding.feed_all()
        clock.forward(seconds=2)
        with django_assert_num_queries(10):
            feeding.feed(made.pk)


def test_it_names_the_cooperative_for_which_a_person_is_written_to(clock):
    by_day(clock)
    person = member(role="seller", cooperative=CooperativeFactory(name_fr="Alpha"))
    member(role="president", cooperative=CooperativeFactory(name_fr="Beta"), person=person)
    started(roles=["president"], texts={"fr": "Pour {cooperative}."})
    steps(clock)
    assert Message.objects.get().text == "Taawon: Pour Beta. STOP au 2255"


def test_a_large_audience_takes_several_turns(clock, monkeypatch):
    by_day(clock)
    monkeypatch.setattr(feeding, "STEP", 1)
    for _ in range(6):
        member()
    made = started()
    feeding.feed_all()
    made.refresh_from_db()
    assert (Addressee.objects.count(), made.is_complete) == (4, False)
