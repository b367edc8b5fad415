"""Amounts and dates as people in Morocco write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from taawon.web import numbers

NARROW, HARD = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("centimes", "language", "text"),
    [
        (124850, "fr", f"1{NARROW}248,50{HARD}DH"),
        (124850, "ar", f"1{NARROW}248,50{HARD}درهم"),
        (124850, "en", f"1,248.50{HARD}DH"),
        (18000, "fr", f"180{HARD}DH"),
        (5, "fr", f"0,05{HARD}DH"),
        (0, "fr", f"0{HARD}DH"),
        (-250, "fr", f"-2,50{HARD}DH"),
        (123456789000, "zgh", f"1{NARROW}234{NARROW}567{NARROW}890{HARD}DH"),
    ],
)
def test_amount(centimes: int, language: str, text: str) -> None:
    assert numbers.amount(centimes, language) == text


@pytest.mark.parametrize(
    ("grams", "language", "text"),
    [
        (500, "fr", f"500{HARD}g"),
        (1000, "fr", f"1{HARD}kg"),
        (1500, "fr", f"1,5{HARD}kg"),
        (1250, "ar", f"1,25{HARD}كلغ"),
        (1250, "en", f"1.25{HARD}kg"),
        (2_000_500, "fr", f"2{NARROW}000,5{HARD}kg"),
    ],
)
def test_weight(grams: int, language: str, text: str) -> None:
    assert numbers.weight(grams, language) == text


@pytest.mark.parametrize(
    ("permille", "language", "text"),
    [
        (350, "fr", f"35{HARD}%"),
        (144, "ar", f"14,4{HARD}%"),
        (144, "en", "14.4%"),
        (0, "fr", f"0{HARD}%"),
        (1000, "fr", f"100{HARD}%"),
        (-5, "fr", f"-0,5{HARD}%"),
    ],
)
def test_percent(permille: int, language: str, text: str) -> None:
    assert numbers.percent(permille, language) == text


@pytest.mark.parametrize(
    ("month", "language", "text"),
    [("2026-10", "fr", "octobre 2026"), ("2026-08", "ar", "غشت 2026")],
)
def test_month(month: str, language: str, text: str) -> None:
    assert numbers.month(month, language) == text


@pytest.mark.parametrize(
    ("moment", "language", "text"),
    [
        (date(2026, 8, 1), "fr", "1er août 2026"),
        (date(2026, 8, 1), "ar", "1 غشت 2026"),
        (date(2026, 11, 12), "ar", "12 نونبر 2026"),
        (date(2026, 11, 12), "en", "12 November 2026"),
        (date(2026, 1, 2), "zgh", "2 ⵉⵏⵏⴰⵢⵔ 2026"),
        # Half past eleven in the evening in universal time is the next day in Morocco.
        (datetime(2026, 11, 12, 23, 30, tzinfo=UTC), "fr", "13 novembre 2026"),
    ],
)
def test_day(moment: date, language: str, text: str) -> None:
    assert numbers.day(moment, language) == text


def test_the_clock_shows_the_time_in_morocco() -> None:
    assert numbers.clock(datetime(2026, 11, 12, 13, 30, tzinfo=UTC)) == "14:30"


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "12 novembre 2026, 14:30"), ("ar", "12 نونبر 2026، 14:30")],
)
def test_a_moment_has_the_comma_of_its_language(language: str, text: str) -> None:
    assert numbers.moment(datetime(2026, 11, 12, 13, 30, tzinfo=UTC), language) == text
