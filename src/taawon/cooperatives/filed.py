"""Files of the register and their rows, as pages and programs look at them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.files.storage import storages
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from taawon.cooperatives import rules
from taawon.cooperatives.models import Cooperative, ImportBatch, ImportRow, Proposal
from taawon.cooperatives.problems import all_said
from taawon.cooperatives.sheets import open_sheet
from taawon.cooperatives.states import REMARKED, BatchState, ProposalState, RowOutcome
from taawon.core.actor import Actor
from taawon.core.errors import NotFound


def batches(*, by: Actor) -> QuerySet[ImportBatch]:
    """The newest first: all of them, or one's own for an agent of one region."""
    rules.insist_on_importing(by)
    found = ImportBatch.objects.order_by("-pk")
    if by.person_id is None or rules.may_touch_file(by, None):
        return found
    return found.filter(person_id=by.person_id)


def batch(batch_id: int, *, by: Actor) -> ImportBatch:
    """Raises NotFound, NotAllowed."""
    rules.insist_on_importing(by)
    found = ImportBatch.objects.filter(pk=batch_id).first()
    if found is None or not rules.may_touch_file(by, found.person_id):
        raise NotFound
    return found


def within_reach(ids: Collection[int], *, by: Actor) -> dict[int, ImportBatch]:
    """Of these files, those whose pages the actor may open, by their id."""
    return batches(by=by).in_bulk(ids) if ids else {}


def rows(batch_id: int, outcome: str = "", *, undecided: bool = False) -> QuerySet[ImportRow]:
    """In the order of the file; the caller has asked for the batch."""
    found = ImportRow.objects.filter(batch_id=batch_id).order_by("number")
    if outcome == REMARKED:
        return found.exclude(remarks=[])
    if outcome:
        found = found.filter(outcome=outcome)
    return found.filter(decision="") if undecided else found


def remarked(found: ImportBatch) -> int:
    """How many rows are accepted and bear a remark."""
    return int(found.counts.get(REMARKED, 0))


def undecided(batch_id: int) -> int:
    return rows(batch_id, RowOutcome.DOUBTFUL, undecided=True).count()


def examples(found: ImportBatch, most: int = 3) -> list[list[str]]:
    """Of each column what its first rows hold, for whoever says what the columns mean."""
    if not found.file:
        return [[] for _heading in found.headings]
    with storages["private"].open(found.file) as file:
        first = [cells for _number, cells in islice(open_sheet(file, found.sheet).rows, most)]
    return [[cells[place][:80] for cells in first] for place in range(len(found.headings))]


def entries(ids: Sequence[int]) -> dict[int, Cooperative]:
    """Candidates by their id; one query."""
    return Cooperative.objects.in_bulk(ids)


def first_of(found: ImportBatch, *, by: Actor) -> ImportBatch | None:
    """The file with the very same bytes that was brought in first, unless it was thrown away."""
    same = ImportBatch.objects.filter(sha256=found.sha256, pk__lt=found.pk).order_by("pk")
    there = same.exclude(state=BatchState.DISCARDED)
    return next((one for one in there if rules.may_touch_file(by, one.person_id)), None)


def there(ids: Iterable[int]) -> set[int]:
    """Of these entries, those that have not been taken back since; one query."""
    return set(Cooperative.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))


def by_number(batch_id: int, numbers: Sequence[int]) -> dict[int, ImportRow]:
    """Other rows of a file, by how a spreadsheet counts them; one query."""
    return {row.number: row for row in rows(batch_id).filter(number__in=numbers)}


def error_headings(found: ImportBatch) -> list[str]:
    """Those of the file, and two columns that nobody takes for a field."""
    return [*found.headings, _("row"), _("problem")]


def error_rows(found: ImportBatch) -> Iterator[list[str | int]]:
    """Each refused row as it was written, its number, and what is wrong with it."""
    width = len(found.headings)
    refused = rows(found.pk, RowOutcome.REFUSED)
    told = refused.values_list("cells", "number", "problems")
    for cells, number, problems in told.iterator(chunk_size=500):
        padded: list[str | int] = [*cells[:width], *[""] * (width - len(cells))]
        yield [*padded, number, all_said(problems)]


def proposals(cooperative_id: int) -> QuerySet[Proposal]:
    """What the register says otherwise, and waits for an answer; the caller has asked the rules."""
    waiting = Proposal.objects.filter(cooperative_id=cooperative_id, state=ProposalState.WAITING)
    return waiting.select_related("batch", "cooperative").order_by("pk")


def summary(found: ImportBatch) -> dict[str, Any]:
    """{outcome: rows} of every outcome, in their order."""
    return {outcome.value: found.counts.get(outcome.value, 0) for outcome in RowOutcome}
