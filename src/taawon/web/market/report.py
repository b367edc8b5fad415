"""Somebody reads that an entry is wrong, and tells the national team; nobody needs to log in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from taawon.cooperatives import pairs, queries
from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.services import reports
from taawon.cooperatives.states import ReportKind
from taawon.core.languages import current, said_by
from taawon.web import edge
from taawon.web.forms import PhoneField, with_refusal
from taawon.web.throttle import brake

MOST_AN_HOUR = 10
LARGEST = 15


class ReportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is wrong?"), choices=ReportKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What it should say"),
        max_length=1000,
        help_text=_("Say how you know it, if you can."),
        widget=forms.Textarea({"rows": 4}),
    )
    phone = PhoneField(label=_("Your phone"), required=False, autocomplete="tel")
    email = forms.CharField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug_id: str) -> HttpResponse:
    entry = _entry(slug_id)
    if entry.merged_into_id is not None or f"{entry.slug}-{entry.pk}" != slug_id:
        moved = pairs.kept(entry)
        return redirect("market:report", moved.slug_id if moved else f"{entry.slug}-{entry.pk}")
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _made(request, entry, form):
        messages.success(request, str(_("Thank you. The national team will look at it.")))
        return redirect("market:cooperative", slug_id)
    context: dict[str, Any] = {
        "entry": entry,
        "name": said_by(entry, "name"),
        "slug_id": slug_id,
        "form": form,
        "tab": "cooperatives",
    }
    status = 422 if form.is_bound else 200
    return render(request, "market/report.html", context, status=status)


def _made(request: HttpRequest, entry: Cooperative, form: ReportForm) -> bool:
    brake(request, "report", most=MOST_AN_HOUR, seconds=3600)
    made = with_refusal(
        form,
        lambda: reports.make(
            entry.pk, **form.cleaned_data, language=current(), by=edge.actor(request)
        ),
    )
    return made is not None


def _entry(slug_id: str) -> Cooperative:
    digits = slug_id.rpartition("-")[2]
    found = queries.page(int(digits)) if len(digits) <= LARGEST else None
    if found is None:
        raise Http404
    return found
