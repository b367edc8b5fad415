"""A file of the register is asked for; old ones go."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from taawon.core import batches
from taawon.core.actor import Actor
from taawon.core.errors import Invalid
from taawon.journal.record import record
from taawon.observatory import queries, register
from taawon.observatory.events import DownloadAsked
from taawon.observatory.models import Download
from taawon.observatory.register import Filters
from taawon.observatory.services import making
from taawon.observatory.states import DownloadState, Form

# From so many rows on, a file is made in the background.
LARGE = 2_000
KEPT = timedelta(days=3)
RENEWED_AFTER = timedelta(hours=20)
UNDERWAY = (DownloadState.WAITING, DownloadState.MAKING)


@transaction.atomic
def ask(form: str, filters: Filters, *, by: Actor) -> Download:
    """The file of these rows: one of the last day, one that is being made, or a new one.

    Raises Invalid.
    """
    return _ask(form, filters, queries.FRESH, by=by)


def _ask(form: str, filters: Filters, within: timedelta, *, by: Actor) -> Download:
    if form not in Form.values:
        raise Invalid(field="form", allowed=Form.values)
    filters.checked()
    what = {
        "form": form,
        "region": filters.region,
        "sector": filters.sector,
        "womens": filters.women,
    }
    found = queries.fresh_download(**what, within=within)
    if found is not None:
        return found
    # Whoever comes second at the same moment waits for the first one's.
    download, new = Download.objects.get_or_create(
        **what, state__in=UNDERWAY, defaults={"rows": register.count(filters)}
    )
    if new:
        record(DownloadAsked(download_id=download.pk, form=form), by=by)
        make_waiting.enqueue()
    return download


@task()
def make_waiting() -> None:
    making.make_waiting()


def nudge_again() -> None:
    """What waits although a worker was nudged: it was killed, or the nudge was lost."""
    if Download.objects.filter(state=DownloadState.WAITING).exists():
        make_waiting.enqueue()


def renew(*, by: Actor) -> int:
    """The whole register is there in every form, never older than a day; how many files are made.

    They are made before the last ones grow too old, so that one can always be had. A register
    that is small enough is sent as it is read, and needs no file.
    """
    whole = Filters()
    if register.count(whole) < LARGE:
        return 0
    stale = [form for form in Form.values if _is_stale(form)]
    for form in stale:
        with transaction.atomic():
            _ask(form, whole, RENEWED_AFTER, by=by)
    return len(stale)


def _is_stale(form: str) -> bool:
    return queries.fresh_download(form, "", "", "", within=RENEWED_AFTER) is None


def prune(*, by: Actor) -> int:
    """Files of some days ago go, and those that no row knows; how many rows went."""
    before = timezone.now() - KEPT
    old = Download.objects.filter(asked_at__lt=before).exclude(state__in=UNDERWAY)
    gone = batches.delete(old, by="asked_at")
    storage = storages["private"]
    if not storage.exists(making.FOLDER):
        return gone
    known = set(Download.objects.exclude(file="").values_list("file", flat=True))
    for name in storage.listdir(making.FOLDER)[1]:
        path = f"{making.FOLDER}/{name}"
        # A file that was just written may not be known yet.
        if path not in known and storage.get_modified_time(path) < before:
            storage.delete(path)
    return gone
