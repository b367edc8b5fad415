"""The life of a file that is made in the background, and in which forms there are files."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DownloadState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    MAKING = "making", pgettext_lazy("of a file", "being made")
    READY = "ready", pgettext_lazy("of a file", "ready")
    FAILED = "failed", pgettext_lazy("of a file", "could not be made")


# A file whose maker died is waited for again.
NEXT: dict[DownloadState, frozenset[DownloadState]] = {
    DownloadState.WAITING: frozenset({DownloadState.MAKING}),
    DownloadState.MAKING: frozenset(
        {DownloadState.READY, DownloadState.WAITING, DownloadState.FAILED}
    ),
    DownloadState.READY: frozenset(),
    DownloadState.FAILED: frozenset(),
}


class Form(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    JSON = "json", "JSON"
    GEOJSON = "geojson", "GeoJSON"
