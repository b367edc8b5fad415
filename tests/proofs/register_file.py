"""Steps of a register file, and what it left: run in the environment of the house of a proof."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import django

django.setup()

from taawon.cooperatives.history import FIELDS  # noqa: E402 - the apps must be ready
from taawon.cooperatives.models import (  # noqa: E402 - the apps must be ready
    Cooperative,
    ImportBatch,
    ImportRow,
    Proposal,
    Revision,
)
from taawon.cooperatives.services import importing  # noqa: E402 - the apps must be ready
from taawon.core.actor import Actor  # noqa: E402 - the apps must be ready
from taawon.journal.models import Entry  # noqa: E402 - the apps must be ready
from taawon.search.models import Change  # noqa: E402 - the apps must be ready

BY = Actor.system()


def begin(path: str) -> dict[str, int]:
    with Path(path).open("rb") as file:
        batch = importing.begin(file, "registre.csv", "Registre", date(2026, 3, 1), by=BY)
    importing.match(batch.pk, batch.columns, by=BY)
    last = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    return {"batch": batch.pk, "fed": last or 0}


def apply(batch_id: int) -> dict[str, int]:
    importing.decide_all(batch_id, "new", by=BY)
    return {"rows": importing.apply(batch_id, by=BY).total}


def left(batch_id: int, fed: int) -> dict[str, Any]:
    """Everything that a file wrote, by the numbers of the register instead of ids."""
    numbers = dict(Cooperative.objects.values_list("pk", "registration_number"))
    batch = ImportBatch.objects.get(pk=batch_id)
    told = Entry.objects.filter(subject=f"cooperatives.importbatch:{batch_id}").order_by("pk")
    changes = Change.objects.filter(pk__gt=fed, kind="cooperative")
    return {
        "batch": [batch.state, batch.done, batch.total, batch.counts],
        "entries": sorted(map(str, Cooperative.objects.values_list("slug", "region_id", *FIELDS))),
        "revisions": sorted(
            [numbers[pk], source, changes]
            for pk, source, changes in Revision.objects.filter(batch_id=batch_id).values_list(
                "cooperative_id", "source", "changes"
            )
        ),
        "rows": [
            [number, outcome, applied, numbers.get(pk or 0, "")]
            for number, outcome, applied, pk in ImportRow.objects.filter(batch_id=batch_id)
            .order_by("number")
            .values_list("number", "outcome", "applied", "cooperative_id")
        ],
        "proposals": Proposal.objects.filter(batch_id=batch_id).count(),
        "journal": [
            [line.name, {name: n for name, n in line.facts.items() if name != "batch_id"}]
            for line in told
        ],
        "fed": Counter(numbers[pk] for pk in changes.values_list("document_id", flat=True)),
    }


match sys.argv[1:]:
    case ["begin", path]:
        answer: dict[str, Any] = begin(path)
    case ["apply", batch]:
        answer = apply(int(batch))
    case ["left", batch, fed]:
        answer = left(int(batch), int(fed))
    case ["revert", batch]:
        importing.revert(int(batch), by=BY)
        answer = {}
print(json.dumps(answer))
