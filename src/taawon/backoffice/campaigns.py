"""Announcements by text: written, looked at, approved, followed while they are sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taawon.backoffice import files
from taawon.backoffice.campaign_forms import CampaignForm, as_typed
from taawon.backoffice.campaign_page import file_rows, headings, hours, narrowed, preview, report
from taawon.backoffice.desk import Desk, at_desk, done, page_of, sent, show
from taawon.campaigns import queries
from taawon.campaigns.models import Campaign
from taawon.campaigns.services import running, writing
from taawon.campaigns.states import ENDED, State
from taawon.web.forms import with_refusal


@require_safe
@at_desk()
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in State.values else ""
    page = page_of(request, queries.campaigns(by=desk.actor, state=state))
    return show(
        request,
        desk,
        "campaigns",
        "campaigns",
        page=page,
        count=page.paginator.count,
        state=state,
        states=State.choices,
        rows=[{"one": one, "narrowed": narrowed(one)} for one in page],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = CampaignForm(sent(request), desk=desk)
    if request.method == "POST" and form.is_valid():
        made = with_refusal(form, lambda: writing.write(form.wish(), by=desk.actor))
        if made:
            messages.success(request, _("The draft is kept. Nothing is sent yet."))
            return redirect("backoffice:campaign", made.pk)
    return _draft_page(request, desk, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def campaign(request: HttpRequest, desk: Desk, campaign: int) -> HttpResponseBase:
    found = queries.campaign(campaign, by=desk.actor)
    if found.state == State.DRAFT:
        return _draft(request, desk, found)
    if request.method == "POST":
        messages.warning(request, _("Only a draft can be changed."))
        return redirect("backoffice:campaign", found.pk)
    if files.wanted(request):
        rows = file_rows(queries.progress(found))
        return files.answer(request, f"campaign-{found.pk}", headings(), rows)
    return _running_page(request, desk, found)


def _draft(request: HttpRequest, desk: Desk, found: Campaign) -> HttpResponse:
    form = CampaignForm(sent(request), initial=as_typed(found), desk=desk)
    if (
        request.method == "POST"
        and form.is_valid()
        and with_refusal(form, lambda: writing.change(found.pk, form.wish(), by=desk.actor))
    ):
        messages.success(request, _("The draft is kept. Nothing is sent yet."))
        return redirect("backoffice:campaign", found.pk)
    return _draft_page(request, desk, form, found)


def _draft_page(
    request: HttpRequest, desk: Desk, form: CampaignForm, found: Campaign | None
) -> HttpResponse:
    return show(
        request,
        desk,
        "campaign_draft",
        "campaigns",
        status=422 if form.errors else 200,
        form=form,
        campaign=found,
        preview=preview(desk, found) if found else None,
        **hours(),
    )


def _running_page(request: HttpRequest, desk: Desk, found: Campaign) -> HttpResponse:
    """The whole page, or the part of it that keeps up to date."""
    context: dict[str, Any] = {
        "campaign": found,
        "report": report(queries.progress(found)),
        "is_live": found.state == State.SENDING,
        "is_over": found.state in ENDED,
        "own": found.written_by_id == desk.person.pk,
        "narrowed": narrowed(found),
        **hours(),
    }
    if request.headers.get("HX-Request"):
        return render(request, "backoffice/_campaign_report.html", context)
    texts = preview(desk, found, counted=found.state == State.REVIEW)
    return show(request, desk, "campaign", "campaigns", preview=texts, **context)


def _button(
    do: Callable[..., Any],
    said: str | Promise | Callable[[Any], str],
    back: str = "backoffice:campaign",
) -> Callable[..., HttpResponse]:
    """A view that presses one button of a campaign."""

    @require_POST
    @at_desk()
    def press(request: HttpRequest, desk: Desk, campaign: int) -> HttpResponse:
        good = done(request, lambda: do(campaign, by=desk.actor), said)
        if good and back != "backoffice:campaign":
            return redirect(back)
        return redirect("backoffice:campaign", campaign)

    return press


def _begins(made: Campaign) -> str:
    """Off it goes, or to a second person."""
    if made.state == State.REVIEW:
        return _("It is large: a colleague reads it before it is sent.")
    return _("The campaign begins.")


def _on_the_way(texts: int) -> str:
    said = ngettext(
        "%(n)d text is on its way to your phone.",
        "%(n)d texts are on their way to your phone.",
        texts,
    )
    return said % {"n": texts}


@require_POST
@at_desk()
def approve(request: HttpRequest, desk: Desk, campaign: int) -> HttpResponse:
    """What was read, and nothing that was written since."""
    version = request.POST.get("version", "")
    done(
        request,
        lambda: running.approve(campaign, version, by=desk.actor),
        _("Approved. The campaign begins."),
    )
    return redirect("backoffice:campaign", campaign)


submit = _button(running.submit, _begins)
try_out = _button(writing.try_out, _on_the_way)
send_back = _button(running.send_back, gettext_lazy("It is a draft again."))
pause = _button(running.pause, gettext_lazy("Paused. Nothing more leaves."))
resume = _button(running.resume, gettext_lazy("It goes on."))
stop = _button(running.stop, gettext_lazy("Stopped for good."))
remove = _button(writing.remove, gettext_lazy("The draft is thrown away."), "backoffice:campaigns")
