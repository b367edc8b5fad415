from __future__ import annotations

from taawon.config import env


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
