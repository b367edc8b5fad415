"""What is done before anything listens, each in a process that gives its memory back."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import Error as DatabaseError
from django.db import connection

from taawon.demo import load
from taawon.search import follower
from taawon.search.index import Busy

SMALL = "--small"
SEED = 2020


def demo(words: Sequence[str]) -> int:
    """Migrate, load the demonstration and build the index, as far as each is still to be done."""
    try:
        problem = foreign()
    except DatabaseError as error:
        problem = f"The database cannot be reached: {error}"
    if problem:
        print(problem, file=sys.stderr)
        return 1
    call_command("migrate", verbosity=0)
    try:
        if not load.is_seeded():
            _timed("Loading the demonstration", lambda: load.load(SEED, small=SMALL in words))
            _know_the_data()
            _timed("Building the index", follower.rebuild)
        elif not follower.is_complete():
            _timed("Building the index", follower.rebuild)
        else:
            follower.follow_once()
    except Busy:
        print("The index is being written by another process.", file=sys.stderr)
        return 1
    return 0


def _know_the_data() -> None:
    """Until it is told how many rows there are, a database reads tables in the wrong order."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _timed(what: str, do: Callable[[], object]) -> None:
    print(f"{what} …", end=" ", flush=True)
    started = time.monotonic()
    do()
    print(f"{time.monotonic() - started:.1f} s", flush=True)


def foreign() -> str | None:
    """Why the demonstration keeps its hands off this database; None when it is empty or its own."""
    with connection.cursor() as cursor:
        tables = _tables(cursor)
    ours = set(connection.introspection.django_table_names()) | {"django_migrations"}
    if tables - ours:
        return f"This database holds other tables ({min(tables - ours)}): it is left alone."
    models = [apps.get_model(name) for name in ("accounts.Person", "cooperatives.Cooperative")]
    if not {model._meta.db_table for model in models} <= tables or load.is_seeded():
        return None
    if any(model._default_manager.exists() for model in models):
        return "This database holds data that the demonstration did not load: it is left alone."
    return None


def _tables(cursor: Any) -> set[str]:
    """All but those that SQLite keeps for itself (sqlite_stat1, after ANALYZE)."""
    names = connection.introspection.table_names(cursor)
    return {name for name in names if not name.startswith("sqlite_")}


def erase(_words: Sequence[str]) -> int:
    """Take the demonstration's tables out of its database."""
    problem = foreign()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    with connection.cursor() as cursor:
        tables = _tables(cursor)
    with connection.schema_editor() as editor:
        for table in tables:
            ending = " CASCADE" if connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TABLE {editor.quote_name(table)}{ending}")
    return 0
