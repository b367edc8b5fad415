"""What can be read of the observatory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from taawon.core.errors import NotFound
from taawon.core.memory import remember
from taawon.observatory.models import Download, Snapshot
from taawon.observatory.states import DownloadState

# A file of the register serves for so long.
FRESH = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot in a list, without its figures."""

    month: str
    taken_at: datetime
    sha256: str


def snapshots() -> list[Taken]:
    """All of them, the oldest first; one query."""
    rows = Snapshot.objects.order_by("month").values_list("month", "taken_at", "sha256")
    return [Taken(*row) for row in rows]


def snapshot(month: str) -> Snapshot:
    """Raises NotFound."""
    found = Snapshot.objects.filter(month=month).first()
    if found is None:
        raise NotFound
    return found


@remember(seconds=60)
def totals_by_month() -> dict[str, dict[str, Any]]:
    """{month: the table "cooperatives" of its snapshot}, the oldest first; one query."""
    return {
        one.month: one.data["series"]["cooperatives"] for one in Snapshot.objects.order_by("month")
    }


def download(code: str) -> Download:
    """Raises NotFound."""
    found = Download.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def fresh_download(
    form: str, region: str, sector: str, womens: str, *, within: timedelta = FRESH
) -> Download | None:
    """The newest file of these rows that is ready and not older than that."""
    made = Download.objects.filter(
        form=form,
        region=region,
        sector=sector,
        womens=womens,
        state=DownloadState.READY,
        made_at__gt=timezone.now() - within,
    )
    return made.order_by("-made_at").first()
