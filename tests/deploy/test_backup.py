"""What was kept can be brought back, by the scripts that operators run."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from tests.factories import ProductFactory
from tests.orders import build
from tools import machine

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_restoring_over_what_is_there_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "home" / "media" / "picture.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_text("seen")

    done = _run(
        "restore.sh",
        str(tmp_path / "kept"),
        TAAWON_HOME=str(tmp_path / "home"),
        TAAWON_DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing",
    )

    assert done.returncode == 1
    assert done.stderr == f"{tmp_path}/home holds files already: it is left alone.\n"
    assert picture.read_text() == "seen"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_order_and_its_files_come_back(tmp_path: Path) -> None:
    build.zones()
    order = build.placed((ProductFactory(), 2))
    before, after, kept = (tmp_path / name for name in ("before", "after", "kept"))
    for folder, text in (("media/products", "a picture"), ("private/claims", "a paper")):
        (before / folder).mkdir(parents=True)
        (before / folder / "file").write_text(text)
    kept.mkdir()

    done = _run("backup.sh", str(kept), TAAWON_HOME=str(before), TAAWON_DATABASE_URL=_here())
    assert done.returncode == 0, done.stderr
    [backup] = kept.iterdir()
    assert done.stdout == f"{backup}\n"
    assert sorted(path.name for path in backup.iterdir()) == ["database.dump", "files.tar"]

    with _empty_database() as url:
        new = {"TAAWON_HOME": str(after), "TAAWON_DATABASE_URL": url}
        done = _run("restore.sh", str(backup), **new)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(url) as restored:
            rows = restored.execute("SELECT code, state, total_centimes FROM orders_order")
            assert rows.fetchall() == [(order.code, "placed", order.total_centimes)]
        assert (after / "media/products/file").read_text() == "a picture"
        assert (after / "private/claims/file").read_text() == "a paper"
        said = _check(**new)
    assert [line for line in said if line.startswith(("ok       dat", "ok       mig"))] == [
        "ok       data folder",
        "ok       database",
        "ok       migrations",
    ]


def _run(script: str, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    programs = machine.postgresql()
    path = f"{programs}:{os.environ['PATH']}" if programs else os.environ["PATH"]
    return subprocess.run(
        ["bash", str(DEPLOY / script), *words],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": path, **settings},
    )


def _check(**settings: str) -> list[str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TAAWON_")}
    own = {
        "DJANGO_SETTINGS_MODULE": "taawon.config.settings",
        "TAAWON_SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests",
    }
    return subprocess.run(
        [sys.executable, "-m", "taawon.cli", "check"],
        check=False,
        capture_output=True,
        text=True,
        env=kept | own | settings,
    ).stdout.splitlines()


def _here(name: str = "") -> str:
    """The address of the tests' database, or of another one beside it."""
    known = connection.settings_dict
    access = f"{known['USER']}:{quote(str(known['PASSWORD']))}@" if known["USER"] else ""
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgres://{access}{known['HOST']}{port}/{name or known['NAME']}"


@contextmanager
def _empty_database() -> Iterator[str]:
    name = f"restored_{secrets.token_hex(4)}"
    with psycopg.connect(_here("postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield _here(name)
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
