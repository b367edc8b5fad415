"""Open data: what there is, files of the register, and how far one is that is being made."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawon.cooperatives.branches import sectors
from taawon.core.errors import NotFound
from taawon.observatory import dictionary, files, licence, queries, register, series
from taawon.observatory.files import About
from taawon.observatory.models import Download
from taawon.observatory.register import Filters
from taawon.observatory.services import downloads
from taawon.observatory.states import DownloadState, Form
from taawon.places.queries import regions
from taawon.web import edge
from taawon.web.observatory import tables
from taawon.web.throttle import brake


@require_safe
@edge.cacheable
def index(request: HttpRequest) -> HttpResponse:
    context = {
        "tab": "cooperatives",
        "forms": Form.choices,
        "table_forms": tables.FORMS,
        "regions": regions().values(),
        "sectors": sectors().values(),
        "dictionaries": (
            (_("The register"), dictionary.REGISTER),
            (_("Beside the rows of the register"), dictionary.ABOUT),
            (_("Tables of figures"), dictionary.SERIES),
        ),
        "licence": (licence.NAME, licence.ADDRESS),
        "source": licence.source(),
        "series": series.ALL.values(),
        "snapshots": list(reversed(queries.snapshots())),
        "site_url": settings.SITE_URL,
    }
    return render(request, "observatory/data.html", context)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The form of the page, as the address of a file."""
    form = request.GET.get("form", "")
    if form not in Form.values:
        raise NotFound
    chosen = _filters(request.GET).chosen
    return redirect(reverse("observatory:register", args=[form], query=chosen or None))


@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    """A small file as it is read, a large one if it is there; else a page that has it made."""
    if form not in Form.values:
        raise NotFound
    brake(request, "register-read", most=60)
    filters = _filters(request.GET)
    count = register.count(filters)
    if count < downloads.LARGE:
        return _stream(form, About(timezone.now(), filters))
    fresh = queries.fresh_download(form, filters.region, filters.sector, filters.women)
    if fresh is not None:
        return _kept(fresh)
    context = {"form": form, "label": Form(form).label, "count": count, "chosen": filters.chosen}
    return render(request, "observatory/ask.html", {**context, "tab": "cooperatives"}, status=409)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    brake(request, "register-file", most=10)
    form = request.POST.get("form", "")
    download = downloads.ask(form, _filters(request.POST), by=edge.actor(request))
    return redirect("observatory:download", download.code)


@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.download(code)
    context = {"download": found, "tab": "cooperatives", "states": DownloadState}
    return render(request, "observatory/download.html", context)


@require_safe
def download_file(request: HttpRequest, code: str) -> HttpResponseBase:
    found = queries.download(code)
    if found.state != DownloadState.READY:
        raise NotFound
    return _kept(found)


def _filters(asked: Any) -> Filters:
    """Raises Invalid."""
    # Addresses that were kept say "womens".
    women = asked.get("women") or asked.get("womens", "")
    return Filters(asked.get("region", ""), asked.get("sector", ""), women).checked()


def _stream(form: str, about: About) -> HttpResponseBase:
    chunks = register.chunks(about.filters)
    name, kind = files.name(form, about), files.TYPES[Form(form)]
    if form == Form.XLSX:
        book = files.workbook(chunks, about)
        return FileResponse(book, as_attachment=True, filename=name, content_type=kind)
    response = StreamingHttpResponse(files.letters(form, chunks, about), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _kept(found: Download) -> HttpResponseBase:
    """A file that was made. Raises NotFound where it is gone."""
    filters = Filters(found.region, found.sector, found.womens)
    about = About(found.made_at or found.asked_at, filters)
    try:
        opened = storages["private"].open(found.file)
    except FileNotFoundError:
        raise NotFound from None
    name, kind = files.name(found.form, about), files.TYPES[Form(found.form)]
    return FileResponse(opened, as_attachment=True, filename=name, content_type=kind)
