"""Jobs that run every so often, on one worker at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from taawon.journal.models import PeriodicJob

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    seconds: int
    run: Callable[[], None]


_jobs: dict[str, Job] = {}


def every(*, seconds: int) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a job; it must bear being run twice, and being killed."""

    def register(run: Callable[[], None]) -> Callable[[], None]:
        name = f"{run.__module__}.{run.__name__}"
        _jobs[name] = Job(name=name, seconds=seconds, run=run)
        return run

    return register


def tick() -> list[str]:
    """Run what is due and not claimed by another worker; the names of what ran."""
    due = set(PeriodicJob.objects.filter(next_at__gt=timezone.now()).values_list("name", flat=True))
    return [job.name for job in _jobs.values() if job.name not in due and _claim(job) and _run(job)]


def _claim(job: Job) -> bool:
    now = timezone.now()
    later = now + timedelta(seconds=job.seconds)
    if PeriodicJob.objects.filter(name=job.name, next_at__lte=now).update(next_at=later):
        return True
    _, new = PeriodicJob.objects.get_or_create(name=job.name, defaults={"next_at": later})
    return new


def _run(job: Job) -> bool:
    try:
        job.run()
    except Exception:
        log.exception("A job of the clock failed: %s", job.name)
    return True
