"""Categories and labels: the tree, and a form for each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from taawon.accounts import rules as team
from taawon.backoffice import files
from taawon.backoffice.desk import Desk, at_desk, sent, show
from taawon.backoffice.forms import CategoryForm, LabelForm
from taawon.catalogue.services import shelves as service
from taawon.catalogue.shelves import CategoryLine, LabelLine, all_categories, all_labels
from taawon.core.errors import NotFound
from taawon.web.forms import with_refusal


@require_safe
@at_desk(team.may_edit_content)
def categories(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    rows = all_categories()
    if files.wanted(request):
        return files.answer(request, "categories", _category_headings(), map(_category_row, rows))
    return show(request, desk, "categories", "categories", rows=rows)


def _category_headings() -> list[str]:
    return [
        _("Short name in addresses"),
        _("Below"),
        _("French"),
        _("Arabic"),
        _("Perishable"),
        _("Processed food"),
    ]


def _category_row(line: CategoryLine) -> tuple[str, ...]:
    names = dict(line.names)
    return (
        line.slug,
        line.parent_slug,
        names["name_fr"] or "",
        names["name_ar"] or "",
        "x" if line.perishable else "",
        "x" if line.processed_food else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.may_edit_content)
def new_category(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = CategoryForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made = with_refusal(
            form,
            lambda: service.add_category(
                form.cleaned_data["slug"], **_category_values(form), by=desk.actor
            ),
            {"name": "name_fr"},
        )
        if made:
            messages.success(request, _("The category is added."))
            return redirect("backoffice:categories")
    return _form(request, desk, form, "categories", _("New category"))


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.may_edit_content)
def category(request: HttpRequest, desk: Desk, category: int) -> HttpResponse:
    line = next((one for one in all_categories() if one.id == category), None)
    if line is None:
        raise NotFound
    now = {
        "parent_id": line.parent_id or "",
        "position": line.position,
        "perishable": line.perishable,
        "processed_food": line.processed_food,
    }
    form = CategoryForm(sent(request), own_id=line.id, initial={**now, **dict(line.names)})
    if request.method == "POST" and form.is_valid():
        changed = with_refusal(
            form,
            lambda: service.edit_category(line.id, **_category_values(form), by=desk.actor),
            {"name": "name_fr"},
        )
        if changed:
            messages.success(request, _("Saved."))
            return redirect("backoffice:categories")
    return _form(request, desk, form, "categories", line.name, line.slug)


def _category_values(form: CategoryForm) -> dict[str, Any]:
    asked = form.cleaned_data
    kept = ("parent_id", "position", "perishable", "processed_food")
    return {"names": form.said("name"), **{name: asked[name] for name in kept}}


@require_safe
@at_desk(team.may_edit_content)
def labels(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    rows = all_labels()
    if files.wanted(request):
        headings = [_("Code"), _("French"), _("Arabic")]
        return files.answer(request, "labels", headings, map(_label_row, rows))
    return show(request, desk, "labels", "labels", rows=rows)


def _label_row(line: LabelLine) -> tuple[str, ...]:
    names = dict(line.names)
    return line.code, names["name_fr"] or "", names["name_ar"] or ""


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.may_edit_content)
def new_label(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = LabelForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made = with_refusal(
            form,
            lambda: service.add_label(
                form.cleaned_data["code"], **_label_values(form), by=desk.actor
            ),
            {"name": "name_fr", "short": "short_fr"},
        )
        if made:
            messages.success(request, _("The label is added."))
            return redirect("backoffice:labels")
    return _form(request, desk, form, "labels", _("New label"))


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.may_edit_content)
def label(request: HttpRequest, desk: Desk, label: str) -> HttpResponse:
    line = next((one for one in all_labels() if one.code == label), None)
    if line is None:
        raise NotFound
    now = {"position": line.position, **dict(line.names), **dict(line.shorts)}
    form = LabelForm(sent(request), known=True, initial=now)
    if request.method == "POST" and form.is_valid():
        changed = with_refusal(
            form,
            lambda: service.edit_label(line.code, **_label_values(form), by=desk.actor),
            {"name": "name_fr", "short": "short_fr"},
        )
        if changed:
            messages.success(request, _("Saved."))
            return redirect("backoffice:labels")
    return _form(request, desk, form, "labels", line.name, line.code)


def _label_values(form: LabelForm) -> dict[str, Any]:
    return {
        "names": form.said("name"),
        "shorts": form.said("short"),
        "position": form.cleaned_data["position"],
    }


def _form(
    request: HttpRequest, desk: Desk, form: Any, here: str, name: str, code: str = ""
) -> HttpResponse:
    status = 422 if form.errors else 200
    words = {"form": form, "name": name, "code": code}
    return show(request, desk, "shelf", here, status=status, **words)
