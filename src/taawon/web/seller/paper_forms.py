"""Papers that prove who speaks for a cooperative, as a form brings them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taawon.cooperatives.errors import PaperNeeded
from taawon.cooperatives.papers import NewPaper
from taawon.core.text import clean
from taawon.web.forms import FilesField, FilesInput


class PapersForm(forms.Form):
    papers = FilesField(
        label=_("Papers"),
        help_text=_(
            "The registration, or the minutes that name you: PDF or photographs, up to 10 MB each."
        ),
        error_messages={"required": PaperNeeded.text},
        widget=FilesInput({"accept": "application/pdf,image/*"}),
    )


def brought_in(files: Iterable[Any]) -> list[NewPaper]:
    return [NewPaper(title=clean(one.name or "")[-120:] or "?", content=one) for one in files]
