"""`taawon import-registry FILE`: a file of the register from the command line, as in the wizard."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from django.utils import timezone, translation

from taawon.cooperatives import filed
from taawon.cooperatives.cells import Unreadable, day
from taawon.cooperatives.errors import ColumnNeeded, NoSuchHeading
from taawon.cooperatives.matching import FIELDS, NEEDED
from taawon.cooperatives.models import ImportBatch
from taawon.cooperatives.problems import all_said
from taawon.cooperatives.services import importing, working
from taawon.cooperatives.states import BatchState, RowOutcome
from taawon.core.actor import Actor
from taawon.core.errors import Refused
from taawon.web import exports

DONE, REFUSED, BAD_WORDS, NOT_APPLIED = 0, 1, 2, 3
_FIRST: Final = 10
_BAR: Final = 30


def import_registry(words: Sequence[str]) -> int:
    """0: applied (or nothing to apply); 1: refused; 2: bad words; 3: looked at and left alone."""
    asked = _parser().parse_args(list(words))
    by = Actor.system()
    with translation.override("en"):
        try:
            columns = _columns(asked.columns)
            as_of = _day(asked.as_of)
        except ValueError as problem:
            print(problem, file=sys.stderr)
            return BAD_WORDS
        try:
            return _import(asked, columns, as_of, by)
        except (Refused, OSError) as refusal:
            print(refusal, file=sys.stderr)
            return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="taawon import-registry")
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, XLSX or ODS")
    parser.add_argument("--source", default="", help="whose words they are; else the file's name")
    parser.add_argument("--as-of", default="", metavar="DAY", help="of which day; else of today")
    parser.add_argument("--sheet", default="", metavar="NAME", help="one of several sheets")
    parser.add_argument(
        "--columns", default="", metavar="FIELD=HEADING,…", help="what the headings do not say"
    )
    parser.add_argument("--yes", action="store_true", help="apply without asking")
    parser.add_argument(
        "--errors", type=Path, metavar="FILE", help="write refused rows there (.csv or .xlsx)"
    )
    return parser


def _columns(written: str) -> dict[str, str]:
    """ "province=Préfecture,name=Nom" → {field: heading}."""
    pairs = [pair.partition("=") for pair in written.split(",") if pair.strip()]
    unknown = [field for field, _sign, _heading in pairs if field.strip() not in FIELDS]
    if unknown:
        raise ValueError(f"No such field: {', '.join(unknown)}. There are: {', '.join(FIELDS)}.")
    return {field.strip(): heading.strip() for field, _sign, heading in pairs}


def _day(written: str) -> date:
    if not written:
        return timezone.localdate()
    try:
        return day(written, timezone.localdate())
    except Unreadable:
        raise ValueError(f"Not a day: {written}. Write it like 2026-03-31.") from None


def _import(asked: argparse.Namespace, columns: dict[str, str], as_of: date, by: Actor) -> int:
    source = asked.source or asked.file.name
    with asked.file.open("rb") as file:
        batch = importing.begin(file, asked.file.name, source, as_of, sheet=asked.sheet, by=by)
    matched = batch.columns | {field: _place(batch, heading) for field, heading in columns.items()}
    matched = {
        field: place
        for field, place in matched.items()
        # What was said takes a column from what was guessed.
        if field in columns or place not in {matched[named] for named in columns}
    }
    _print_columns(batch, matched)
    if NEEDED not in matched:
        print("Say which: --columns registration_number=HEADING", file=sys.stderr)
        raise ColumnNeeded(field=NEEDED)
    importing.match(batch.pk, matched, by=by)
    batch = _run(batch, "Looking")
    if batch.state == BatchState.FAILED:
        print(batch.problem, file=sys.stderr)
        return REFUSED
    _print_outcome(batch)
    if asked.errors:
        _write_errors(batch, asked.errors)
    return _apply(batch, by, sure=asked.yes)


def _place(batch: ImportBatch, heading: str) -> int:
    if heading not in batch.headings:
        raise NoSuchHeading(heading=heading, headings=", ".join(filter(None, batch.headings)))
    return int(batch.headings.index(heading))


def _apply(batch: ImportBatch, by: Actor, *, sure: bool) -> int:
    counts = filed.summary(batch)
    changes = counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED]
    if not changes:
        print("Nothing to apply.")
        return DONE
    if not sure and not _says_yes(changes):
        print(f"Nothing is applied. The file stays in the backoffice: no. {batch.pk}.")
        return NOT_APPLIED
    importing.apply(batch.pk, by=by)
    batch = _run(batch, "Applying")
    if batch.state != BatchState.APPLIED:
        print(batch.problem or "It was not finished.", file=sys.stderr)
        return REFUSED
    print(
        f"Applied: {batch.done} rows. To take it back: backoffice, Register files, no. {batch.pk}."
    )
    return DONE


def _says_yes(changes: int) -> bool:
    if not sys.stdin.isatty():
        return False
    return input(f"Apply {changes} rows? Write yes: ").strip().lower() in ("yes", "oui", "نعم")


def _run(batch: ImportBatch, doing: str) -> ImportBatch:
    done = working.run(batch.pk, tell=_bar(doing))
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return done


def _bar(doing: str) -> Callable[[int, int], None]:
    """A bar for people who watch; nothing in a log."""

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            full = _BAR * done // max(total, 1)
            line = f"\r{doing} [{'#' * full}{'.' * (_BAR - full)}] {done}/{total}"
            print(line[: shutil.get_terminal_size().columns], end="", file=sys.stderr, flush=True)

    return tell


def _print_columns(batch: ImportBatch, matched: dict[str, int]) -> None:
    for field, place in matched.items():
        print(f"  {field:<22}{batch.headings[place]}")
    rest = [
        heading
        for place, heading in enumerate(batch.headings)
        if heading and place not in matched.values()
    ]
    if rest:
        print(f"  not used: {', '.join(rest)}")


def _print_outcome(batch: ImportBatch) -> None:
    for outcome, rows in filed.summary(batch).items():
        print(f"{RowOutcome(outcome).label:<20}{rows:>8}")
    for row in filed.rows(batch.pk, RowOutcome.REFUSED)[:_FIRST]:
        print(f"  row {row.number}: {all_said(row.problems)}")
    if doubtful := filed.summary(batch)[RowOutcome.DOUBTFUL]:
        print(f"  {doubtful} doubtful rows stay out: decide them in the backoffice.")


def _write_errors(batch: ImportBatch, path: Path) -> None:
    headings, rows = filed.error_headings(batch), filed.error_rows(batch)
    if path.suffix.lower() == ".xlsx":
        with exports.xlsx_file(headings, rows, "errors") as book, path.open("wb") as file:
            shutil.copyfileobj(book, file)
    else:
        with path.open("w", encoding="utf-8", newline="") as text:
            text.writelines(exports.csv_lines(headings, rows))
    print(f"The refused rows are in {path}: correct them there, and import that file.")
