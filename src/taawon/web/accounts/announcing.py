"""Whether announcements come by text: the person's own word."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from taawon.accounts.services import announcements
from taawon.core.errors import Refused
from taawon.messaging import consent
from taawon.web import edge


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@edge.login_needed
def page(request: HttpRequest) -> HttpResponse:
    who, error = edge.me(request), ""
    if request.method == "POST":
        verb = announcements.agree if request.POST.get("wanted") else announcements.stop
        try:
            verb(who.pk, by=edge.actor(request))
            messages.success(request, _("Saved."))
            return redirect("accounts:announcements")
        except Refused as refusal:
            error = str(refusal)
    row = consent.of(who.phone) if who.phone else None
    comes = row is not None and row.takes_announcements
    opens, closes = settings.CAMPAIGN_HOURS
    hours = {"opens": opens, "closes": closes}
    context = {"consent": row, "comes": comes, "error": error, "tab": "account", **hours}
    return render(request, "accounts/announcements.html", context, status=422 if error else 200)
