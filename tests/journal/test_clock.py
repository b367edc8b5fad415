from __future__ import annotations

from collections.abc import Iterator

import pytest

from taawon.journal import clock as clocks
from taawon.journal.clock import every, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(monkeypatch) -> Iterator[list[str]]:
    monkeypatch.setattr(clocks, "_jobs", {})
    times: list[str] = []

    @every(seconds=60)
    def ring() -> None:
        times.append("ring")

    @every(seconds=3600)
    def fail() -> None:
        times.append("fail")
        raise RuntimeError("no")

    return iter([times])


def test_each_job_runs_when_it_is_due(rung, clock):
    times = next(rung)
    assert len(tick()) == 2
    assert tick() == []
    clock.forward(seconds=61)
    assert [name.rpartition(".")[2] for name in tick()] == ["ring"]
    assert times == ["ring", "fail", "ring"]


def test_another_worker_was_faster(rung, clock, monkeypatch):
    times = next(rung)
    tick()
    clock.forward(seconds=61)
    [job] = [job for job in clocks._jobs.values() if job.seconds == 60]
    assert clocks._claim(job)
    assert not clocks._claim(job)
    assert times == ["ring", "fail"]
