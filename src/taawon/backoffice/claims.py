"""Who asks to run a cooperative's shop: papers, and a decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice import evidence, files, told
from taawon.backoffice.desk import (
    Desk,
    at_desk,
    done,
    one_of,
    page_of,
    place,
    region_choices,
    show,
)
from taawon.backoffice.forms import ReasonForm
from taawon.cooperatives import disputes, outcomes, pairs, papers, queries, supervision
from taawon.cooperatives.errors import AlreadyDecided
from taawon.cooperatives.services import claims as service
from taawon.cooperatives.states import ClaimState, Outcome
from taawon.core.errors import Invalid
from taawon.core.languages import said_by
from taawon.journal import queries as journal
from taawon.web.exports import Row
from taawon.web.forms import add_refusal

# Whose code is still awaited has not asked yet.
# What is in dispute stands among the approved.
STATES = [(one.value, one.label) for one in Outcome if one not in (Outcome.PROVING, Outcome.LOCKED)]
# What a browser may show in a page of its own; anything else is a download.
SHOWN = ("image/jpeg", "image/png", "image/webp")
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@require_safe
@at_desk(team.is_agent)
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    state = one_of(request, "state", [state for state, _label in STATES])
    region = desk.where(request)
    found = supervision.claims(state, region)
    if files.wanted(request):
        return files.answer(request, "requests", headings(), rows(supervision.with_papers(found)))
    count = found.count()
    page = page_of(request, supervision.with_papers(found), count)
    return show(
        request,
        desk,
        "claims",
        "claims",
        page=page,
        count=count,
        state=state,
        states=STATES,
        region=region,
        regions=region_choices(desk),
        rows=[
            {
                "claim": one,
                "name": said_by(one.cooperative, "name"),
                "place": place(one.cooperative.region_id),
                "in_dispute": one.cooperative.disputed_since is not None
                and outcomes.takes_papers(one),
            }
            for one in page
        ],
    )


def headings() -> list[str]:
    return [
        _("Cooperative"),
        _("Registration number"),
        _("Region"),
        _("Person"),
        _("Role"),
        _("State"),
        _("Papers"),
        _("Asked on"),
    ]


def rows(found: Any) -> Iterator[Row]:
    # Named now: what is sent as it is read may outlive the language of the request.
    states = {state.value: str(state.label) for state in Outcome}
    return (
        (
            said_by(one.cooperative, "name", "fr"),
            one.cooperative.registration_number,
            place(one.cooperative.region_id),
            one.person.name,
            one.get_role_display(),
            states[outcomes.of(one)],
            one.paper_count,
            one.created_at,
        )
        for one in found.iterator(chunk_size=200)
    )


@require_safe
@at_desk(team.is_agent)
def claim(request: HttpRequest, desk: Desk, claim: int) -> HttpResponse:
    return _page(request, desk, claim, ReasonForm())


@require_POST
@at_desk(team.is_agent)
def approve(request: HttpRequest, desk: Desk, claim: int) -> HttpResponse:
    done(
        request,
        lambda: service.approve(claim, by=desk.actor),
        _("Approved. The person can sell now, and is told so."),
    )
    return redirect("backoffice:claim", claim)


@require_POST
@at_desk(team.is_agent)
def refuse(request: HttpRequest, desk: Desk, claim: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, claim, form)
    try:
        service.refuse(claim, form.cleaned_data["reason"], by=desk.actor)
    except Invalid as refusal:
        add_refusal(form, refusal)
        return _page(request, desk, claim, form)
    except AlreadyDecided as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Refused. The person is told why."))
    return redirect("backoffice:claim", claim)


def _page(request: HttpRequest, desk: Desk, claim_id: int, form: ReasonForm) -> HttpResponse:
    found = queries.claim(claim_id, by=desk.actor)
    desk.insist(found.cooperative.region_id)
    may_decide = found.state == ClaimState.PENDING and found.person_id != desk.person.pk
    members, rivals = pairs.memberships(found.cooperative_id), pairs.rivals(found)
    trail = journal.of_subjects(pairs.subjects(found.cooperative_id))[:20]
    return show(
        request,
        desk,
        "claim",
        "claims",
        status=422 if form.is_bound else 200,
        claim=found,
        coop=found.cooperative,
        name=said_by(found.cooperative, "name"),
        place=place(found.cooperative.region_id),
        papers=[{"paper": paper, "shown": paper.content_type in SHOWN} for paper in _all(found)],
        may_decide=may_decide,
        outcome=outcomes.of(found),
        evidence=evidence.lines(found),
        members=evidence.speakers(found, members),
        rivals=evidence.asking(found, rivals),
        **_consequences(found, members, rivals),
        lines=told.lines(desk, list(trail)),
        form=form,
    )


def _consequences(found: Any, members: list[Any], rivals: list[Any]) -> dict[str, str]:
    """Whom an approval puts out, and whose requests it refuses."""
    leaving = [one for one in members if disputes.leaves(one, found)]
    refused = [one for one in rivals if disputes.is_wrong_then(one, found)]
    comma = _(", ")
    return {
        "leaves": comma.join(one.person.name or "—" for one in leaving),
        "refused": comma.join(one.person.name or "—" for one in refused),
    }


def _all(found: Any) -> list[Any]:
    return sorted(found.papers.all(), key=lambda paper: paper.pk)


@require_safe
@at_desk(team.is_agent)
def paper(request: HttpRequest, desk: Desk, paper: int) -> HttpResponseBase:
    """A private file, read piece by piece; it can do nothing in the browser that opens it."""
    found = papers.opened(paper, by=desk.actor)
    kind = found.content_type if found.content_type in SUFFIXES else "application/octet-stream"
    response = FileResponse(
        found.file,
        content_type=kind,
        as_attachment=kind not in SHOWN,
        filename=f"paper-{paper}.{SUFFIXES.get(kind, 'bin')}",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
