"""What an entry of the register holds, to be typed anew, and where the new values come from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taawon.backoffice.forms import DIRECTION
from taawon.backoffice.register_forms import by_region
from taawon.cooperatives import branches
from taawon.cooperatives.corrections import COLUMNS, NEVER_EMPTY, NOT_OFFICIAL
from taawon.cooperatives.problems import commune
from taawon.cooperatives.reading import LONGEST
from taawon.cooperatives.states import CooperativeStatus, RegistrationKind
from taawon.core.phone import readable
from taawon.web.forms import DayField, dirhams
from taawon.web.register_words import label

_SALT: Final = "backoffice.correction"
_YES_OR_NO: Final = (("1", _("yes")), ("0", _("no")))


def typed(values: Mapping[str, Any]) -> dict[str, str]:
    """{field of the form: text} of what an entry holds, as somebody would type it."""
    return {name: _text(column, values[column]) for name, column in COLUMNS.items()}


def _text(column: str, value: Any) -> str:
    if value is None:
        return ""
    say = _AS_TYPED.get(column)
    return say(value) if say else str(value)


_AS_TYPED: Final[Mapping[str, Callable[[Any], str]]] = {
    "capital_centimes": lambda kept: dirhams(kept) if kept else "",
    "commune_id": commune,
    "is_womens": lambda kept: "1" if kept else "0",
    "is_youth": lambda kept: "1" if kept else "0",
    "phone_on_record": readable,
    "phone": readable,
}


class CorrectionForm(forms.Form):
    """A text for each field; a file's readers understand it. `values` is what the entry holds."""

    source = forms.CharField(
        label=_("Where this comes from"),
        max_length=200,
        help_text=_("Pages show it beside the new values: “Statuts, vus le 4 mai 2026”."),
    )
    as_of = DayField(label=_("As of which day"))
    # What the page showed: who saves later than a colleague is told of it.
    seen = forms.CharField(widget=forms.HiddenInput())

    def __init__(
        self,
        data: QueryDict | None,
        *,
        values: Mapping[str, Any],
        owned: Collection[str],
        region: str | None,
    ) -> None:
        super().__init__(data, initial={**typed(values), "seen": sealed(values)})
        self.fields["as_of"].initial = timezone.localdate()
        choices = _choices(region)
        for name, column in COLUMNS.items():
            if column in NOT_OFFICIAL & set(owned):
                continue
            field = self.fields[name] = _field(name, column, choices.get(name))
            if column in owned:
                field.help_text = _("The cooperative wrote this itself. Yours takes its place.")

    def clean_seen(self) -> dict[str, Any]:
        try:
            return dict(signing.loads(self.cleaned_data["seen"], salt=_SALT))
        except (signing.BadSignature, ValueError, TypeError):
            raise ValidationError(_("Open this page again.")) from None

    def written(self) -> dict[str, str]:
        """What was typed in another way than the page showed it."""
        shown = typed(self.cleaned_data["seen"])
        return {
            name: self.cleaned_data[name]
            for name in COLUMNS
            if name in self.fields and self.cleaned_data[name] != shown[name]
        }

    def on_top_of(self, values: Mapping[str, Any]) -> QueryDict:
        """What was typed, and everywhere else what the entry holds by now."""
        mine = self.written()
        told = QueryDict(mutable=True)
        told.update({**typed(values), **mine, "seen": sealed(values)})
        told.update({name: self.data.get(name, "") for name in ("source", "as_of")})
        return told

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Fields that stand side by side."""
        found = ([self[name] for name in row if name in self.fields] for row in _ROWS)
        return [row for row in found if row]


_ROWS: Final = (
    ("name_fr", "name_ar"),
    ("name_zgh", "name_en"),
    ("registration_kind", "registration_number", "court"),
    ("registered_on", "status", "sector"),
    ("province", "commune"),
    ("address",),
    ("public_phone", "phone", "president"),
    ("women", "men", "capital"),
    ("is_womens", "is_youth"),
    ("purpose_fr", "purpose_ar"),
)


def sealed(values: Mapping[str, Any]) -> str:
    """What the page showed, so that nobody but us can write it."""
    kept = {column: values[column] for column in COLUMNS.values()}
    return signing.dumps(kept, salt=_SALT, compress=True)


def _choices(region: str | None) -> dict[str, Any]:
    sectors = branches.fields().values()
    return {
        "registration_kind": RegistrationKind.choices,
        "status": CooperativeStatus.choices,
        "sector": [("", "…"), *((one.code, one.name) for one in sectors)],
        "province": [("", "…"), *by_region(region)],
        "is_womens": _YES_OR_NO,
        "is_youth": _YES_OR_NO,
    }


def _field(name: str, column: str, choices: Any) -> forms.Field:
    plain, _mark, language = name.rpartition("_")
    needed = name in NEVER_EMPTY
    if choices is not None:
        return forms.ChoiceField(label=label(column), choices=choices, required=needed)
    look: dict[str, Any] = {"autocomplete": "off"}
    if plain in ("name", "purpose"):
        look |= {"lang": language, "dir": DIRECTION.get(language, "ltr")}
    if name == "registered_on":
        look["type"] = "date"
    elif name in ("women", "men", "capital"):
        look["inputmode"] = "decimal"
    elif name in ("phone", "public_phone"):
        look |= {"type": "tel", "dir": "ltr", "inputmode": "tel"}
    widget = forms.Textarea({**look, "rows": 2}) if plain == "purpose" else forms.TextInput(look)
    most = LONGEST.get(plain if plain in LONGEST else name, 120)
    return forms.CharField(label=label(column), max_length=most, widget=widget, required=needed)
