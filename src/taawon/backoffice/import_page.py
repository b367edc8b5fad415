"""What the pages of a file of the register show: its columns, its rows, what became of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawon.backoffice.import_forms import ColumnsForm
from taawon.cooperatives import filed, history
from taawon.cooperatives.candidates import Candidate, decision
from taawon.cooperatives.matching import match
from taawon.cooperatives.models import Cooperative, ImportBatch, ImportRow
from taawon.cooperatives.problems import place, said
from taawon.cooperatives.services.applying import NEW
from taawon.cooperatives.services.checking import difference
from taawon.cooperatives.services.working import AT_WORK
from taawon.cooperatives.states import REMARKED, BatchState, RowOutcome
from taawon.core.languages import current, said_by, spoken
from taawon.web import numbers
from taawon.web import register_words as words

TONES: Mapping[str, str] = {"refused": "error", "doubtful": "warning", "changed": "label"}


def at_work(batch: ImportBatch) -> bool:
    return batch.state in AT_WORK


def progress(batch: ImportBatch) -> dict[str, Any]:
    percent = min(100 * batch.done // max(batch.total, 1), 99) if at_work(batch) else 100
    doing = {
        BatchState.CHECKING: _("Each row is looked at. Nothing is changed yet."),
        BatchState.APPLYING: _("The rows come into the register."),
        BatchState.REVERTING: _("The file is taken back."),
    }
    return {"percent": percent, "doing": doing.get(BatchState(batch.state), "")}


def columns_form(batch: ImportBatch, data: Any = None) -> ColumnsForm:
    sure = {one.column: one.confidence for one in match(batch.headings)}
    return ColumnsForm(data, batch=batch, confidence=sure)


def column_rows(form: ColumnsForm, batch: ImportBatch) -> list[dict[str, Any]]:
    """One a column: its field of the form, what its first rows hold, how sure the guess is."""
    examples = filed.examples(batch)
    return [
        {
            "field": field,
            "examples": [example for example in examples[column] if example],
            "confidence": form.confidence.get(column),
        }
        for column, field in enumerate(form)
    ]


def tabs(batch: ImportBatch, here: str) -> list[dict[str, Any]]:
    """The outcomes as filters, with their counts."""
    base = reverse("backoffice:register-file", args=[batch.pk])
    counts = filed.summary(batch)
    every = {"label": _("All"), "url": base, "current": not here, "count": sum(counts.values())}
    shown = {code: str(RowOutcome(code).label).capitalize() for code in counts}
    if remarked := filed.remarked(batch):
        counts[REMARKED] = remarked
        shown[REMARKED] = _("With a remark")
    return [every] + [
        {
            "label": shown[code],
            "url": f"{base}?show={code}",
            "current": code == here,
            "count": n,
        }
        for code, n in counts.items()
    ]


def outcomes(batch: ImportBatch) -> list[tuple[str, int]]:
    """(its name, how many rows) of every outcome."""
    counts = filed.summary(batch)
    return [(str(RowOutcome(code).label).capitalize(), n) for code, n in counts.items()]


@dataclass(frozen=True, slots=True)
class _Others:
    """What the rows of a page may be."""

    entries: Mapping[int, Cooperative]
    rows: Mapping[int, ImportRow]
    # Entries of the rows that are there to be looked at.
    there: Collection[int]


def rows(batch_id: int, found: Sequence[ImportRow]) -> list[dict[str, Any]]:
    """Rows for people; a query each for entries that they may be, other rows, and own entries."""
    candidates = [one for row in found for one in row.candidates]
    ids = sorted({one["id"] for one in candidates if "id" in one})
    places = sorted({one["row"] for one in candidates if "row" in one})
    theirs = {row.cooperative_id for row in found if row.cooperative_id}
    others = _Others(
        filed.entries(ids) if ids else {},
        filed.by_number(batch_id, places) if places else {},
        filed.there(theirs) if theirs else (),
    )
    return [_row(row, others) for row in found]


def _row(row: ImportRow, others: _Others) -> dict[str, Any]:
    return {
        "row": row,
        "has_page": row.cooperative_id in others.there,
        "name": _name(row),
        "number": row.values.get("registration_number", ""),
        "place": _where(row.values),
        "outcome": row.get_outcome_display(),
        "tone": TONES.get(row.outcome, "plain"),
        "changes": words.changes(row.difference),
        "problems": [
            {"said": said(problem), "value": problem.get("value", "")[:120]}
            for problem in row.problems
        ],
        "remarks": [said(remark) for remark in row.remarks],
        "choices": _choices(row, others),
    }


def _name(row: ImportRow) -> str:
    return spoken(row.values, "name") or next(filter(None, row.cells), "")


def _where(values: Mapping[str, Any]) -> str:
    code = values.get("commune_id") or values.get("province_id")
    return place(code) if code else ""


def _choices(row: ImportRow, others: _Others) -> list[dict[str, Any]]:
    """What a doubtful row may be: each candidate, a new one, or not decided yet."""
    if row.outcome != RowOutcome.DOUBTFUL:
        return []
    candidates = [
        {
            **choice,
            "value": decision(one),
            "why": ", ".join(words.alike(one["reasons"])),
            "score": one["score"],
            "chosen": row.decision == decision(one),
        }
        for one in row.candidates
        if (choice := _choice(one, row, others))
    ]
    new = {"value": NEW, "label": _("Another cooperative: a new entry")}
    later = {"value": "", "label": _("Not decided: it stays out")}
    return [
        *candidates,
        *({**one, "chosen": row.decision == one["value"]} for one in (new, later)),
    ]


def _choice(one: Candidate, row: ImportRow, others: _Others) -> dict[str, Any] | None:
    return _as_row(one, others.rows) if "row" in one else _as_entry(one, row, others.entries)


def _as_entry(
    one: Candidate, row: ImportRow, entries: Mapping[int, Cooperative]
) -> dict[str, Any] | None:
    """With what the row would change of it."""
    entry = entries.get(one["id"])
    if entry is None:
        return None
    place_of = {"commune_id": entry.commune_id, "province_id": entry.province_id}
    return {
        "label": said_by(entry, "name"),
        "number": entry.registration_number,
        "place": _where(place_of),
        "changes": words.changes(difference(history.values(entry), row.values)),
    }


def _as_row(one: Candidate, above: Mapping[int, ImportRow]) -> dict[str, Any] | None:
    row = above.get(one["row"])
    if row is None:
        return None
    told = {"row": numbers.grouped(row.number, current()), "name": _name(row)}
    return {
        "label": _("The same as row %(row)s, %(name)s: this row stays out") % told,
        "number": row.values.get("registration_number", ""),
        "place": _where(row.values),
    }


def report(batch: ImportBatch) -> list[tuple[str, int]]:
    """After taking back: what became of it."""
    said = {
        "restored": _("Values as they were before"),
        "removed": _("New entries removed"),
        "kept": _("Values left alone: somebody has changed them since"),
        "inactive": _("New entries made inactive: something depends on them"),
    }
    return [(text, batch.counts.get(name, 0)) for name, text in said.items()]
