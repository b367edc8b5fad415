"""An entry is corrected by hand, from its page or from the report of an error, and back again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from taawon.accounts import rules as team
from taawon.backoffice import coops
from taawon.backoffice.correction_forms import CorrectionForm
from taawon.backoffice.desk import Desk, at_desk, done, sent, show
from taawon.cooperatives import history, pairs
from taawon.cooperatives.errors import CannotBeRead, ChangedMeanwhile
from taawon.cooperatives.models import Cooperative, Report
from taawon.cooperatives.problems import what
from taawon.cooperatives.services import correcting as service
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.web import register_words as words
from taawon.web.forms import with_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.is_agent)
def correct(request: HttpRequest, desk: Desk, cooperative: int) -> HttpResponse:
    coop = coops.of_desk(desk, cooperative)
    report = _report(request, coop)
    form = _form(desk, coop, sent(request))
    meanwhile: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            if _saved(form, coop, desk):
                messages.success(request, _("Corrected. The history says what it was before."))
                return redirect(_back(coop, report))
        except ChangedMeanwhile as refusal:
            coop = coops.of_desk(desk, cooperative)
            form = _form(desk, coop, form.on_top_of(history.values(coop)))
            form.add_error(None, str(refusal))
            meanwhile = words.changes(dict(refusal.changes))
    return show(
        request,
        desk,
        "correct",
        "reports" if report else "cooperatives",
        status=422 if form.is_bound else 200,
        coop=coop,
        name=said_by(coop, "name"),
        form=form,
        report=report,
        meanwhile=meanwhile,
    )


@require_POST
@at_desk(team.is_agent)
def take_back(request: HttpRequest, desk: Desk, cooperative: int, revision: int) -> HttpResponse:
    coop = coops.of_desk(desk, cooperative)
    if revision not in {one.pk for one in history.revisions(coop.pk)}:
        raise NotFound
    said = _("Taken back. Each value is what it was before, unless somebody wrote it since.")
    done(request, lambda: service.take_back(revision, by=desk.actor), said)
    return redirect(reverse("backoffice:cooperative", args=[coop.pk], query={"show": "journal"}))


def _form(desk: Desk, coop: Cooperative, data: Any) -> CorrectionForm:
    owned = history.owned([coop.pk]).get(coop.pk, set())
    return CorrectionForm(data, values=history.values(coop), owned=owned, region=desk.region)


def _saved(form: CorrectionForm, coop: Cooperative, desk: Desk) -> bool:
    """Whether it is done; else the form says why not. Raises ChangedMeanwhile."""
    told = form.cleaned_data

    def save() -> Any:
        try:
            return service.correct(
                coop.pk,
                form.written(),
                seen=told["seen"],
                source=told["source"],
                as_of=told["as_of"],
                by=desk.actor,
            )
        except CannotBeRead as refusal:
            for problem in refusal.problems:
                name = "name_fr" if problem.field == "name" else problem.field
                form.add_error(name if name in form.fields else None, what(asdict(problem)))
            return None

    return bool(with_refusal(form, save, unless=(ChangedMeanwhile,)))


def _report(request: HttpRequest, coop: Cooperative) -> Report | None:
    """The report that the page is reached from, and goes back to."""
    asked = request.GET.get("report", "")
    return pairs.report(int(asked), coop.pk) if asked.isdecimal() and len(asked) < 16 else None


def _back(coop: Cooperative, report: Report | None) -> str:
    if report is None:
        return reverse("backoffice:cooperative", args=[coop.pk])
    return f"{reverse('backoffice:reports')}#report-{report.pk}"
