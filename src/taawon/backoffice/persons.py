"""One person: found by phone, looked at on record, exported and erased on request."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import queries
from taawon.accounts import rules as team
from taawon.accounts.models import Person
from taawon.accounts.services import announcements, looking, persons
from taawon.backoffice import people
from taawon.backoffice.desk import Desk, at_desk, done, place, show
from taawon.backoffice.forms import ColleagueForm, LookUpForm
from taawon.core.errors import NotFound
from taawon.core.phone import masked
from taawon.messaging import consent
from taawon.web.forms import with_refusal


@require_POST
@at_desk(team.may_manage_people)
def find(request: HttpRequest, desk: Desk) -> HttpResponse:
    """By phone, in the body of the request: numbers stand in no address."""
    form = LookUpForm(request.POST, auto_id="search-%s")
    if form.is_valid():
        found = with_refusal(
            form, lambda: looking.by_phone(form.cleaned_data["phone"], by=desk.actor) or False
        )
        if found:
            return _page(request, desk, found, open_data=True)
        if found is False:
            form.add_error("phone", _("Nobody logs in with this number."))
    return people.page(request, desk, ColleagueForm(), form)


@require_safe
@at_desk(team.may_manage_people)
def person(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    found = queries.by_id(person)
    if found is None:
        raise NotFound
    return _page(request, desk, found, open_data=False)


@require_POST
@at_desk(team.may_manage_people)
def look(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    return _page(request, desk, looking.look(person, by=desk.actor), open_data=True)


@require_POST
@at_desk(team.may_manage_people)
def export(request: HttpRequest, desk: Desk, person: int) -> HttpResponseBase:
    known = looking.export(person, by=desk.actor)
    response = JsonResponse(known, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="taawon-person-{person}.json"'
    return response


@require_POST
@at_desk(team.may_manage_people)
def erase(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    """Only after the tick that says that the person asked for it."""
    if not request.POST.get("asked"):
        messages.warning(request, _("Tick that the person asked for it."))
        return redirect("backoffice:person", person)
    done(
        request,
        lambda: persons.erase(person, by=desk.actor),
        _("The person’s data is erased. Invoices stay, without the name."),
    )
    return redirect("backoffice:person", person)


@require_POST
@at_desk(team.may_manage_people)
def agree(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    """Signed on paper."""
    done(
        request,
        lambda: announcements.agree(person, by=desk.actor),
        _("The person gets announcements by text from now on."),
    )
    return redirect("backoffice:person", person)


@require_POST
@at_desk(team.may_manage_people)
def decline(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    done(
        request,
        lambda: announcements.stop(person, by=desk.actor),
        _("The person gets no announcements any more."),
    )
    return redirect("backoffice:person", person)


def _page(request: HttpRequest, desk: Desk, found: Person, *, open_data: bool) -> HttpResponse:
    return show(
        request,
        desk,
        "person",
        "people",
        one=found,
        open_data=open_data,
        consent=consent.of(found.phone) if found.phone else None,
        masked=masked(found.phone) if found.phone else "—",
        region_name=place(found.region_id) if found.region_id else "",
        staff_region=place(found.staff_region_id) if found.staff_region_id else "",
    )
