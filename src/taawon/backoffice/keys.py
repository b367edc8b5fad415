"""Partners' keys: created, shown once, revoked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from taawon.accounts import queries
from taawon.accounts import rules as team
from taawon.accounts.services import apikeys
from taawon.backoffice.desk import Desk, at_desk, done, page_of, sent, show
from taawon.backoffice.forms import KeyForm
from taawon.web.forms import with_refusal

# What the API asks its keys for.
SCOPES: dict[str, str | Promise] = {
    "catalogue:read": gettext_lazy("Read products, cooperatives, regions and categories."),
    "catalogue:bulk": gettext_lazy("Read lists with up to 200 lines a page."),
    "orders:write": gettext_lazy("Fill baskets and order."),
    "orders:read": gettext_lazy("Look orders up by code and phone."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.may_manage_people)
def keys(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = key_form(request)
    words = ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        made = with_refusal(
            form, lambda: apikeys.create(asked["name"], asked["scopes"], by=desk.actor)
        )
        if made:
            words, form = made[1], key_form()
    page = page_of(request, queries.api_keys())
    status = 422 if form.errors else 200
    rows = [
        {"key": key, "scopes": [SCOPES.get(scope, scope) for scope in key.scopes]} for key in page
    ]
    return show(
        request, desk, "keys", "keys", status=status, page=page, rows=rows, form=form, words=words
    )


def key_form(request: HttpRequest | None = None) -> KeyForm:
    form = KeyForm(sent(request) if request else None)
    form.fields["scopes"].choices = list(SCOPES.items())  # type: ignore[attr-defined]  # a choice
    return form


@require_POST
@at_desk(team.may_manage_people)
def revoke(request: HttpRequest, desk: Desk, key: int) -> HttpResponse:
    done(
        request,
        lambda: apikeys.revoke(key, by=desk.actor),
        _("The key no longer works."),
    )
    return redirect("backoffice:keys")
