from __future__ import annotations

from pathlib import Path

import pytest
from django.core import checks
from django.utils import timezone
from pytest_django.fixtures import Settings

from taawon.cli import check
from taawon.journal.models import PeriodicJob
from taawon.search import follower
from taawon.web import health


@pytest.fixture
def well(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    # The tests' own templates are no part of this.
    monkeypatch.setattr("taawon.cli.check.checks.run_checks", list)
    settings.HOME = tmp_path
    settings.SECRET_KEY = "qwertzuiopasdfghjklyxcvbnm0123456789"
    settings.SITE_URL, settings.HTTPS, settings.BEHIND_PROXY = "https://taawon.ma", True, True
    settings.ALLOWED_HOSTS = ["taawon.ma"]
    return settings


@pytest.mark.django_db(transaction=True)
def test_all_is_well(well: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    follower.rebuild()
    assert check.check([]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ok       secrets",
        "ok       addresses",
        "ok       data folder",
        "ok       database",
        "ok       migrations",
        "ok       gateways",
        "ok       framework",
        "ok       encryption",
        "ok       index",
        "note     worker: no worker has run within the last half minute. Start: taawon worker",
    ]


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_said(
    well: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (Path(well.HOME) / "file").write_text("")
    well.HOME = Path(well.HOME) / "file"
    well.SECRET_KEY, well.DEBUG = "short", True
    well.ALLOWED_HOSTS = ["localhost"]
    well.SMS_GATEWAYS = {"iam": {"kind": "kannel", "address": "http://127.0.0.1:13013/"}}
    well.EMAIL_GATEWAY = "taawon.messaging.gateways.console.ConsoleGateway"
    monkeypatch.setattr(health, "migrations", lambda: "2 to be applied")

    assert check.check([]) == 1

    missing = [
        line[9:] for line in capsys.readouterr().out.splitlines() if line.startswith("missing")
    ]
    assert [line.partition(":")[0] for line in missing] == [
        "secrets",
        "secrets",
        "addresses",
        "data folder",
        "migrations",
        *["gateways"] * 4,
    ]
    assert "gateways: TAAWON_SMS_GATEWAYS: [iam] has no token." in missing
    assert "migrations: 2 to be applied. Run: taawon migrate" in missing


def test_the_framework_has_its_say(well: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [checks.Error("Bad.", id="x.E1"), checks.Warning("Odd.", id="x.W1")]
    monkeypatch.setattr("taawon.cli.check.checks.run_checks", lambda: found)
    assert list(check.framework()) == ["Bad. (x.E1)"]


def test_a_database_that_is_gone(
    well: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = {"database": "cannot be read (OperationalError)", "migrations": "unknown"}
    monkeypatch.setattr(health, "look", lambda: {**state, "index": "unknown"})
    assert list(check.database()) == [
        "cannot be read (OperationalError). TAAWON_DATABASE_URL says where it is."
    ]


@pytest.mark.parametrize(
    ("hosts", "known"), [([".ma"], True), (["*"], True), (["a.ma"], False), (["taawon.ma"], True)]
)
def test_hosts(well: Settings, hosts: list[str], known: bool) -> None:
    well.ALLOWED_HOSTS = hosts
    assert (list(check.addresses()) == []) is known


@pytest.mark.django_db
def test_a_worker_that_is_alive() -> None:
    PeriodicJob.objects.create(name="taawon.journal.tasks.sweep", next_at=timezone.now())
    assert list(check.worker()) == []
