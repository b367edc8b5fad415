"""A product as it is typed: dirhams, grams or kilograms, one language or more."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from taawon.catalogue.models import Product
from taawon.catalogue.shelves import categories, labels
from taawon.catalogue.states import State
from taawon.catalogue.values import Values
from taawon.core.languages import LANGUAGES, current
from taawon.web.forms import DayField, DirhamField, NumberField, WholeField
from taawon.web.seller.shop_forms import DIRECTION, OWN_NAMES

# What is typed → what is kept, and how many of it.
UNITS = {
    "piece": ("piece", 1),
    "g": ("g", 1),
    "kg": ("g", 1000),
    "ml": ("ml", 1),
    "l": ("ml", 1000),
}
UNIT_CHOICES = [
    ("piece", _("pieces")),
    ("g", pgettext_lazy("grams", "g")),
    ("kg", pgettext_lazy("kilograms", "kg")),
    ("ml", pgettext_lazy("millilitres", "ml")),
    ("l", pgettext_lazy("litres", "l")),
]
_LARGE = {"g": "kg", "ml": "l"}
MOST_DIRHAMS = 100_000
# The service's names of fields → the form's.
FIELDS = {
    "price_centimes": "price",
    "weight_grams": "weight",
    "category_id": "category",
    "label_code": "label",
}
_NEEDED_TO_SELL = ("price", "content", "weight", "on_hand", "category")


def typed(amount: int, unit: str) -> tuple[str, str]:
    """1500, "g" → ("1,5", "kg"): as one would type it."""
    if unit in _LARGE and amount >= 1000:
        whole, rest = divmod(amount, 1000)
        decimals = f"{rest:03}".rstrip("0")
        return f"{whole},{decimals}" if decimals else str(whole), _LARGE[unit]
    return str(amount), unit


class ProductForm(forms.Form):
    """`price` in centimes, `content` in the base unit, `weight` in grams once it is clean."""

    price = DirhamField(label=_("Price of one pack"), least=0, most=MOST_DIRHAMS)
    content = NumberField(label=_("One pack holds"), most=1_000_000)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNIT_CHOICES)
    on_hand = WholeField(label=_("Packs in stock"))
    seen_on_hand = forms.CharField(required=False, widget=forms.HiddenInput)
    weight = NumberField(label=_("Weight with packaging"), most=1_000_000)
    weight_in = forms.ChoiceField(label=_("Unit"), choices=UNIT_CHOICES[1:3])
    category = forms.TypedChoiceField(label=_("Category"), coerce=int, empty_value=None)
    low_stock = WholeField(
        label=_("Warn me when only so many are left"), most=10_000, required=False
    )

    def __init__(self, data: Any = None, *, product: Product) -> None:
        super().__init__(data, initial=self.now(product))
        self.first = current()
        for code in LANGUAGES:
            self._add_language(code)
        shelf = [(one.id, f"— {one}" if one.parent_id else str(one)) for one in categories()]
        self.fields["category"].choices = [("", "…"), *shelf]  # type: ignore[attr-defined]  # a choice field
        if product.reserved:
            said = ngettext(
                "%(n)d of them is ordered already.",
                "%(n)d of them are ordered already.",
                product.reserved,
            )
            self.fields["on_hand"].help_text = said % {"n": product.reserved}
        self.is_draft = product.state == State.DRAFT
        self.use_required_attribute = not self.is_draft
        # A name in another language will do, where there is one already.
        named = self.is_draft or bool(self.initial[self.first_name.name])
        self.needed = [*_NEEDED_TO_SELL, *([self.first_name.name] if named else [])]
        self._need(True)

    def full_clean(self) -> None:
        """A draft is kept with whatever it lacks; what is needed to sell is still called so."""
        self._need(not self.is_draft)
        super().full_clean()
        self._need(True)

    def _need(self, needed: bool) -> None:
        for name in self.needed:
            self.fields[name].required = needed

    def _add_language(self, code: str) -> None:
        attrs = {"lang": code, "dir": DIRECTION.get(code, "ltr")}
        self.fields[f"name_{code}"] = forms.CharField(
            label=_("Name") if code == self.first else OWN_NAMES[code],
            required=False,
            max_length=160,
            widget=forms.TextInput({**attrs, "autocomplete": "off"}),
        )
        self.fields[f"description_{code}"] = forms.CharField(
            label=OWN_NAMES[code],
            required=False,
            max_length=4000,
            widget=forms.Textarea({**attrs, "rows": 4}),
        )

    @staticmethod
    def now(product: Product) -> dict[str, Any]:
        content, unit = typed(product.content, product.unit)
        weight, weight_in = typed(product.weight_grams, "g")
        texts = {
            f"{field}_{code}": getattr(product, f"{field}_{code}") or ""
            for field in ("name", "description")
            for code in LANGUAGES
        }
        return {
            **texts,
            "price": product.price_centimes or None,
            "content": content,
            "unit": unit,
            "on_hand": product.on_hand,
            "seen_on_hand": product.on_hand,
            "weight": weight if product.weight_grams else "",
            "weight_in": weight_in,
            "category": product.category_id,
            "low_stock": product.low_stock,
        }

    @property
    def first_name(self) -> forms.BoundField:
        return self[f"name_{self.first}"]

    @property
    def other_names(self) -> list[forms.BoundField]:
        return [self[f"name_{code}"] for code in LANGUAGES if code != self.first]

    @property
    def descriptions(self) -> list[forms.BoundField]:
        """The reader's language first."""
        return [self[f"description_{code}"] for code in sorted(LANGUAGES, key=self._later)]

    @property
    def wrong_below(self) -> bool:
        """Whether a field that is folded away holds an error."""
        above = {*_NEEDED_TO_SELL, "unit", "weight_in", self.first_name.name, "__all__"}
        return bool(set(self.errors) - above)

    def _later(self, code: str) -> bool:
        return code != self.first

    def clean_price(self) -> int | None:
        price: int | None = self.cleaned_data["price"]
        if price == 0:
            raise ValidationError(_("Write the price in dirhams, like 85 or 85,50."))
        return price

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        unit, times = UNITS.get(values.get("unit", ""), ("piece", 1))
        self._whole("content", times)
        self._whole("weight", UNITS.get(values.get("weight_in", ""), ("g", 1))[1])
        weighed = unit == "g" and "weight" not in self.errors
        if weighed and not values.get("weight") and values.get("content"):
            values["weight"] = values["content"]
        return values

    def _whole(self, name: str, times: int) -> None:
        amount: Decimal | None = self.cleaned_data.get(name)
        if amount is None:
            return
        if not amount or amount * times % 1:
            self.add_error(name, _("Write a number from 1, like 250 or 1,5."))
        else:
            self.cleaned_data[name] = int(amount * times)

    @property
    def values(self) -> Values:
        """What is to be changed; fields that hold an error or nothing are left as they are."""
        got = self.cleaned_data
        found: Values = {
            "names": {c: got[f"name_{c}"] for c in LANGUAGES if f"name_{c}" in got},
            "descriptions": {
                c: got[f"description_{c}"] for c in LANGUAGES if f"description_{c}" in got
            },
        }
        if got.get("price") is not None:
            found["price_centimes"] = got["price"]
        if got.get("content") is not None and got.get("unit"):
            found["content"], found["unit"] = got["content"], UNITS[got["unit"]][0]
        if got.get("weight") is not None:
            found["weight_grams"] = got["weight"]
        if got.get("category") is not None:
            found["category_id"] = got["category"]
        if got.get("low_stock") is not None:
            found["low_stock"] = got["low_stock"]
        # An untouched stock is left alone: orders may have moved it since the page was opened.
        if got.get("on_hand") is not None and str(got["on_hand"]) != got.get("seen_on_hand"):
            found["on_hand"] = got["on_hand"]
        return found


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        error_messages={"required": _("Take or choose a picture first.")},
    )
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )


class CertificateForm(forms.Form):
    label = forms.ChoiceField(label=_("Label"))
    number = forms.CharField(
        label=_("Certificate number"), max_length=60, widget=forms.TextInput({"dir": "ltr"})
    )
    body = forms.CharField(label=_("Certifying body"), max_length=120)
    expires_on = DayField(label=_("Valid until"))

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        choices = [(code, str(label)) for code, label in labels().items()]
        self.fields["label"].choices = choices  # type: ignore[attr-defined]  # a choice field
