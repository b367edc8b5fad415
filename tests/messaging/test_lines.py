from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from taawon.messaging import lines
from taawon.messaging.gateways.routes import Route
from taawon.messaging.models import Line

SLOW = Route(name="iam", kind="memory", segments_a_second=30)


@pytest.mark.django_db
def test_a_bucket_is_filled_by_the_clock(clock):
    assert lines.take(SLOW, 50) == 30
    assert lines.take(SLOW, 50) == 0
    clock.forward(seconds=0.5)
    assert lines.take(SLOW, 50) == 15
    clock.forward(hours=1)
    assert lines.take(SLOW, 50) == 30


@pytest.mark.django_db
def test_what_was_not_used_is_given_back(clock):
    assert lines.take(SLOW, 30) == 30
    lines.give_back(SLOW, 28)
    assert lines.take(SLOW, 30) == 28


@pytest.mark.django_db
def test_a_clock_that_was_put_back_gives_nothing(clock):
    assert lines.take(SLOW, 30) == 30
    clock.forward(hours=-1)
    assert lines.take(SLOW, 30) == 0
    clock.forward(seconds=1)
    assert lines.take(SLOW, 30) == 30


def test_without_a_rate_everything_goes():
    assert lines.take(Route(name="free", kind="memory"), 700) == 700


@settings(deadline=None)  # each example writes rows
@given(st.lists(st.tuples(st.floats(0, 5), st.integers(1, 80)), max_size=30))
@pytest.mark.django_db
def test_never_more_than_the_rate(django_db_blocker, steps):
    """Whatever is asked, and however often: a full bucket and what the clock has added."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        from tests.conftest import Clock  # noqa: PLC0415 - a clock for each example

        clock = Clock()
        patch.setattr("django.utils.timezone.now", clock.now)
        Line.objects.all().delete()
        taken, passed = 0, 0.0
        for seconds, wanted in steps:
            clock.forward(seconds=seconds)
            passed += seconds
            taken += lines.take(SLOW, wanted)
            assert taken <= 30 + 30 * passed + 1e-3


@pytest.mark.django_db
def test_a_line_rests_after_three_failures_and_ever_longer(clock):
    rests = []
    for _ in range(8):
        lines.failed("iam", "kannel-503")
        line = Line.objects.get()
        rests.append(line.down_until and (line.down_until - clock.now()).total_seconds())
    assert rests == [None, None, 30, 60, 120, 240, 300, 300]
    assert (line.trouble, lines.is_resting(line), lines.is_probing(line)) == (
        "kannel-503",
        True,
        False,
    )
    clock.forward(seconds=301)
    assert (lines.is_resting(line), lines.is_probing(line)) == (False, True)
    lines.worked("iam")
    assert lines.down(["iam"]) == set()


@pytest.mark.django_db
def test_a_gateway_that_says_how_long_is_believed(clock):
    assert lines.failed("iam", "throttled", 2) is False
    assert (Line.objects.get().down_until - clock.now()).total_seconds() == 2


@pytest.mark.django_db
def test_a_process_of_its_own_has_to_say_that_it_lives(clock):
    lines.of("iam")
    assert lines.down(["iam"], ["iam"]) == {"iam"}
    lines.alive("iam")
    assert lines.down(["iam"], ["iam"]) == set()
    clock.forward(seconds=61)
    assert lines.down(["iam"], ["iam"]) == {"iam"}
    assert lines.down(["iam"]) == set()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ten_at_once_share_one_bucket(clock):
    ready = Barrier(10)

    def take(_: int) -> int:
        ready.wait()
        try:
            return lines.take(SLOW, 7)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as threads:
        assert sum(threads.map(take, range(10))) == 30
