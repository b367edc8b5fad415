from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from taawon.config import env


@pytest.mark.parametrize(("written", "read"), [("9-20", (9, 20)), ("0-24", (0, 24))])
def test_hours(monkeypatch, written, read):
    monkeypatch.setenv("TAAWON_OPEN", written)
    assert env.hours("OPEN", "9-20") == read


@pytest.mark.parametrize("written", ["20-9", "9-25", "9", "9:00-20:00", "9-9", ""])
def test_hours_that_are_none(monkeypatch, written):
    monkeypatch.setenv("TAAWON_OPEN", written)
    with pytest.raises(ImproperlyConfigured):
        env.hours("OPEN", "9-20")


def test_statements_are_planned_once_unless_a_pooler_forbids_it():
    plain = env.database("postgres://taawon:word@127.0.0.1:5433/market")
    assert plain["OPTIONS"] == {"application_name": "taawon", "prepare_threshold": 2}
    assert (plain["HOST"], plain["PORT"], plain["NAME"]) == ("127.0.0.1", 5433, "market")
    pooled = env.database("postgres://127.0.0.1/market?prepare=no&sslmode=require")
    assert pooled["OPTIONS"] == {
        "application_name": "taawon",
        "prepare_threshold": None,
        "sslmode": "require",
    }
