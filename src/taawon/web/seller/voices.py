"""What customers ask and say, and what the shop answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from taawon.core.errors import NotFound
from taawon.core.languages import said_by
from taawon.reviews import queries
from taawon.reviews.services import questions, reviews
from taawon.web.forms import with_refusal
from taawon.web.seller.desk import Desk, at_desk, page_of, show

KINDS = ("questions", "reviews")


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        help_text=_("Everybody can read it on the product’s page."),
        widget=forms.Textarea({"rows": 3}),
    )


@require_safe
@at_desk
def voices(request: HttpRequest, desk: Desk) -> HttpResponse:
    kind = request.GET.get("show", "")
    return _page(request, desk, kind if kind in KINDS else KINDS[0])


@require_POST
@at_desk
def answer(request: HttpRequest, desk: Desk, kind: str, voice: int) -> HttpResponse:
    if not _of(desk, kind).filter(pk=voice).exists():
        raise NotFound
    form = AnswerForm(request.POST, auto_id=f"{kind}-{voice}_%s")
    say = questions.answer if kind == "questions" else reviews.answer
    if form.is_valid() and with_refusal(
        form, lambda: say(voice, form.cleaned_data["answer"], by=desk.actor)
    ):
        messages.success(request, str(_("Your answer is on the product’s page.")))
        return redirect(f"{reverse('seller:voices')}?show={kind}")
    return _page(request, desk, kind, voice, form)


def _of(desk: Desk, kind: str) -> Any:
    ask = queries.questions_for if kind == "questions" else queries.reviews_for
    return ask(desk.id)


def _page(
    request: HttpRequest, desk: Desk, kind: str, failed: int = 0, form: AnswerForm | None = None
) -> HttpResponse:
    found = _of(desk, kind)
    page = page_of(request, found, found.count())
    base = reverse("seller:voices")
    tabs = [
        {"label": label, "url": f"{base}?show={name}", "current": name == kind, "count": 0}
        for name, label in zip(KINDS, (_("Questions"), _("Reviews")), strict=True)
    ]
    return show(
        request,
        desk,
        "voices",
        "voices",
        status=422 if form else 200,
        kind=kind,
        tabs=tabs,
        page=page,
        failed=failed,
        rows=[
            {
                "voice": voice,
                "product": voice.product,
                "name": said_by(voice.product, "name"),
                "form": form if voice.pk == failed else _fresh(kind, voice),
            }
            for voice in page
        ],
    )


def _fresh(kind: str, voice: Any) -> AnswerForm:
    return AnswerForm(auto_id=f"{kind}-{voice.pk}_%s", initial={"answer": voice.answer})
