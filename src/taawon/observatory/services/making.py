"""Files of the register are made: claimed, written with no transaction open, settled.

A maker tells after each piece of the register that it is alive. One that was killed is not heard of
any more, and its file is made again by the next.
"""

from __future__ import annotations

import logging
import secrets
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from taawon.core.actor import Actor
from taawon.core.disk import writing
from taawon.journal.record import record
from taawon.observatory import files, register
from taawon.observatory.events import DownloadMade
from taawon.observatory.files import About
from taawon.observatory.models import Download
from taawon.observatory.register import Filters, Row
from taawon.observatory.states import DownloadState

log = logging.getLogger(__name__)
MOST_TRIES = 3
FOLDER = "observatory"


class Lost(Exception):
    """Somebody else makes this file now."""


def make_waiting() -> int:
    """Make all files that are asked for; how many."""
    made = 0
    while (mine := _claim()) is not None:
        made += _make(mine)
    return made


def requeue_lost(*, by: Actor) -> int:
    """Whose maker was not heard of for long waits again, or has failed for good; how many."""
    long_ago = timezone.now() - timedelta(seconds=settings.LOST_AFTER_SECONDS)
    lost = Download.objects.filter(state=DownloadState.MAKING, heard_at__lt=long_ago)
    failed = lost.filter(tries__gte=MOST_TRIES).update(state=DownloadState.FAILED, claim="")
    return failed + lost.update(state=DownloadState.WAITING, claim="", rows_done=0)


def _claim() -> Download | None:
    """The oldest that waits, as ours; another maker may be faster."""
    waiting = Download.objects.filter(state=DownloadState.WAITING).order_by("asked_at", "pk")
    while (pk := waiting.values_list("pk", flat=True).first()) is not None:
        claim = uuid4().hex
        ours = Download.objects.filter(pk=pk, state=DownloadState.WAITING)
        if ours.update(
            state=DownloadState.MAKING,
            claim=claim,
            heard_at=timezone.now(),
            rows_done=0,
            tries=F("tries") + 1,
        ):
            return Download.objects.filter(pk=pk, claim=claim).first()
    return None


def _make(download: Download) -> bool:
    try:
        _write(download)
    except Lost:
        return False
    except Exception:
        # Whatever it was: the next in line is not to wait for it.
        log.exception("A file of the register could not be made.")
        _give_back(download)
        return False
    return True


def _write(download: Download) -> None:
    filters = Filters(download.region, download.sector, download.womens)
    about = About(as_of=timezone.now(), filters=filters)
    with tempfile.TemporaryFile() as out:
        with writing():
            files.write(download.form, out, _heard(download, filters), about)
        size = out.tell()
        out.seek(0)
        name = f"{FOLDER}/{secrets.token_urlsafe(24)}.{download.form}"
        with writing():
            kept = storages["private"].save(name, File(out))
    try:
        _settle(download, kept, size, about)
    except BaseException:
        storages["private"].delete(kept)
        raise


def _heard(download: Download, filters: Filters) -> Iterator[list[Row]]:
    """The pieces of the register; between them the maker says how far it is."""
    done = 0
    for chunk in register.chunks(filters):
        yield chunk
        done += len(chunk)
        if not _ours(download).update(rows_done=done, heard_at=timezone.now()):
            raise Lost
    download.rows_done = done


def _ours(download: Download) -> QuerySet[Download]:
    return Download.objects.filter(pk=download.pk, claim=download.claim, state=DownloadState.MAKING)


@transaction.atomic
def _settle(download: Download, kept: str, size: int, about: About) -> None:
    rows = download.rows_done
    settled = _ours(download).update(
        state=DownloadState.READY,
        file=kept,
        size=size,
        rows=rows,
        rows_done=rows,
        # As old as its data.
        made_at=about.as_of,
    )
    if not settled:
        raise Lost
    record(DownloadMade(download_id=download.pk, rows=rows), by=Actor.system())


def _give_back(download: Download) -> None:
    """It fails for good, or seems lost, so that the clock takes it up: what was wrong may pass."""
    if download.tries >= MOST_TRIES:
        _ours(download).update(state=DownloadState.FAILED, claim="")
    else:
        _ours(download).update(heard_at=timezone.now() - timedelta(days=1))
