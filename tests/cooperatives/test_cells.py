from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from taawon.cooperatives import cells

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2019-03-04", date(2019, 3, 4)),
        ("2019-03-04T00:00:00", date(2019, 3, 4)),
        ("2019/3/4", date(2019, 3, 4)),
        ("04/03/2019", date(2019, 3, 4)),
        ("4-3-2019", date(2019, 3, 4)),
        ("04.03.2019", date(2019, 3, 4)),
        ("4/3/19", date(2019, 3, 4)),
        ("4/3/98", date(1998, 3, 4)),
        ("4 mars 2019", date(2019, 3, 4)),
        ("1er août 2019", date(2019, 8, 1)),
        ("le 4 FÉVRIER 2019", date(2019, 2, 4)),
        ("4 غشت 2019", date(2019, 8, 4)),
        ("٤ شتنبر ٢٠١٩", date(2019, 9, 4)),
        ("٤ نونبر ٢٠١٩", date(2019, 11, 4)),
        ("٤ دجنبر ٢٠١٩", date(2019, 12, 4)),
        ("٤ ماي ٢٠١٩", date(2019, 5, 4)),
        ("٤ يوليوز ٢٠١٩", date(2019, 7, 4)),
        ("٠٤/٠٣/٢٠١٩", date(2019, 3, 4)),
        ("43528", date(2019, 3, 4)),
        ("43528.5", date(2019, 3, 4)),
    ],
)
def test_days(written: str, meant: date) -> None:
    assert cells.day(written, TODAY) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10 000,00 DH", 1_000_000),
        ("10 000,50 MAD", 1_000_050),
        ("10\u202f000", 1_000_000),
        ("1.000,50", 100_050),
        ("1,000.50", 100_050),
        ("1.000.000", 100_000_000),
        ("١٠٠٠٠ درهم", 1_000_000),
        ("١٠٠٠٫٥", 100_050),
        ("1000.5", 100_050),
        ("0", 0),
    ],
)
def test_amounts(written: str, meant: int) -> None:
    assert cells.centimes(written) == meant


@pytest.mark.parametrize("written", ["Oui", "نعم", "x", "1", "TRUE", "✓"])
def test_yes(written: str) -> None:
    assert cells.yes_or_no(written) is True


@pytest.mark.parametrize("written", ["non", "لا", "0", "FAUX", "-"])
def test_no(written: str) -> None:
    assert cells.yes_or_no(written) is False


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0612345678", "+212612345678"),
        ("612345678", "+212612345678"),
        ("06-12.34 56 78", "+212612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+212612345678"),
        ("0612345678 / 0661000000", "+212612345678"),
    ],
)
def test_phones(written: str, meant: str) -> None:
    assert cells.phone(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("0012 / 2019", "0012/2019"), ("٠٠١٢", "0012"), (" 7 - B ", "7-B"), ("'0012", "0012")],
)
def test_leading_zeros_stay(written: str, meant: str) -> None:
    assert cells.number(written) == meant


@pytest.mark.parametrize(
    ("read", "written", "code"),
    [
        (lambda text: cells.day(text, TODAY), "32/01/2019", "not-a-day"),
        (lambda text: cells.day(text, TODAY), "2019", "not-a-day"),
        (lambda text: cells.day(text, TODAY), "hier", "not-a-day"),
        (lambda text: cells.day(text, TODAY), "04/03/1719", "not-a-day"),
        (lambda text: cells.day(text, TODAY), "2026-03-02", "future-day"),
        (cells.whole, "douze", "not-a-number"),
        (cells.whole, "12,5", "not-a-number"),
        (cells.whole, "-3", "out-of-range"),
        (cells.whole, "1000001", "out-of-range"),
        (cells.whole, "1.200", "ambiguous-number"),
        (cells.centimes, "=SUM(A1)", "not-a-number"),
        (cells.centimes, "10.000", "ambiguous-number"),
        (cells.yes_or_no, "peut-être", "not-yes-or-no"),
        (cells.phone, "12", "not-a-phone"),
        (cells.phone, "voir président", "not-a-phone"),
    ],
)
def test_what_cannot_be_read(read: Callable[[str], Any], written: str, code: str) -> None:
    with pytest.raises(cells.Unreadable) as problem:
        read(written)
    assert problem.value.code == code
