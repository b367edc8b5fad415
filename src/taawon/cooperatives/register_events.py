"""What the floors above can hear of the register: its files, merges and reports."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.cooperatives.events import CooperativeEvent
from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileEvent(Event):
    batch_id: int

    @property
    def subject(self) -> str:
        return f"cooperatives.importbatch:{self.batch_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileBrought(RegisterFileEvent):
    name = "register-file-brought"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileMatched(RegisterFileEvent):
    """Its columns are known; each row is looked at, and nothing is changed."""

    name = "register-file-matched"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileChecked(RegisterFileEvent):
    """`rows` were looked at."""

    name = "register-file-checked"
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileDecided(RegisterFileEvent):
    """Of `rows` that were doubtful somebody said what they are."""

    name = "register-file-decided"
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileApproved(RegisterFileEvent):
    """`rows` are to be brought in."""

    name = "register-file-approved"
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileApplied(RegisterFileEvent):
    """All of them are in."""

    name = "register-file-applied"
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileRecalled(RegisterFileEvent):
    """What it changed is to be taken back."""

    name = "register-file-recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileDiscarded(RegisterFileEvent):
    """Nothing of it came in, and nothing will."""

    name = "register-file-discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileReverted(RegisterFileEvent):
    """`kept`: values that were not its own any more."""

    name = "register-file-reverted"
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFileForgotten(RegisterFileEvent):
    """Its rows are deleted; the line of the file stays."""

    name = "register-file-forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalEvent(CooperativeEvent):
    proposal_id: int
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAccepted(ProposalEvent):
    name = "proposal-accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDeclined(ProposalEvent):
    name = "proposal-declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionEvent(CooperativeEvent):
    """`fields` names the columns of the entry."""

    revision_id: int
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrected(CorrectionEvent):
    name = "entry-corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionTakenBack(CorrectionEvent):
    name = "correction-taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeEvent(CooperativeEvent):
    """`cooperative_id` is the entry that is kept."""

    merge_id: int
    gone_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesMerged(MergeEvent):
    name = "entries-merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUndone(MergeEvent):
    name = "merge-undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesToldApart(CooperativeEvent):
    """`cooperative_id` is the older of the two."""

    name = "entries-told-apart"
    pair_id: int
    second_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEvent(CooperativeEvent):
    """It stands in the trail of the cooperative."""

    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMade(ReportEvent):
    name = "report-made"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettled(ReportEvent):
    name = "report-settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDeclined(ReportEvent):
    name = "report-declined"
