"""The way to a shop: find the cooperative, claim it with papers, wait for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taawon.cooperatives import outcomes, papers, plain, queries
from taawon.cooperatives.errors import AlreadyDecided
from taawon.cooperatives.models import Claim
from taawon.cooperatives.services import claims, evidence
from taawon.cooperatives.states import Outcome, Role
from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.core.text import clean
from taawon.places.queries import provinces, regions
from taawon.search import query
from taawon.web.edge import actor, login_needed
from taawon.web.forms import with_refusal
from taawon.web.seller import proving
from taawon.web.seller.desk import done
from taawon.web.seller.paper_forms import PapersForm, brought_in

MOST_FOUND = 20
TONES = {
    Outcome.PROVING: "warning",
    Outcome.PENDING: "warning",
    Outcome.APPROVED: "",
    Outcome.LOCKED: "warning",
    Outcome.ENDED: "error",
    Outcome.REFUSED: "error",
    Outcome.WITHDRAWN: "plain",
}


class ClaimForm(PapersForm):
    role = forms.ChoiceField(
        label=_("Your role in the cooperative"),
        choices=Role.choices,
        initial=Role.PRESIDENT,
        widget=forms.RadioSelect,
    )
    succession = forms.BooleanField(
        label=_("I am the new president, elected since"),
        required=False,
        help_text=_("Add the minutes of the election. The president before you loses access."),
    )
    message = forms.CharField(
        label=_("A word to the national team"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


@require_safe
@login_needed
def opening(request: HttpRequest) -> HttpResponse:
    """What became of the person's requests, and the search for a cooperative."""
    me = actor(request)
    words = clean(request.GET.get("words", ""))[:120]
    mine = queries.claims_of(me.person_id or 0)[:20]
    return render(
        request,
        "seller/open.html",
        {
            "tab": "account",
            "claims": [
                {"claim": one, "name": said_by(one.cooperative, "name"), **_outcome(one)}
                for one in mine
            ],
            "words": words,
            "found": _found(words) if words else [],
            "shops": queries.shops_of(me.person_id or 0),
        },
    )


def _outcome(claim: Claim) -> dict[str, Any]:
    """What became of it, in the words of its person."""
    outcome = outcomes.of(claim)
    said = _("You no longer speak for it") if outcome == Outcome.ENDED else outcome.label
    return {"outcome": outcome.value, "said": said, "tone": TONES[outcome]}


def _found(words: str) -> list[dict[str, Any]]:
    found = query.find("cooperative", words=words, per_page=MOST_FOUND)
    ids: Sequence[int] = found.ids if found.ready else plain.search(words, {}, MOST_FOUND)
    return [
        {"row": row, "place": _place(row.province_code, row.region_code)}
        for row in queries.directory_rows(ids)
    ]


def _place(province_code: str, region_code: str) -> str:
    names = (provinces().get(province_code), regions().get(region_code))
    return gettext(", ").join(place.name for place in names if place is not None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_needed
def claim(request: HttpRequest, cooperative: int) -> HttpResponse:
    coop = queries.page(cooperative)
    if coop is None:
        raise NotFound
    if coop.merged_into_id is not None:
        return redirect("seller:claim", coop.merged_into_id)
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        brought = brought_in(asked.pop("papers"))
        made = with_refusal(
            form,
            lambda: claims.make(coop.pk, **asked, papers=brought, by=actor(request)),
            {"title": "papers"},
        )
        if made:
            messages.success(request, str(_("Your request is sent. You will get an answer soon.")))
            return redirect("seller:asked", made.pk)
    return render(
        request, "seller/claim.html", _claim_page(coop, form), status=422 if form.is_bound else 200
    )


def _claim_page(coop: Any, form: ClaimForm) -> dict[str, Any]:
    return {
        "tab": "account",
        "coop": coop,
        "name": said_by(coop, "name"),
        "place": _place(coop.province_id, coop.region_id),
        "form": form,
        "taken": coop.has_members,
        "hint": proving.hint(coop),
        "code_form": proving.CodeForm(auto_id="by_code_%s"),
    }


@require_safe
@login_needed
def asked(request: HttpRequest, claim: int) -> HttpResponse:
    """Waiting, approved, refused with the reason, or worth nothing any more, and why."""
    return _asked_page(request, _own(request, claim), PapersForm())


@require_POST
@login_needed
def add_papers(request: HttpRequest, claim: int) -> HttpResponse:
    found = _own(request, claim)
    if not outcomes.takes_papers(found):
        messages.warning(request, str(AlreadyDecided()))
        return redirect("seller:asked", found.pk)
    form = PapersForm(request.POST, request.FILES)
    if form.is_valid():
        brought = brought_in(form.cleaned_data["papers"])
        names = {"title": "papers"}
        if with_refusal(form, lambda: evidence.add(found.pk, brought, by=actor(request)), names):
            messages.success(request, str(_("Your papers are with the national team.")))
            return redirect("seller:asked", found.pk)
    return _asked_page(request, _own(request, claim), form)


def _asked_page(request: HttpRequest, found: Claim, form: PapersForm) -> HttpResponse:
    coop = queries.page(found.cooperative_id)
    said = _outcome(found)
    context = {
        "tab": "account",
        "claim": found,
        "name": said_by(found.cooperative, "name"),
        **said,
        "end": outcomes.end(found) if said["outcome"] == Outcome.ENDED else None,
        "lacks": queries.missing_to_sell(coop) if coop else [],
        "papers_form": form if outcomes.takes_papers(found) else None,
    }
    return render(request, "seller/asked.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_needed
def withdraw(request: HttpRequest, claim: int) -> HttpResponse:
    found = _own(request, claim)
    done(
        request,
        lambda: claims.withdraw(found.pk, by=actor(request)),
        _("Your request is withdrawn."),
    )
    return redirect("seller:asked", found.pk)


@require_safe
@login_needed
def paper(request: HttpRequest, paper: int) -> HttpResponse:
    """A paper, for who brought it and who decides; always as a download."""
    found = papers.read(paper, by=actor(request))
    response = HttpResponse(found.content, content_type=found.content_type)
    response["Content-Disposition"] = "attachment"
    return response


def _own(request: HttpRequest, claim_id: int) -> Claim:
    me = actor(request)
    found = queries.claim(claim_id, by=me)
    if found.person_id != me.person_id:
        raise NotFound
    return found
