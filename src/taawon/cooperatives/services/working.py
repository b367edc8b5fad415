"""Files that are being checked, brought in or taken back: done step by step, by one worker a file.

The state is in the rows of the batch. A worker that dies is missed when the batch has not moved for
`LEASE`; another one goes on where it stopped. Two at once do no harm: each step looks again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone, translation

from taawon.accounts.models import Person
from taawon.cooperatives.models import ImportBatch
from taawon.cooperatives.services import applying, checking, reverting
from taawon.cooperatives.services.checking import Elsewhere, Tell
from taawon.cooperatives.sheets import BadSheet
from taawon.cooperatives.states import BatchState
from taawon.core.actor import Actor, Channel
from taawon.core.locks import lock

log = logging.getLogger(__name__)
AT_WORK: Final = (BatchState.CHECKING, BatchState.APPLYING, BatchState.REVERTING)
LEASE: Final = timedelta(seconds=30)
# When a batch that nobody has begun yet was last worked on.
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def work_on_next(stop: Callable[[], bool] = lambda: False) -> bool:
    """One file that waits for a worker, to its end or until told to stop; whether there was one."""

    def tell(_done: int, _total: int) -> None:
        if stop():
            # The next worker need not wait until this one is missed.
            ImportBatch.objects.filter(pk=pk, state__in=AT_WORK).update(changed_at=NEVER)
            raise Elsewhere

    now = timezone.now()
    waiting = ImportBatch.objects.filter(state__in=AT_WORK, changed_at__lt=now - LEASE)
    for pk, seen in waiting.order_by("changed_at").values_list("pk", "changed_at"):
        if ImportBatch.objects.filter(pk=pk, changed_at=seen).update(changed_at=now):
            run(pk, tell=tell)
            return True
    return False


def run(batch_id: int, *, tell: Tell = lambda done, total: None) -> ImportBatch:
    """Do what the state of the batch asks for, until it is done; `tell` hears how far it is."""
    batch = ImportBatch.objects.get(pk=batch_id)
    by = _actor(batch)
    try:
        if batch.state == BatchState.CHECKING:
            checking.run(batch, by=by, tell=tell)
        else:
            _steps(batch, by, tell)
    except Elsewhere:
        pass
    except BadSheet as refusal:
        _fail(batch, refusal)
    except DatabaseError:
        raise
    except Exception:
        log.exception("A file of the register could not be worked on: %d", batch_id)
        _fail(batch, BadSheet())
    batch.refresh_from_db()
    return batch


def _steps(batch: ImportBatch, by: Actor, tell: Tell) -> None:
    steps = {BatchState.APPLYING: applying.step, BatchState.REVERTING: reverting.step}
    step = steps.get(BatchState(batch.state))
    done = batch.done
    while step is not None and (rows := step(batch.pk, by=by)):
        done += rows
        tell(done, max(batch.total, done))


@transaction.atomic
def _fail(batch: ImportBatch, refusal: BadSheet) -> None:
    """Said in the language of whoever brought the file; what went wrong while taking back waits."""
    held = lock(ImportBatch, pk=batch.pk)
    if held.state != batch.state or held.state == BatchState.REVERTING:
        return
    person = Person.objects.filter(pk=batch.person_id or 0).first()
    with translation.override(person.language if person else "fr"):
        held.problem = str(refusal)[:300]
    held.state, held.changed_at = BatchState.FAILED, timezone.now()
    held.save(update_fields=["state", "problem", "changed_at"])


def _actor(batch: ImportBatch) -> Actor:
    """Who brought the file, or asked for it to be taken back."""
    recalled = batch.recalled_by if batch.state == BatchState.REVERTING else None
    person_id = recalled or batch.person_id
    return Actor(person_id, Channel.STAFF) if person_id else Actor.system()
