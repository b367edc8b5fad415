"""What readers say is wrong with an entry: corrected, or declined with an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import rules as team
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
from taawon.cooperatives import history, pairs
from taawon.cooperatives.services import reports as service
from taawon.cooperatives.states import ReportState
from taawon.core.languages import said_by


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("If nothing was corrected here since, say what is right by now."),
        widget=forms.Textarea({"rows": 2}),
    )


@require_safe
@at_desk(team.is_agent)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    state = one_of(request, "state", ReportState.values)
    region = desk.where(request)
    found = pairs.reports(state, region)
    page = page_of(request, pairs.with_cooperatives(found), found.count())
    return show(
        request,
        desk,
        "reports",
        "reports",
        page=page,
        count=page.paginator.count,
        state=state,
        states=ReportState.choices,
        region=region,
        regions=region_choices(desk),
        rows=_rows(page),
    )


def _rows(page: Iterable[Any]) -> list[dict[str, Any]]:
    """One query for all that was corrected since."""
    changed = history.last_changes(one.cooperative_id for one in page)
    return [_row(one, changed.get(one.cooperative_id)) for one in page]


def _row(one: Any, changed: datetime | None) -> dict[str, Any]:
    return {
        "report": one,
        "name": said_by(one.cooperative, "name"),
        "place": place(one.cooperative.region_id),
        "corrected": changed if changed and changed >= one.made_at else None,
        "form": AnswerForm(auto_id=f"report_{one.pk}_%s"),
    }


@require_POST
@at_desk(team.is_agent)
def settle(request: HttpRequest, desk: Desk, report: int) -> HttpResponse:
    words = request.POST.get("answer", "")
    done(request, lambda: service.settle(report, words, by=desk.actor), _("Settled."))
    return redirect("backoffice:reports")


@require_POST
@at_desk(team.is_agent)
def decline(request: HttpRequest, desk: Desk, report: int) -> HttpResponse:
    words = request.POST.get("answer", "")
    said = _("Declined, with your answer.")
    done(request, lambda: service.decline(report, words, by=desk.actor), said)
    return redirect("backoffice:reports")
