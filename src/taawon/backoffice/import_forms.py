"""What an agent says of a file of the register: whose words it holds, and what its columns mean."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taawon.cooperatives.matching import FIELDS
from taawon.cooperatives.models import ImportBatch
from taawon.web.forms import DayField

UNUSED = "-"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV, XLSX or ODS, up to 40 MB. The first row holds the headings."),
        widget=forms.FileInput({"accept": ".csv,.txt,.tsv,.xlsx,.ods"}),
    )
    source = forms.CharField(
        label=_("Whose words it holds"),
        max_length=200,
        help_text=_("As pages will say it: “Registre central, extrait de mars 2026”."),
    )
    as_of = DayField(label=_("As of which day"))
    sheet = forms.CharField(
        label=_("Name of the sheet"),
        required=False,
        max_length=120,
        help_text=_("Where a workbook has several: else the first one."),
    )

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["as_of"].initial = timezone.localdate()


class ColumnsForm(forms.Form):
    """One choice for each column of the file; what is not chosen is not read."""

    def __init__(
        self, *args: Any, batch: ImportBatch, confidence: dict[int, int], **words: Any
    ) -> None:
        super().__init__(*args, **words)
        self._batch = batch
        chosen = {column: field for field, column in batch.columns.items()}
        choices = [(UNUSED, _("not used")), *FIELDS.items()]
        for column, heading in enumerate(batch.headings):
            self.fields[f"column-{column}"] = forms.ChoiceField(
                label=heading or _("Column %(number)d") % {"number": column + 1},
                choices=choices,
                initial=chosen.get(column, UNUSED),
            )
        self.confidence = confidence

    def columns(self) -> dict[str, int]:
        """{field: column} of those that are used."""
        return {
            field: int(name.partition("-")[2])
            for name, field in self.cleaned_data.items()
            if field != UNUSED
        }

    def clean(self) -> dict[str, Any]:
        read = super().clean() or {}
        often = Counter(field for field in read.values() if field != UNUSED)
        for name, field in list(read.items()):
            if often[field] > 1:
                self.add_error(name, _("Two columns cannot hold the same."))
        return read
