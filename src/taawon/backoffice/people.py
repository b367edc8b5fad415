"""The national team: who belongs to it, in which role, for which region."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.accounts import queries
from taawon.accounts import rules as team
from taawon.accounts.models import Person
from taawon.accounts.services import looking, staff
from taawon.backoffice import files
from taawon.backoffice.desk import Desk, at_desk, done, page_of, place, show
from taawon.backoffice.forms import ColleagueForm, LookUpForm, RoleForm
from taawon.core.phone import readable
from taawon.web.forms import with_refusal


@require_safe
@at_desk(team.may_manage_people)
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    if files.wanted(request):
        headings = [_("Name"), _("Phone"), _("Role"), _("Region")]
        return files.answer(request, "team", headings, map(_row, queries.staff()))
    return page(request, desk, ColleagueForm())


def _row(one: Person) -> tuple[str, ...]:
    region = place(one.staff_region_id) if one.staff_region_id else ""
    return one.name, readable(one.phone or ""), one.get_staff_role_display(), region


def page(
    request: HttpRequest, desk: Desk, form: ColleagueForm, search: LookUpForm | None = None
) -> HttpResponse:
    found = page_of(request, queries.staff())
    return show(
        request,
        desk,
        "people",
        "people",
        status=422 if form.errors or (search and search.errors) else 200,
        page=found,
        rows=[
            {
                "one": one,
                "own": one.pk == desk.person.pk,
                "region": place(one.staff_region_id) if one.staff_region_id else "",
                "form": RoleForm(
                    auto_id=f"role-{one.pk}-%s",
                    initial={"role": one.staff_role, "region": one.staff_region_id or ""},
                ),
            }
            for one in found
        ],
        form=form,
        search=search or LookUpForm(auto_id="search-%s"),
    )


@require_POST
@at_desk(team.may_manage_people)
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Give a role to whoever logs in with a number."""
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        return page(request, desk, form)
    person = with_refusal(
        form, lambda: looking.by_phone(form.cleaned_data["phone"], by=desk.actor) or False
    )
    if person is False:
        form.add_error("phone", _("Nobody has logged in with this number yet."))
    if person and _grant(form, person.pk, desk):
        messages.success(request, _("%(name)s belongs to the team now.") % {"name": person})
        return redirect("backoffice:people")
    return page(request, desk, form)


@require_POST
@at_desk(team.may_manage_people)
def change(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    form = RoleForm(request.POST)
    if form.is_valid() and _grant(form, person, desk):
        messages.success(request, _("The role is changed."))
    else:
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.warning(request, said)
    return redirect("backoffice:people")


def _grant(form: RoleForm, person_id: int, desk: Desk) -> Person | None:
    asked = form.cleaned_data
    granted: Person | None = with_refusal(
        form,
        lambda: staff.grant(
            person_id, asked["role"], region=asked["region"] or None, by=desk.actor
        ),
    )
    return granted


@require_POST
@at_desk(team.may_manage_people)
def dismiss(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    done(
        request,
        lambda: staff.revoke(person, by=desk.actor),
        _("The person no longer belongs to the team."),
    )
    return redirect("backoffice:home" if person == desk.person.pk else "backoffice:people")
