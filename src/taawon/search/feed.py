"""The feed: which documents changed, in the order in which their transactions committed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from taawon.search.models import Change

KEPT = timedelta(days=7)
BATCH = 1_000

_HERE = "pg_current_xact_id()::text::bigint"
# A transaction before this one has ended, and so has every transaction before it.
_SETTLED = "transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_COLUMNS = "transaction_id, id, kind, document_id"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One line of the feed; lines are ordered by transaction, then by id."""

    transaction_id: int = 0
    id: int = 0
    kind: str = ""
    document_id: int = 0


START = Line()


def changed(kind: str, *ids: int) -> None:
    """These documents are new, different or gone: said in the transaction that makes them so."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A change of a document is said in the transaction in which it happens.")
    Change.objects.bulk_create(
        [Change(kind=kind, document_id=id, transaction_id=_number()) for id in dict.fromkeys(ids)],
        batch_size=BATCH,
    )


def _number() -> int | RawSQL:
    return RawSQL(_HERE, []) if connection.vendor == "postgresql" else 0


def mark() -> None:
    """A line that tells this database from any other."""
    Change.objects.create(kind="", document_id=secrets.randbits(62), transaction_id=_number())


def since(line: Line, limit: int = 2_000) -> list[Line]:
    """That line itself, if it still stands, and those after it, up to what is still in flight."""
    return _read(
        f"(transaction_id, id) >= (%s, %s) AND {_settled()} ORDER BY transaction_id, id",
        [line.transaction_id, line.id],
        limit,
    )


def after(kind: str, line: Line, end: Line, limit: int) -> list[Line]:
    """Lines of one kind behind a line, up to `end` (that line included), which has settled."""
    return _read(
        "kind = %s AND (transaction_id, id) > (%s, %s) AND (transaction_id, id) <= (%s, %s)"
        f" AND {_settled()} ORDER BY transaction_id, id",
        [kind, line.transaction_id, line.id, end.transaction_id, end.id],
        limit,
    )


def stands(line: Line) -> bool:
    """Whether all that came behind a line can still be read."""
    if (line.transaction_id, line.id) == (START.transaction_id, START.id):
        return not was_pruned()
    return Change.objects.filter(pk=line.id, transaction_id=line.transaction_id).exists()


def last() -> Line:
    """The last line before what is still in flight; START where there is none."""
    found = _read(f"{_settled()} ORDER BY transaction_id DESC, id DESC", [], 1)
    return found[0] if found else START


def _read(condition: str, values: Sequence[int | str], limit: int) -> list[Line]:
    # Row values compare as the index is ordered, on both databases; the ORM has no words for that.
    sql = f"SELECT {_COLUMNS} FROM {Change._meta.db_table} WHERE {condition} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, limit])
        return [Line(*row) for row in cursor.fetchall()]


def _settled() -> str:
    return _SETTLED if connection.vendor == "postgresql" else "1 = 1"


def written_at(line: Line) -> datetime:
    return Change.objects.values_list("at", flat=True).get(pk=line.id)


def was_pruned() -> bool:
    """Whether lines may have been taken away: then one older than `KEPT` still stands."""
    return Change.objects.filter(at__lt=timezone.now() - KEPT).exists()


def prune() -> int:
    """Take away old lines, but for the last: a follower that knows it has missed nothing."""
    old = Change.objects.filter(at__lt=timezone.now() - KEPT)
    kept = old.order_by("-transaction_id", "-id").values_list("pk", flat=True).first()
    return old.exclude(pk=kept).delete()[0] if kept is not None else 0
