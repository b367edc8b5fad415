"""Why the directory says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid, Missing, Refused


class AlreadyClaimed(Refused):
    code = "already-claimed"
    text = _("You have already asked for this cooperative. The national team will answer.")


class AlreadyMember(Refused):
    code = "already-member"
    text = _("This person already belongs to the cooperative.")


class AlreadyDecided(Refused):
    code = "already-decided"
    text = _("This request has already been decided.")


class LastPresident(Refused):
    code = "last-president"
    text = _("A cooperative keeps at least one president. Name another one first.")


class PaperNeeded(Invalid):
    code = "paper-needed"
    text = _("Add at least one paper: the registration or the minutes that name you.")


class BadPaper(Invalid):
    code = "bad-paper"
    text = _("This file is not a PDF or a picture of at most 10 MB.")


class CannotSell(Refused):
    code = "cannot-sell"
    text = _("A cooperative that is “%(status)s” cannot open a shop.")


class TooManyClaims(Refused):
    """`most`: how many requests of one person may wait at once."""

    code = "too-many-claims"
    text = _("You already have %(most)d requests that wait for an answer.")


class TooManyPapers(Invalid):
    code = "too-many-papers"
    text = _("Add at most %(most)d papers.")


class AlreadyRegistered(Refused):
    code = "already-registered"
    text = _("A cooperative with this registration number is already in the directory.")


class NoShop(Refused):
    code = "no-shop"
    text = _("This cooperative has no shop yet.")


class WrongShopState(Refused):
    code = "wrong-shop-state"
    text = _("This shop is “%(state)s” already.")


class DayOutOfRange(Invalid):
    code = "day-out-of-range"
    text = _("Choose a day from today on, within a year.")


class AlreadyInvited(Refused):
    code = "already-invited"
    text = _("This number is invited already: send the invitation again, or withdraw it.")


class OwnNumber(Invalid):
    """Four eyes: who checks a cooperative's papers does not run its shop."""

    code = "own-number"
    text = _("This is your own number. A colleague must invite you.")


class WantsNoTexts(Invalid):
    """The owner of the number wrote STOP TOUT, and alone can take it back."""

    code = "wants-no-texts"
    text = _("This number has stopped our texts. Its owner must send START first.")


class InvitationOver(Refused):
    code = "invitation-over"
    text = _("This invitation is no longer valid.")


class ToldOften(Refused):
    """`most`: how many times an invitation is sent."""

    code = "told-often"
    text = _("This invitation was sent %(most)d times. Call the person.")


class WrongBatchState(Refused):
    """`state`: of the file, in words."""

    code = "wrong-batch-state"
    text = _("This cannot be done while the file is “%(state)s”.")


class FileTooLarge(Invalid):
    """`most`: megabytes."""

    code = "file-too-large"
    text = _("This file is too large: %(most)d MB at most.")


class ColumnNeeded(Missing):
    """Without the registration number no row can be told from another."""

    code = "column-needed"
    text = _("Say which column holds the registration number.")


class ColumnTwice(Invalid):
    code = "column-twice"
    text = _("One column cannot hold two fields.")


class FileTooOld(Refused):
    """Its rows are deleted, or about to be."""

    code = "register-file-too-old"
    text = _("This file is too old to be used or taken back: the rows of such files are not kept.")


class NotDoubtful(Refused):
    code = "not-doubtful"
    text = _("This row needs no decision.")


class NoSuchHeading(Invalid):
    """`headings`: those of the file, as one text."""

    code = "no-such-heading"
    text = _("The file has no heading “%(heading)s”. It has: %(headings)s.")


class InDispute(Refused):
    """Two people ask for it: neither changes anything until a registrar has decided."""

    code = "in-dispute"
    text = _(
        "Two people ask to run this cooperative. Until the national team has decided, "
        "nothing can be changed."
    )


class NoPhoneOnRecord(Refused):
    code = "no-phone-on-record"
    text = _("The register holds no mobile number of this cooperative. Send papers instead.")


class NothingToProve(Refused):
    code = "nothing-to-prove"
    text = _("This request waits for no code.")


class AlreadyMerged(Refused):
    code = "already-merged"
    text = _("This entry was merged into another one.")


class SameEntry(Refused):
    code = "same-entry"
    text = _("An entry cannot be merged into itself.")


class ToldApart(Refused):
    code = "told-apart"
    text = _("A colleague has found that these are two different cooperatives.")


class AlreadyUndone(Refused):
    code = "already-undone"
    text = _("This merge has been undone already.")


class LaterMergeFirst(Refused):
    code = "later-merge-first"
    text = _("What was merged here was merged again later. Undo the later merge first.")


class RegisteredMeanwhile(Refused):
    """Its number was given to another entry while it was merged."""

    code = "registered-meanwhile"
    text = _("Another entry has the same registration number by now.")


class CannotBeRead(Refused):
    """`problems` say which fields, and why: each has `field`, `code`, `value` and `more`."""

    code = "cannot-be-read"
    text = _("Some of this cannot be understood.")

    def __init__(self, problems: Sequence[Any]) -> None:
        self.problems = problems
        super().__init__()


class ChangedMeanwhile(Refused):
    """`changes`: {field: [what was seen, what it is]} of what somebody else changed."""

    code = "changed-meanwhile"
    text = _("Somebody changed this entry meanwhile. Look at what changed, then save again.")

    def __init__(self, changes: Mapping[str, list[Any]]) -> None:
        self.changes = changes
        super().__init__()


class NothingCorrected(Refused):
    code = "nothing-corrected"
    text = _("Nothing is different from what the entry holds already.")


class OwnWord(Invalid):
    code = "own-word"
    text = _("The cooperative wrote this itself: it alone changes it, or you on its behalf.")


class NoCorrection(Refused):
    code = "no-correction"
    text = _("Only a correction that still holds can be taken back.")


class CorrectionNeeded(Missing):
    """Nobody changed the entry since the report was made."""

    code = "correction-needed"
    text = _("Nothing was corrected here since the report: say in words what is right by now.")
