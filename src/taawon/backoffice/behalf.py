"""Run a shop on its cooperative's behalf: begin, and stop."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taawon.accounts import rules as team
from taawon.backoffice.desk import Desk, at_desk, done
from taawon.cooperatives.services import behalf
from taawon.web.edge import ON_BEHALF


@require_POST
@at_desk(team.is_agent)
def begin(request: HttpRequest, desk: Desk, cooperative: int) -> HttpResponse:
    """One shop at a time: acting for another one ends."""
    before = request.session.get(ON_BEHALF)
    said = _("You now run this shop. Stop when you are done.")
    if not done(request, lambda: behalf.begin(cooperative, by=desk.actor), said):
        return redirect("backoffice:cooperative", cooperative)
    if before not in (None, cooperative):
        behalf.end(before, by=desk.actor)
    request.session[ON_BEHALF] = cooperative
    return redirect("seller:home")


@require_POST
@at_desk()
def end(request: HttpRequest, desk: Desk) -> HttpResponse:
    acting_for = request.session.pop(ON_BEHALF, None)
    if acting_for is None:
        return redirect("backoffice:home")
    behalf.end(acting_for, by=desk.actor)
    messages.success(request, _("You no longer act for a cooperative."))
    if desk.is_agent:
        return redirect("backoffice:cooperative", acting_for)
    return redirect("backoffice:home")
