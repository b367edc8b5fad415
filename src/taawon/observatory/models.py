from __future__ import annotations

import json
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone

from taawon.core.text import random_code
from taawon.observatory.states import DownloadState, Form


class Unchanging(models.QuerySet["Snapshot"]):
    """Rows that are read and added, and nothing else."""

    def update(self, **values: Any) -> NoReturn:
        raise RuntimeError("A snapshot stays as it was taken.")

    def delete(self) -> NoReturn:
        raise RuntimeError("A snapshot stays as it was taken.")


class Snapshot(models.Model):
    """The figures of a month as they stood when it was taken. It is never written again.

    `text` is the file itself: what is served is these letters, whatever becomes of the register.
    """

    month = models.CharField(max_length=7, unique=True)  # "2026-10"
    taken_at = models.DateTimeField(default=timezone.now)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    objects = Unchanging.as_manager()

    class Meta:
        ordering: ClassVar = ["month"]

    def __str__(self) -> str:
        return self.month

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RuntimeError("A snapshot stays as it was taken.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError("A snapshot stays as it was taken.")

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found


def new_code() -> str:
    return random_code(12)


class Download(models.Model):
    """A file of the register, made by a worker. `rows_done` of `rows` are written so far."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    form = models.CharField(max_length=8, choices=Form.choices)
    # What is in it; "" is everything.
    region = models.CharField(max_length=12, blank=True)
    sector = models.CharField(max_length=40, blank=True)
    womens = models.CharField(max_length=3, blank=True)
    state = models.CharField(
        max_length=8, choices=DownloadState.choices, default=DownloadState.WAITING
    )
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    # In the private storage, under a name that nobody can guess.
    file = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    # Who makes it, and when they were last heard of.
    claim = models.CharField(max_length=32, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=DownloadState.values), name="download_state"
            ),
            models.CheckConstraint(condition=models.Q(form__in=Form.values), name="download_form"),
            # Two people who ask at once wait for the same file.
            models.UniqueConstraint(
                fields=["form", "region", "sector", "womens"],
                condition=models.Q(state__in=["waiting", "making"]),
                name="one_file_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "asked_at"], name="downloads_to_make"),
            models.Index(
                fields=["form", "region", "sector", "womens", "made_at"],
                name="downloads_by_what_they_hold",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def percent(self) -> int:
        return min(100 * self.rows_done // self.rows, 100) if self.rows else 0
