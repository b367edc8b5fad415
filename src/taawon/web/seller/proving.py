"""The short way to a shop: a code to the phone that the register holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from taawon.cooperatives import queries
from taawon.cooperatives.models import Claim, Cooperative
from taawon.cooperatives.services import claims
from taawon.cooperatives.states import ClaimState, Role
from taawon.core import phone as phones
from taawon.core.errors import NotFound, Refused
from taawon.core.languages import current, said_by
from taawon.web.edge import actor, address, login_needed
from taawon.web.throttle import brake

RESEND_SECONDS = 60
MOST_TRIES = 20


class CodeForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Your role in the cooperative"),
        choices=[(role.value, role.label) for role in claims.BY_CODE],
        initial=Role.PRESIDENT,
        widget=forms.RadioSelect,
    )


def hint(coop: Cooperative) -> str:
    """What the page tells of the number on record; nothing where none takes texts."""
    if not claims.takes_a_code(coop):
        return ""
    return format_html('<bdi dir="ltr">{}</bdi>', phones.hinted(coop.phone_on_record))


@require_POST
@login_needed
def begin(request: HttpRequest, cooperative: int) -> HttpResponse:
    form = CodeForm(request.POST)
    role = form.cleaned_data["role"] if form.is_valid() else Role.PRESIDENT
    try:
        begun = _send(request, cooperative, role)
    except NotFound:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("seller:claim", cooperative)
    return redirect("seller:code", begun.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_needed
def code(request: HttpRequest, claim: int) -> HttpResponse:
    found = queries.claim(claim, by=actor(request))
    if found.person_id != request.user.pk:
        raise NotFound
    if found.state != ClaimState.PROVING:
        return redirect("seller:asked", found.pk)
    error = ""
    if request.method == "POST":
        try:
            return _answered(request, found)
        except Refused as refusal:
            error = str(refusal)
    context: dict[str, Any] = {
        "tab": "account",
        "claim": found,
        "name": said_by(found.cooperative, "name"),
        "hint": hint(found.cooperative),
        "error": error,
        "wait": RESEND_SECONDS,
    }
    return render(request, "seller/code.html", context, status=422 if error else 200)


def _answered(request: HttpRequest, found: Claim) -> HttpResponse:
    if request.POST.get("again"):
        _send(request, found.cooperative_id, found.role)
        messages.success(request, str(_("Another code is on its way.")))
        return redirect("seller:code", found.pk)
    brake(request, "claim-code", most=MOST_TRIES)
    claims.prove(found.pk, request.POST.get("code", "")[:40], by=actor(request))
    return redirect("seller:asked", found.pk)


def _send(request: HttpRequest, cooperative_id: int, role: str) -> Claim:
    return claims.begin_by_code(
        cooperative_id,
        role=role,
        language=current(),
        address=address(request),
        by=actor(request),
    )
