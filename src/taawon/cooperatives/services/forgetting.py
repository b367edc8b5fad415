"""Old files of the register: their rows hold names and phones, and go when nobody can use them.

The line of the file stays, with who brought it, when, and its counts; so do the revisions and the
journal. What is due is marked first, by its empty `file`, so that nobody works on it any more.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from taawon.cooperatives.models import ImportBatch, ImportRow
from taawon.cooperatives.register_events import RegisterFileForgotten
from taawon.cooperatives.rules import undo_lasts
from taawon.cooperatives.states import BatchState
from taawon.core import batches
from taawon.core.actor import Actor
from taawon.core.locks import lock
from taawon.journal.record import record

# After its last step, for a file of which nothing is in the register.
UNUSED_LIVES: Final = timedelta(days=30)


def forget_old(*, by: Actor) -> int:
    """Rows and stored files of what is due; how many files. Goes on where a killed run stopped."""
    found = sum(_mark(pk, by=by) for pk in list(_due().values_list("pk", flat=True)))
    batches.delete(ImportRow.objects.filter(batch__file=""), by="pk")
    return found


def _due() -> QuerySet[ImportBatch]:
    now = timezone.now()
    some_is_in = Exists(ImportRow.objects.filter(batch=OuterRef("pk"), applied=True))
    unused = Q(state__in=(BatchState.UPLOADED, BatchState.CHECKED, BatchState.REVERTED)) | (
        Q(state=BatchState.FAILED) & ~some_is_in
    )
    used = Q(state=BatchState.APPLIED) | (Q(state=BatchState.FAILED) & some_is_in)
    return ImportBatch.objects.exclude(file="").filter(
        (unused & Q(changed_at__lt=now - UNUSED_LIVES))
        | (used & Q(changed_at__lt=now - undo_lasts()))
    )


@transaction.atomic
def _mark(batch_id: int, *, by: Actor) -> bool:
    batch = lock(ImportBatch, pk=batch_id)
    # Somebody may have applied it, or taken it back, a moment ago.
    if not _due().filter(pk=batch_id).exists():
        return False
    file, batch.file = batch.file, ""
    batch.save(update_fields=["file"])
    record(RegisterFileForgotten(batch_id=batch.pk), by=by)
    # Last, and before the commit: a crash between the two leaves a batch that is due again, and
    # never a file that nobody knows of.
    storages["private"].delete(file)
    return True
