"""Snapshots of a year of the demonstration, so that the observatory has a course to show.

The register of the demonstration is that of the end of 2019. What it held in the months before is
computed from its dates of registration; members, fields and statuses are those of today, and no
shop was open. Each file says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from taawon.cooperatives import statistics
from taawon.demo.loading import bulk
from taawon.observatory.models import Snapshot
from taawon.observatory.services import snapshots

MONTHS = (*(f"2019-{number:02d}" for number in range(2, 13)), "2020-01")
NOTE = (
    "Invented for the demonstration: computed from the dates of registration in its register, which"
    " ends in 2019. Members, fields of activity and statuses are those of a later day."
)


def load() -> None:
    """One snapshot a month, as if it had been taken in the first hour."""
    rows = [(day, replace(row, sells=False)) for day, row in statistics.counted_by_day() if day]
    taken = []
    for month in MONTHS:
        year, number = map(int, month.split("-"))
        at = datetime(year, number, 1, 0, 10, tzinfo=timezone.get_default_timezone())
        entered = (row for day, row in rows if day < at.date())
        text = snapshots.text_of(month, at, entered, NOTE)
        taken.append(Snapshot(month=month, taken_at=at, text=text, sha256=snapshots.checksum(text)))
    bulk.add(Snapshot, taken)
