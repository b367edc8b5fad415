"""The lives of a cooperative, its shop, a claim, an invitation, a pair and a report."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CooperativeStatus(models.TextChoices):
    ACTIVE = "active", _("active")
    INACTIVE = "inactive", _("inactive")
    DISSOLVED = "dissolved", _("dissolved")
    STRUCK_OFF = "struck_off", _("struck off")


class RegistrationKind(models.TextChoices):
    """By law 112-12 a local register; older cooperatives carry the number of an agrément."""

    REGISTER = "register", _("register")
    AGREMENT = "agrement", _("agrément")


class Source(models.TextChoices):
    """Who says what an entry holds."""

    IMPORT = "import", _("imported register")
    OWNER = "owner", _("the cooperative itself")
    TEAM = "team", _("the national team")
    MERGE = "merge", _("merged entry")


class BatchState(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    APPLYING = "applying", _("being applied")
    APPLIED = "applied", _("applied")
    REVERTING = "reverting", _("being taken back")
    REVERTED = "reverted", _("taken back")
    # Never applied, and not to be.
    DISCARDED = "discarded", _("thrown away")
    FAILED = "failed", _("failed")


class RowOutcome(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("the same")
    DOUBTFUL = "doubtful", _("doubtful duplicate")
    REFUSED = "refused", _("refused")


# Beside the outcomes in the counts of a file: rows that are accepted and bear a remark.
REMARKED = "remarks"


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PairState(models.TextChoices):
    LIKELY = "likely", _("likely the same")
    DIFFERENT = "different", _("different")
    MERGED = "merged", _("merged")


class ShopState(models.TextChoices):
    OPEN = "open", _("open")
    SUSPENDED = "suspended", _("suspended")
    # Its entry was merged into another one, which sells its products.
    CLOSED = "closed", _("closed")


class ClaimState(models.TextChoices):
    # A code is on its way to the phone on record.
    PROVING = "proving", _("waiting for its code")
    PENDING = "pending", _("waiting for a decision")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Outcome(models.TextChoices):
    """What a claim is worth now: its state, and what became of an approval since."""

    PROVING = "proving", _("waiting for its code")
    PENDING = "pending", _("waiting for a decision")
    APPROVED = "approved", _("approved")
    # Approved, and somebody else asks.
    LOCKED = "locked", _("in dispute")
    ENDED = "ended", _("no longer speaks for it")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Ending(models.TextChoices):
    """Why somebody no longer speaks for a cooperative."""

    DISPUTE = "dispute", _("The national team has found that somebody else speaks for it.")
    SUCCESSION = "succession", _("Another president was elected, and the minutes show it.")
    TEAM = "team", _("The national team took you off the list of its members, on its behalf.")
    REMOVED = "removed", _("Another member took you off the list of its members.")
    LEFT = "left", _("You left it yourself.")
    UNKNOWN = "unknown", _("Your membership has ended.")


class Proof(models.TextChoices):
    """How somebody shows that they speak for a cooperative."""

    PAPERS = "papers", _("papers")
    CODE = "code", _("a code to the phone on record")


class ReportKind(models.TextChoices):
    """What somebody says is wrong with an entry."""

    NAME = "name", _("the name")
    PLACE = "place", _("the place")
    CONTACT = "contact", _("the phone number or the address")
    FACTS = "facts", _("the members, the field of activity or the dates")
    STATUS = "status", _("it is no longer active")
    DUPLICATE = "duplicate", _("it is listed twice")
    OTHER = "other", _("something else")


class ReportState(models.TextChoices):
    WAITING = "waiting", _("waiting for an answer")
    SETTLED = "settled", pgettext_lazy("a reported error", "settled")
    DECLINED = "declined", pgettext_lazy("a reported error", "declined")


class InvitationState(models.TextChoices):
    WAITING = "waiting", _("waiting for the first text")
    CONFIRMED = "confirmed", _("confirmed by text")
    DECLINED = "declined", _("declined by text")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Role(models.TextChoices):
    PRESIDENT = "president", _("president")
    MANAGER = "manager", _("manager")
    SELLER = "seller", _("seller")


NEXT_CLAIM: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.PROVING: frozenset({ClaimState.PENDING, ClaimState.APPROVED, ClaimState.WITHDRAWN}),
    ClaimState.PENDING: frozenset({ClaimState.APPROVED, ClaimState.REFUSED, ClaimState.WITHDRAWN}),
    ClaimState.APPROVED: frozenset(),
    ClaimState.REFUSED: frozenset(),
    ClaimState.WITHDRAWN: frozenset(),
}

NEXT_INVITATION: dict[InvitationState, frozenset[InvitationState]] = {
    InvitationState.WAITING: frozenset(
        {
            InvitationState.CONFIRMED,
            InvitationState.DECLINED,
            InvitationState.WITHDRAWN,
            InvitationState.EXPIRED,
        }
    ),
    InvitationState.CONFIRMED: frozenset(),
    InvitationState.DECLINED: frozenset(),
    InvitationState.WITHDRAWN: frozenset(),
    InvitationState.EXPIRED: frozenset(),
}

NEXT_BATCH: dict[BatchState, frozenset[BatchState]] = {
    BatchState.UPLOADED: frozenset({BatchState.CHECKING, BatchState.FAILED, BatchState.DISCARDED}),
    BatchState.CHECKING: frozenset({BatchState.CHECKED, BatchState.FAILED}),
    # Columns may be matched anew, and the file checked again, until it is applied.
    BatchState.CHECKED: frozenset({BatchState.CHECKING, BatchState.APPLYING, BatchState.DISCARDED}),
    BatchState.APPLYING: frozenset({BatchState.APPLIED, BatchState.FAILED}),
    BatchState.APPLIED: frozenset({BatchState.REVERTING}),
    BatchState.REVERTING: frozenset({BatchState.REVERTED, BatchState.APPLIED}),
    BatchState.REVERTED: frozenset(),
    BatchState.FAILED: frozenset({BatchState.CHECKING, BatchState.REVERTING, BatchState.DISCARDED}),
    BatchState.DISCARDED: frozenset(),
}

NEXT_PROPOSAL: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.WAITING: frozenset(
        {ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.WITHDRAWN}
    ),
    ProposalState.ACCEPTED: frozenset(),
    ProposalState.DECLINED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
}

NEXT_PAIR: dict[PairState, frozenset[PairState]] = {
    PairState.LIKELY: frozenset({PairState.DIFFERENT, PairState.MERGED}),
    # "Different for ever": nobody is asked again.
    PairState.DIFFERENT: frozenset(),
    PairState.MERGED: frozenset({PairState.LIKELY}),
}

NEXT_REPORT: dict[ReportState, frozenset[ReportState]] = {
    ReportState.WAITING: frozenset({ReportState.SETTLED, ReportState.DECLINED}),
    ReportState.SETTLED: frozenset(),
    ReportState.DECLINED: frozenset(),
}
