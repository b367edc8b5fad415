"""Files of the register: uploaded, matched, looked at row by row, brought in, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taawon.accounts import rules as team
from taawon.backoffice import files, import_page
from taawon.backoffice.desk import Desk, at_desk, done, page_of, sent, show
from taawon.backoffice.import_forms import ColumnsForm, UploadForm
from taawon.cooperatives import filed, rules
from taawon.cooperatives.models import ImportBatch
from taawon.cooperatives.services import importing
from taawon.cooperatives.states import REMARKED, BatchState, RowOutcome
from taawon.core.errors import NotFound
from taawon.web.forms import with_refusal

HERE = "register-files"
_MATCHING = (BatchState.UPLOADED, BatchState.FAILED)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(team.is_agent)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = UploadForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        file = told.pop("file")
        begun = with_refusal(form, lambda: importing.begin(file, file.name, **told, by=desk.actor))
        if begun:
            return redirect("backoffice:register-file", begun.pk)
    page = page_of(request, filed.batches(by=desk.actor))
    status = 422 if form.errors else 200
    return show(request, desk, "register_files", HERE, status=status, form=form, page=page)


@require_safe
@at_desk(team.is_agent)
def register_file(request: HttpRequest, desk: Desk, batch: int) -> HttpResponseBase:
    found = filed.batch(batch, by=desk.actor)
    if request.headers.get("HX-Request") and "progress" in request.GET:
        return _progress(request, found)
    if not found.file:
        return _forgotten_page(request, desk, found)
    if files.wanted(request):
        name = _("register-%(number)d-refused-rows") % {"number": found.pk}
        return files.answer(request, name, filed.error_headings(found), filed.error_rows(found))
    if import_page.at_work(found):
        context = import_page.progress(found)
        return show(request, desk, "register_file_working", HERE, batch=found, **context)
    if found.state in _MATCHING or "columns" in request.GET:
        return _columns_page(request, desk, found, import_page.columns_form(found))
    return _rows_page(request, desk, found)


def _progress(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The bar as it is now; when the work is done, the page is another one."""
    if not import_page.at_work(batch):
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    context = {"batch": batch, **import_page.progress(batch)}
    return render(request, "backoffice/_register_progress.html", context)


def _forgotten_page(request: HttpRequest, desk: Desk, batch: ImportBatch) -> HttpResponse:
    counts = import_page.outcomes(batch)
    return show(request, desk, "register_file_forgotten", HERE, batch=batch, counts=counts)


def _columns_page(
    request: HttpRequest, desk: Desk, batch: ImportBatch, form: ColumnsForm
) -> HttpResponse:
    return show(
        request,
        desk,
        "register_file_columns",
        HERE,
        status=422 if form.errors else 200,
        batch=batch,
        first=filed.first_of(batch, by=desk.actor),
        form=form,
        columns=import_page.column_rows(form, batch),
    )


def _rows_page(request: HttpRequest, desk: Desk, batch: ImportBatch) -> HttpResponse:
    asked = request.GET.get("show", "")
    here = asked if asked in (*RowOutcome.values, REMARKED) else ""
    counts = filed.summary(batch)
    many = {**counts, REMARKED: filed.remarked(batch), "": sum(counts.values())}
    count = many[here]
    page = page_of(request, filed.rows(batch.pk, here), count)
    undecided = filed.undecided(batch.pk) if counts[RowOutcome.DOUBTFUL] else 0
    return show(
        request,
        desk,
        "register_file",
        HERE,
        batch=batch,
        first=filed.first_of(batch, by=desk.actor) if batch.state == BatchState.CHECKED else None,
        page=page,
        rows=import_page.rows(batch.pk, list(page)),
        tabs=import_page.tabs(batch, here),
        outcome=here,
        counts=counts,
        undecided=undecided,
        decided=counts[RowOutcome.DOUBTFUL] - undecided,
        comes=counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED],
        report=import_page.report(batch),
        undo_ends=rules.undo_ends(batch),
        form_of_errors="csv" if batch.encoding else "xlsx",
    )


@require_POST
@at_desk(team.is_agent)
def match(request: HttpRequest, desk: Desk, batch: int) -> HttpResponse:
    found = filed.batch(batch, by=desk.actor)
    form = import_page.columns_form(found, request.POST)
    if form.is_valid() and with_refusal(
        form, lambda: importing.match(batch, form.columns(), by=desk.actor)
    ):
        return redirect("backoffice:register-file", batch)
    return _columns_page(request, desk, found, form)


@require_POST
@at_desk(team.is_agent)
def decide(request: HttpRequest, desk: Desk, batch: int, row: int) -> HttpResponse:
    if not filed.rows(filed.batch(batch, by=desk.actor).pk).filter(pk=row).exists():
        raise NotFound
    decision = request.POST.get("decision", "")
    done(request, lambda: importing.decide(row, decision, by=desk.actor), _("Kept."))
    page = request.POST.get("page", "")
    query = {"show": RowOutcome.DOUBTFUL.value} | ({"page": page} if page.isdecimal() else {})
    return redirect(f"{reverse('backoffice:register-file', args=[batch], query=query)}#row-{row}")


@require_POST
@at_desk(team.is_agent)
def decide_all(request: HttpRequest, desk: Desk, batch: int) -> HttpResponse:
    decision = request.POST.get("decision", "")
    done(request, lambda: importing.decide_all(batch, decision, by=desk.actor), _decided)
    return redirect(
        reverse("backoffice:register-file", args=[batch], query={"show": RowOutcome.DOUBTFUL.value})
    )


def _decided(n: int) -> str:
    return ngettext("%(n)d row is decided.", "%(n)d rows are decided.", n) % {"n": n}


def _button(do: Callable[..., Any], said: str | Promise) -> Callable[..., HttpResponse]:
    """A view that presses one button of a file."""

    @require_POST
    @at_desk(team.is_agent)
    def press(request: HttpRequest, desk: Desk, batch: int) -> HttpResponse:
        done(request, lambda: do(batch, by=desk.actor), said)
        return redirect("backoffice:register-file", batch)

    return press


check = _button(importing.check, gettext_lazy("The rows are looked at again."))
apply = _button(importing.apply, gettext_lazy("It begins. You may leave this page."))
discard = _button(importing.discard, gettext_lazy("Thrown away. Nothing of it is in the register."))
revert = _button(importing.revert, gettext_lazy("It begins. You may leave this page."))
