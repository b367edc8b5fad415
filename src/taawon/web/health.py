"""Whether the house is well: what a load balancer and a person on call ask."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from taawon.journal import queries as journal
from taawon.search import follower

INDEX_MAY_LAG = 10.0
QUEUE_MAY_WAIT = 120.0
OK = "ok"
# Migrations that were applied once stay applied for the code of this process.
_applied: list[bool] = []


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; it asks nobody else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """{"ready", "parts": {name: "ok" or what is wrong}}; 503 when one is not well."""
    parts = look()
    ready = all(state == OK for state in parts.values())
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


def look() -> dict[str, str]:
    """Each part and how it is, in plain English; without a database the others are unknown."""
    state = _safely(database)
    parts = {"database": state}
    for name, part in (("migrations", migrations), ("index", index), ("queue", queue)):
        parts[name] = _safely(part) if state == OK else "unknown"
    return parts


def _safely(part: Callable[[], str]) -> str:
    try:
        return part()
    except (DatabaseError, OSError) as problem:
        # The class alone: messages of databases hold names and addresses.
        return f"cannot be read ({type(problem).__name__})"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations() -> str:
    if not _applied:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            return f"{len(waiting)} to be applied"
        _applied.append(True)
    return OK


def index() -> str:
    behind = follower.seconds_behind()
    if behind is None:
        return "not built yet"
    return OK if behind <= INDEX_MAY_LAG else f"{behind:.0f} seconds behind"


def queue() -> str:
    due = journal.oldest_due()
    waits = (timezone.now() - due).total_seconds() if due else 0.0
    return OK if waits <= QUEUE_MAY_WAIT else f"the oldest entry waits for {waits:.0f} seconds"
