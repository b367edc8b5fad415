"""What an administrator does with messages on their way out; who may is not messaging's affair."""

from __future__ import annotations

from django.db import transaction

from taawon.accounts.events import MessageRetried
from taawon.accounts.services.looking import insist
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.journal.record import record
from taawon.messaging import services as messaging


@transaction.atomic
def retry(message_id: int, *, by: Actor) -> None:
    """Queue a failed message again. Raises NotAllowed; NotFound where none has failed.

    A code, or what was sent to somebody who is erased, has no text any more: it is not found.
    """
    insist(by)
    if not messaging.retry(message_id):
        raise NotFound
    record(MessageRetried(message_id=message_id), by=by)
