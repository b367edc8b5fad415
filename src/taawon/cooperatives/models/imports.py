"""Files of the register: what was read of them, and what became of each row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from taawon.cooperatives.models.register import Cooperative
from taawon.cooperatives.states import BatchState, ProposalState, RowOutcome


class ImportBatch(models.Model):
    """One file that somebody brings in, and can take back as a whole.

    `file` is its name in the private storage, "" once file and rows are erased for their age;
    `columns` {field: column number from 0}, `counts` {outcome: rows}. `done` of `total` rows are
    through the step that `state` names.
    """

    file = models.CharField(max_length=80)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # What the values are said by, and as of when.
    source = models.CharField(max_length=200)
    as_of = models.DateField()
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.UPLOADED)
    sheet = models.CharField(max_length=120, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    headings = models.JSONField(default=list, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    person_id = models.BigIntegerField(null=True)
    # Who asked for it to be taken back.
    recalled_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "changed_at"], name="batches_at_work"),
        ]

    def __str__(self) -> str:
        return self.filename


class ImportRow(models.Model):
    """One row of a file: its own words, what they mean, and what it would or did change.

    `values` is {field: value} as `Revision.changes` writes them, `difference` {field: [old, new]},
    `problems` [{"column": heading, "code": …, "value": …}] and `remarks` the same of what was
    accepted with a doubt, `candidates` [{"id" of an entry or "row" of this file, "score",
    "reasons"}]. `decision`: for a doubtful row, the id of the entry that it is, "row:12" for what
    row 12 of this file is (it stays out), "new", or "" while nobody has decided.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    # As a person counts in a spreadsheet: the headings are row 1.
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=RowOutcome.choices)
    difference = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    remarks = models.JSONField(default=list, blank=True)
    candidates = models.JSONField(default=list)
    decision = models.CharField(max_length=20, blank=True)
    cooperative_id = models.BigIntegerField(null=True)
    applied = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_row_a_number"),
            models.CheckConstraint(condition=Q(outcome__in=RowOutcome.values), name="row_outcome"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["batch", "outcome", "number"], name="rows_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.number}"


class Proposal(models.Model):
    """A file says otherwise than the cooperative itself wrote: it is asked, not overwritten."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="proposals")
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="proposals")
    field = models.CharField(max_length=40)
    value = models.JSONField()
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cooperative", "field"],
                condition=Q(state="waiting"),
                name="one_waiting_proposal_a_field",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="proposal_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.field}"
