"""Small files of the register, brought in step by step."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from taawon.cooperatives.models import Cooperative, ImportBatch, ImportRow
from taawon.cooperatives.services import importing, working
from taawon.core.actor import Actor
from taawon.places.models import Commune
from tests.factories import ProvinceFactory, RegionFactory, SectorFactory

AS_OF = date(2026, 3, 1)
HEADINGS = ("numéro", "tribunal", "nom fr", "nom ar", "filière", "province", "femmes", "téléphone")
AMAL = ("1/2019", "Tiznit", "Amal", "أمل", "Argan", "Tiznit", "12", "0612345678")
WAFA = ("2/2019", "Tiznit", "Wafa", "وفاء", "Argan", "Tiznit", "7", "")


def ground() -> None:
    """Two provinces in two regions, and one field of activity."""
    SectorFactory()
    Commune.objects.create(code="09.1", name_fr="Aglou", province=ProvinceFactory())
    north = RegionFactory(code="MA-01", name_fr="Tanger-Tétouan-Al Hoceïma", name_ar="طنجة")
    ProvinceFactory(code="MA-LAR", name_fr="Larache", name_ar="العرائش", region=north)


def file(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> io.BytesIO:
    lines = [";".join(row) for row in (headings, *rows)]
    return io.BytesIO("\n".join(lines).encode())


def begun(*rows: Sequence[str], by: Actor, headings: Sequence[str] = HEADINGS) -> ImportBatch:
    return importing.begin(
        file(*rows, headings=headings), "r.csv", "Registre central", AS_OF, by=by
    )


def checked(*rows: Sequence[str], by: Actor, headings: Sequence[str] = HEADINGS) -> ImportBatch:
    batch = begun(*rows, by=by, headings=headings)
    importing.match(batch.pk, batch.columns, by=by)
    return working.run(batch.pk)


def applied(*rows: Sequence[str], by: Actor, decision: str = "new") -> ImportBatch:
    batch = checked(*rows, by=by)
    importing.decide_all(batch.pk, decision, by=by)
    importing.apply(batch.pk, by=by)
    return working.run(batch.pk)


def reverted(batch: ImportBatch, by: Actor) -> ImportBatch:
    importing.revert(batch.pk, by=by)
    return working.run(batch.pk)


def rows_of(batch: ImportBatch) -> list[ImportRow]:
    return list(ImportRow.objects.filter(batch=batch).order_by("number"))


def outcomes(batch: ImportBatch) -> list[str]:
    return [row.outcome for row in rows_of(batch)]


def problems(batch: ImportBatch) -> list[list[tuple[str, str]]]:
    """Of each row [(field, code), …]."""
    return [[(one["field"], one["code"]) for one in row.problems] for row in rows_of(batch)]


def entry(number: str = "1/2019") -> Cooperative:
    return Cooperative.objects.get(registration_number=number)


def without(row: Sequence[str], **other: str) -> tuple[str, ...]:
    """The row with other words in some columns, named as in HEADINGS with _ for blanks."""
    names = [heading.replace(" ", "_") for heading in HEADINGS]
    told: dict[str, Any] = dict(zip(names, row, strict=True)) | other
    return tuple(told[name] for name in names)
