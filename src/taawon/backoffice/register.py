"""A cooperative is added to the register by hand, and its shop is opened by phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from taawon.accounts import rules as team
from taawon.backoffice import coops
from taawon.backoffice.desk import Desk, at_desk, done, sent, show
from taawon.backoffice.register_forms import FIELDS, CooperativeForm, InvitationForm
from taawon.cooperatives.services import members, opening, registry
from taawon.web.forms import with_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.is_agent)
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = CooperativeForm(sent(request), region=desk.region)
    if request.method == "POST" and form.is_valid():
        added = with_refusal(form, lambda: registry.add(**form.entry(), by=desk.actor), FIELDS)
        if added:
            messages.success(request, _("The cooperative is on the register."))
            return redirect("backoffice:cooperative", added.pk)
    status = 422 if form.errors else 200
    return show(request, desk, "cooperative_new", "cooperatives", status=status, form=form)


@require_POST
@at_desk(team.is_agent)
def invite(request: HttpRequest, desk: Desk, cooperative: int) -> HttpResponse:
    form = InvitationForm(request.POST)
    if form.is_valid() and with_refusal(
        form, lambda: opening.invite(cooperative, **form.cleaned_data, by=desk.actor)
    ):
        messages.success(request, _("A text asks the person for a yes."))
        return redirect("backoffice:cooperative", cooperative)
    return coops.page(request, desk, cooperative, invitation=form)


@require_POST
@at_desk(team.is_agent)
def invite_again(
    request: HttpRequest, desk: Desk, cooperative: int, invitation: int
) -> HttpResponse:
    done(
        request,
        lambda: opening.send_again(invitation, by=desk.actor),
        _("The text is sent again."),
    )
    return redirect("backoffice:cooperative", cooperative)


@require_POST
@at_desk(team.is_agent)
def withdraw_invitation(
    request: HttpRequest, desk: Desk, cooperative: int, invitation: int
) -> HttpResponse:
    done(
        request,
        lambda: opening.withdraw(invitation, by=desk.actor),
        _("The invitation is withdrawn."),
    )
    return redirect("backoffice:cooperative", cooperative)


@require_POST
@at_desk(team.is_agent)
def confirm(request: HttpRequest, desk: Desk, cooperative: int, membership: int) -> HttpResponse:
    done(
        request,
        lambda: members.confirm(membership, by=desk.actor),
        _("Confirmed. No stranger’s request holds this person up any more."),
    )
    return redirect("backoffice:cooperative", cooperative)
