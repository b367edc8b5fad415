"""Somebody reads that an entry is wrong and says so; the national team settles or declines it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from taawon.cooperatives import history, rules
from taawon.cooperatives.errors import AlreadyMerged, CorrectionNeeded
from taawon.cooperatives.locks import with_cooperative
from taawon.cooperatives.models import Cooperative, Report
from taawon.cooperatives.register_events import ReportDeclined, ReportMade, ReportSettled
from taawon.cooperatives.states import ReportKind, ReportState
from taawon.core import email as mailboxes
from taawon.core import phone as phones
from taawon.core import written
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, NotFound
from taawon.core.languages import LANGUAGES
from taawon.core.text import clean
from taawon.journal.record import record


@transaction.atomic
def make(
    cooperative_id: int,
    *,
    kind: str,
    text: str,
    phone: str = "",
    email: str = "",
    language: str = "fr",
    by: Actor,
) -> Report:
    """Anybody may; `phone` and `email` are where an answer is wished.

    Raises NotFound, AlreadyMerged, Missing, TooLong, InvalidPhone, InvalidEmail, Invalid.
    """
    if kind not in ReportKind.values:
        raise Invalid(field="kind")
    entry = Cooperative.objects.filter(pk=cooperative_id).only("merged_into").first()
    if entry is None:
        raise NotFound
    if entry.merged_into_id is not None:
        raise AlreadyMerged
    report = Report.objects.create(
        cooperative_id=cooperative_id,
        kind=kind,
        text=written.lines(text, field="text", most=1000),
        phone=phones.normalise(phone) if phone.strip() else "",
        email=mailboxes.normalise(email) if email.strip() else "",
        language=language if language in LANGUAGES else "fr",
        person_id=by.person_id,
    )
    record(ReportMade(cooperative_id=cooperative_id, report_id=report.pk), by=by)
    return report


@transaction.atomic
def settle(report_id: int, answer: str = "", *, by: Actor) -> Report:
    """The entry is right by now; the answer says so in words if nobody changed it since.

    Raises NotFound, NotAllowed, AlreadyMerged, AlreadyDecided, CorrectionNeeded.
    """
    report = _end(report_id, ReportState.SETTLED, answer, by)
    record(ReportSettled(cooperative_id=report.cooperative_id, report_id=report.pk), by=by)
    return report


@transaction.atomic
def decline(report_id: int, answer: str, *, by: Actor) -> Report:
    """The entry was right, and the answer says why.

    Raises NotFound, NotAllowed, AlreadyMerged, AlreadyDecided, Missing without an answer.
    """
    report = _end(report_id, ReportState.DECLINED, answer, by)
    record(ReportDeclined(cooperative_id=report.cooperative_id, report_id=report.pk), by=by)
    return report


@transaction.atomic
def forget(person_id: int, phone: str) -> None:
    """What was reported stays; who reported it does not."""
    theirs = Q(person_id=person_id) | (Q(phone=phone) if phone else Q(pk=None))
    Report.objects.filter(theirs).update(phone="", email="", person_id=None)


def _end(report_id: int, wanted: ReportState, answer: str, by: Actor) -> Report:
    report = with_cooperative(Report, report_id)
    rules.insist_on_supervising(by, report.cooperative)
    needed = wanted == ReportState.DECLINED
    if wanted == ReportState.SETTLED and not clean(answer) and not _is_corrected(report):
        raise CorrectionNeeded(field="answer")
    report.answer = written.lines(answer, field="answer", most=1000, needed=needed)
    report.become(wanted)
    report.save(update_fields=["answer", "state", "settled_at"])
    return report


def _is_corrected(report: Report) -> bool:
    last = history.last_changes([report.cooperative_id]).get(report.cooperative_id)
    return last is not None and last >= report.made_at
