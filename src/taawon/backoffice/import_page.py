"""What the pages of a file of the register show: its columns, its rows, what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawon.backoffice.import_forms import ColumnsForm
from taawon.cooperatives import filed
from taawon.cooperatives.matching import match
from taawon.cooperatives.models import Cooperative, ImportBatch, ImportRow
from taawon.cooperatives.problems import place, said
from taawon.cooperatives.services.applying import NEW
from taawon.cooperatives.services.working import AT_WORK
from taawon.cooperatives.states import BatchState, RowOutcome
from taawon.core.languages import said_by, spoken
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
    return [every] + [
        {
            "label": str(RowOutcome(outcome).label).capitalize(),
            "url": f"{base}?show={outcome}",
            "current": outcome == here,
            "count": n,
        }
        for outcome, n in counts.items()
    ]


def rows(found: Sequence[ImportRow]) -> list[dict[str, Any]]:
    """Rows for people; one query for all entries that they may be."""
    ids = {one["id"] for row in found for one in row.candidates}
    entries = filed.entries(sorted(ids)) if ids else {}
    return [_row(row, entries) for row in found]


def _row(row: ImportRow, entries: Mapping[int, Cooperative]) -> dict[str, Any]:
    return {
        "row": row,
        "name": spoken(row.values, "name") or next(filter(None, row.cells), ""),
        "number": row.values.get("registration_number", ""),
        "place": _where(row.values.get("commune_id") or row.values.get("province_id") or ""),
        "outcome": row.get_outcome_display(),
        "tone": TONES.get(row.outcome, "plain"),
        "changes": words.changes(row.difference),
        "problems": [
            {"said": said(problem), "value": problem.get("value", "")[:120]}
            for problem in row.problems
        ],
        "choices": _choices(row, entries),
    }


def _where(code: str) -> str:
    return place(code) if code else ""


def _choices(row: ImportRow, entries: Mapping[int, Cooperative]) -> list[dict[str, Any]]:
    """What a doubtful row may be: each candidate, a new one, or not decided yet."""
    if row.outcome != RowOutcome.DOUBTFUL:
        return []
    candidates = [
        {
            "value": str(one["id"]),
            "label": said_by(entries[one["id"]], "name"),
            "number": entries[one["id"]].registration_number,
            "place": _where(entries[one["id"]].commune_id or entries[one["id"]].province_id),
            "why": ", ".join(str(words.REASONS.get(code, code)) for code in one["reasons"]),
            "score": one["score"],
            "chosen": row.decision == str(one["id"]),
        }
        for one in row.candidates
        if one["id"] in entries
    ]
    new = {"value": NEW, "label": _("Another cooperative: a new entry")}
    later = {"value": "", "label": _("Not decided: it stays out")}
    return [
        *candidates,
        *({**one, "chosen": row.decision == one["value"]} for one in (new, later)),
    ]


def report(batch: ImportBatch) -> list[tuple[str, int]]:
    """After taking back: what became of it."""
    said = {
        "restored": _("Values as they were before"),
        "removed": _("New entries removed"),
        "kept": _("Values left alone: somebody has changed them since"),
        "inactive": _("New entries made inactive: something depends on them"),
    }
    return [(text, batch.counts.get(name, 0)) for name, text in said.items()]
