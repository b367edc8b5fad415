"""Where the register says otherwise than the cooperative wrote: it answers, one by one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from taawon.cooperatives import filed, history
from taawon.cooperatives.services import proposals
from taawon.core.errors import NotFound
from taawon.web import register_words
from taawon.web.seller.desk import Desk, at_desk, done, show

ANSWERS = {
    "accept": (proposals.accept, _("The value of the register is taken over.")),
    "decline": (proposals.decline, _("Your own value stays.")),
}


@require_safe
@at_desk
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = list(filed.proposals(desk.id))
    return show(
        request,
        desk,
        "proposals",
        "shop",
        rows=[
            {
                "proposal": one,
                "label": register_words.label(one.field),
                "own": register_words.value(
                    one.field, history.plain(getattr(one.cooperative, one.field))
                ),
                "other": register_words.value(one.field, one.value),
                "source": one.batch.source,
                "as_of": one.batch.as_of,
            }
            for one in found
        ],
    )


@require_POST
@at_desk
def answer(request: HttpRequest, desk: Desk, proposal: int, verb: str) -> HttpResponse:
    if not filed.proposals(desk.id).filter(pk=proposal).exists():
        raise NotFound
    service, said = ANSWERS[verb]
    done(request, lambda: service(proposal, by=desk.actor), said)
    return redirect("seller:proposals")
