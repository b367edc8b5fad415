"""What forms share: refusals shown where they belong, and fields for what people type here.

Numbers may be written with Arabic digits, with a comma or a point, with blanks between thousands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid, NotAllowed, NotFound, Refused

_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?", re.ASCII)
_CURRENCY = re.compile(r"(?:dhs?|mad|درهم|دراهم)\.?$", re.IGNORECASE)
# Blanks of every width and the Arabic mark between thousands.
_BETWEEN_THOUSANDS = re.compile(r"[\s\u00a0\u202f\u066c’']")


def with_refusal(
    form: forms.BaseForm,
    call: Callable[[], Any],
    fields: Mapping[str, str] | None = None,
    *,
    unless: tuple[type[Refused], ...] = (),
) -> Any:
    """What a service answers; if it refuses, put its words into the form and answer None.

    They stand at the field that an Invalid names, as far as the form has it, else above the form;
    `fields` translates the service's names into the form's. What may not be known of (NotFound)
    and what the person may never do (NotAllowed itself) go on to a page of their own; so do those
    of `unless`, which a view answers itself.
    """
    try:
        return call()
    except NotFound:
        raise
    except Refused as refusal:
        if type(refusal) is NotAllowed or isinstance(refusal, unless):
            raise
        add_refusal(form, refusal, fields)
        return None


def add_refusal(
    form: forms.BaseForm, refusal: Refused, fields: Mapping[str, str] | None = None
) -> None:
    named = refusal.field if isinstance(refusal, Invalid) else ""
    name = (fields or {}).get(named, named)
    form.add_error(name if name in form.fields else None, str(refusal))


def western_digits(written: str) -> str:
    """٨٥٫٥٠ → 85.50: any script's digits as 0–9, decimal commas as points."""
    digits = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in unicodedata.normalize("NFKC", written)
    )
    return digits.replace(",", ".").replace("\u066b", ".").replace("\u060c", ".")


def number_of(written: str) -> Decimal | None:
    """A number as people write it: "85,50", "1 250", "٨٥٫٥٠"; None where it is none."""
    plain = _BETWEEN_THOUSANDS.sub("", western_digits(written))
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def _decimals(number: Decimal) -> int:
    return -int(number.as_tuple().exponent)


class NumberField(forms.CharField):
    """A positive number with decimals as a Decimal; `most` as it is typed."""

    default_error_messages = {
        "number": _("Write a number, like 12 or 1,5."),
        "range": _("Write a number from %(least)s to %(most)s."),
    }

    def __init__(self, *, least: int = 0, most: int = 1_000_000, **words: Any) -> None:
        self.least, self.most = least, most
        words.setdefault("max_length", 24)
        super().__init__(**words)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text in self.empty_values:
            return None
        number = self.read(text)
        if number is None:
            raise ValidationError(self.error_messages["number"], code="number")
        if not self.least <= number <= self.most:
            raise ValidationError(
                self.error_messages["range"],
                code="range",
                params={"least": self.least, "most": self.most},
            )
        return self.kept(number)

    def read(self, text: str) -> Decimal | None:
        return number_of(text)

    def kept(self, number: Decimal) -> Any:
        return number


class PhoneField(forms.CharField):
    """A number as people write it, from left to right on every page; the service normalises it."""

    def __init__(
        self,
        *,
        label: Any = None,
        max_length: int = 24,
        autocomplete: str = "",
        **words: Any,
    ) -> None:
        look = {"type": "tel", "dir": "ltr", "inputmode": "tel"}
        if autocomplete:
            look["autocomplete"] = autocomplete
        super().__init__(
            label=label or _("Mobile phone"),
            max_length=max_length,
            widget=forms.TextInput(look),
            **words,
        )


class WholeField(NumberField):
    """A whole number within limits, as an int."""

    default_error_messages = {
        "number": _("Write a whole number, like 12."),
        "range": _("Write a whole number from %(least)s to %(most)s."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric"}

    def read(self, text: str) -> Decimal | None:
        number = number_of(text)
        return None if number is None or number != number.to_integral_value() else number

    def kept(self, number: Decimal) -> int:
        return int(number)


class DirhamField(NumberField):
    """A price typed in dirhams, as an integer of centimes: "85,50", "85.50 DH", "٨٥٫٥٠" → 8550."""

    default_error_messages = {
        "number": _("Write the price in dirhams, like 85 or 85,50."),
        "range": _("Write a price from %(least)s to %(most)s dirhams."),
    }

    def read(self, text: str) -> Decimal | None:
        bare = _BETWEEN_THOUSANDS.sub("", text)
        number = number_of(_CURRENCY.sub("", bare))
        # Three decimals may be meant as thousands: better to ask than to guess.
        return None if number is None or _decimals(number) > 2 else number

    def kept(self, number: Decimal) -> int:
        return int(number * 100)

    def prepare_value(self, value: Any) -> Any:
        return dirhams(value) if isinstance(value, int) else value


def dirhams(centimes: int) -> str:
    """8550 → "85,50" and 8500 → "85": as one would type it."""
    whole, rest = divmod(centimes, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


class DayField(forms.DateField):
    """A day, picked from the phone's calendar, or typed with any script's digits."""

    def __init__(self, **words: Any) -> None:
        # What browsers send for a date, then what people type without one.
        words.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"])
        words.setdefault("widget", forms.DateInput({"type": "date"}, "%Y-%m-%d"))
        super().__init__(**words)

    def to_python(self, value: Any) -> Any:
        day = super().to_python(western_digits(value) if isinstance(value, str) else value)
        if day is not None and not 1900 <= day.year < 3000:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, as a list; empty ones are kept, so that a service can say so."""

    def __init__(self, **words: Any) -> None:
        words.setdefault("widget", FilesInput())
        words.setdefault("allow_empty_file", True)
        super().__init__(**words)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(file, initial) for file in files]
