from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from taawon.accounts.errors import AccountClosed
from taawon.catalogue.errors import TooManyPictures
from taawon.core.errors import Missing, NotAllowed, NotFound, Refused
from taawon.web.forms import (
    DayField,
    DirhamField,
    NumberField,
    WholeField,
    dirhams,
    western_digits,
    with_refusal,
)


@pytest.mark.parametrize(
    ("typed", "centimes"),
    [
        ("85", 8500),
        ("85,50", 8550),
        ("85.50", 8550),
        ("85,5", 8550),
        ("٨٥٫٥٠", 8550),
        ("٨٥,٥٠", 8550),
        ("۸۵٫۵", 8550),
        ("1 250", 125000),
        ("1\u202f250,50", 125050),
        ("١٬٢٥٠", 125000),
        ("85,50 DH", 8550),
        ("٨٥٫٥٠ درهم", 8550),
        (" 85 dhs ", 8500),
        ("０８５", 8500),
        ("0", 0),
    ],
)
def test_prices_as_people_write_them(typed, centimes):
    assert DirhamField().clean(typed) == centimes


@pytest.mark.parametrize(
    "typed", ["-1", "abc", "1e3", "0x10", "NaN", "Infinity", "1,2,3", "85,505", "1.250", "½", "+5"]
)
def test_what_is_no_price(typed):
    with pytest.raises(ValidationError) as refusal:
        DirhamField().clean(typed)

    assert [problem.code for problem in refusal.value.error_list] == ["number"]


def test_a_price_out_of_reach():
    with pytest.raises(ValidationError) as refusal:
        DirhamField(most=100).clean("100,01")

    assert [problem.code for problem in refusal.value.error_list] == ["range"]


@pytest.mark.parametrize(("typed", "kept"), [("12", 12), ("١٢", 12), ("1 000", 1000), ("3,0", 3)])
def test_whole_numbers(typed, kept):
    assert WholeField().clean(typed) == kept
    assert type(WholeField().clean(typed)) is int


@pytest.mark.parametrize("typed", ["1,5", "-1", "1000001", "9" * 30, "x"])
def test_what_is_no_whole_number(typed):
    with pytest.raises(ValidationError):
        WholeField().clean(typed)


def test_nothing_typed():
    assert NumberField(required=False).clean("") is None
    assert NumberField().clean("1,5") == Decimal("1.5")


def test_days():
    assert str(DayField().clean("2026-08-31")) == "2026-08-31"
    assert str(DayField().clean("31/08/2026")) == "2026-08-31"
    assert str(DayField().clean("٣١/٠٨/٢٠٢٦")) == "2026-08-31"


def test_a_price_as_one_would_type_it():
    assert [dirhams(centimes) for centimes in (8550, 8500, 5)] == ["85,50", "85", "0,05"]
    assert western_digits("٠٦١٢") == "0612"


class Form(forms.Form):
    name = forms.CharField(required=False)
    price = forms.CharField(required=False)


def bound() -> Form:
    form = Form({"name": "", "price": ""})
    assert form.is_valid()
    return form


def refuse(refusal: Refused):
    def call() -> None:
        raise refusal

    return call


def test_a_refusal_stands_at_its_field():
    form = bound()

    assert with_refusal(form, refuse(Missing(field="name"))) is None
    assert list(form.errors) == ["name"]
    assert not form.is_valid()


def test_a_refusal_under_another_name():
    form = bound()
    with_refusal(form, refuse(Missing(field="price_centimes")), {"price_centimes": "price"})

    assert list(form.errors) == ["price"]


@pytest.mark.parametrize(
    "refusal", [Missing(field="elsewhere"), TooManyPictures(most=8), AccountClosed()]
)
def test_a_refusal_without_a_field_stands_above(refusal):
    form = bound()
    with_refusal(form, refuse(refusal))

    assert form.non_field_errors() == [str(refusal)]


@pytest.mark.parametrize("refusal", [NotFound(), NotAllowed()])
def test_what_has_a_page_of_its_own(refusal):
    with pytest.raises(type(refusal)):
        with_refusal(bound(), refuse(refusal))


def test_what_the_service_answers():
    form = bound()

    assert with_refusal(form, lambda: 12) == 12
    assert form.errors == {}
