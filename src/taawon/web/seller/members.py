"""Who speaks for the cooperative."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from taawon.cooperatives import queries
from taawon.cooperatives.queries import Member
from taawon.cooperatives.services import members as service
from taawon.cooperatives.states import Role
from taawon.core.errors import NotFound
from taawon.web.forms import with_refusal
from taawon.web.seller.desk import Desk, at_desk, done, show
from taawon.web.seller.shop_forms import InviteForm, RoleForm


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def members(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        if with_refusal(
            form,
            lambda: service.invite(
                desk.id, asked["phone"], asked["name"], asked["role"], by=desk.actor
            ),
        ):
            messages.success(request, str(_("Added. The person can log in with this number.")))
            return redirect("seller:members")
    rows = [
        {"member": one, "own": one.person_id == desk.actor.person_id, "may": _may(desk, one)}
        for one in queries.members(desk.id)
    ]
    status = 422 if form.is_bound else 200
    roles = [choice for choice in Role.choices if desk.presides or choice[0] != Role.PRESIDENT]
    form.fields["role"].choices = roles  # type: ignore[attr-defined]  # a choice field
    return show(
        request, desk, "members", "members", status=status, rows=rows, form=form, roles=roles
    )


@require_POST
@at_desk
def role(request: HttpRequest, desk: Desk, membership: int) -> HttpResponse:
    member = _own(desk, membership)
    form = RoleForm(request.POST)
    wanted = form.cleaned_data["role"] if form.is_valid() else ""
    done(
        request,
        lambda: service.change_role(member.id, wanted, by=desk.actor),
        _("The role is changed."),
    )
    return redirect("seller:members")


@require_POST
@at_desk
def remove(request: HttpRequest, desk: Desk, membership: int) -> HttpResponse:
    member = _own(desk, membership)
    done(
        request,
        lambda: service.remove(member.id, by=desk.actor),
        _("This person no longer belongs to the shop."),
    )
    return redirect("seller:members")


def _own(desk: Desk, membership: int) -> Member:
    found = next((one for one in queries.members(desk.id) if one.id == membership), None)
    if found is None:
        raise NotFound
    return found


def _may(desk: Desk, member: Member) -> bool:
    """Managers look after sellers and managers, presidents after everybody."""
    return desk.presides if member.role is Role.PRESIDENT else desk.manages
