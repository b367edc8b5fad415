"""What people write into a cell of a register, understood: days, amounts, numbers, yes and no.

Each reader takes text that is not empty, and raises Unreadable with the code of what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from taawon.core import phone as phones
from taawon.core.errors import Invalid
from taawon.core.folding import folded
from taawon.core.text import clean

# Excel counts days from here; what it gets wrong lies before March 1900.
_EXCEL: Final = date(1899, 12, 30)
_SERIALS: Final = range(1_000, 80_000)
FIRST_DAY: Final = date(1900, 1, 1)
_MONTHS: Final[dict[str, int]] = {
    folded(name): month
    for month, names in enumerate(
        (
            "janvier janv jan january يناير جانفي كانون",
            "février fevrier févr fev fév feb february فبراير",
            "mars mar march مارس",
            "avril avr apr april أبريل ابريل",
            "mai may ماي مايو",
            "juin june jun يونيو يونيه",
            "juillet juil july jul يوليوز يوليو",
            "août aout aoû aug august غشت أغسطس",
            "septembre sept sep september شتنبر سبتمبر",
            "octobre oct october أكتوبر اكتوبر",
            "novembre nov november نونبر نوفمبر",
            "décembre decembre déc dec december دجنبر ديسمبر",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ].*)?$")
_IN_WORDS = re.compile(r"(\d{1,2})(?:er)?\W+([^\W\d_]+)\W+(\d{4})$")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?$")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?$")
_THOUSANDS = re.compile(r"(?<=\d)[\s\u00a0\u202f\u066c’'](?=\d{3}(?!\d))")
# A thousand, or one and no thousandth? Better to ask than to guess.
_THREE_DECIMALS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}$")
_CURRENCY = re.compile(r"\s*(?:dhs?|mad|dirhams?|درهما?|دراهم|د\.?م\.?)\s*\.?$", re.IGNORECASE)
_YES: Final = frozenset(
    ("oui", "o", "yes", "y", "true", "vrai", "x", "1", "نعم", "ن", "اه", "صحيح", "✓", "✔")
)
_NO: Final = frozenset(("non", "n", "no", "false", "faux", "0", "لا", "-"))
_MOST: Final = 1_000_000


class Unreadable(Exception):
    """`code` says why: not-a-day, future-day, not-a-number, out-of-range, not-yes-or-no, …"""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def western(text: str) -> str:
    """Digits of any script as 0–9, signs of any width as they are usually written."""
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in unicodedata.normalize("NFKC", text)
    )


@lru_cache(maxsize=20_000)
def day(text: str, latest: date) -> date:
    """ISO, d/m/Y, d-m-Y, "4 mars 2019", "4 غشت 2019", or the serial number of Excel."""
    plain = clean(western(text))
    found = _written_day(plain) or _named_day(plain) or _serial_day(plain)
    if found is None or found < FIRST_DAY:
        raise Unreadable("not-a-day")
    if found > latest:
        raise Unreadable("future-day")
    return found


def _written_day(plain: str) -> date | None:
    if match := _ISO.match(plain):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.match(plain):
        year = int(match[3])
        if len(match[3]) == 2:
            # Cooperatives are older than the century, and none is of the future.
            year += 2000 if year <= date.today().year % 100 else 1900  # noqa: DTZ011 - a century
        return _date(year, int(match[2]), int(match[1]))
    return None


def _named_day(plain: str) -> date | None:
    match = _IN_WORDS.search(plain)
    month = _MONTHS.get(folded(match[2])) if match else None
    return _date(int(match[3]), month, int(match[1])) if match and month else None


def _serial_day(plain: str) -> date | None:
    if not _SERIAL.match(plain) or int(float(plain)) not in _SERIALS:
        return None
    # 2019 alone is a year, and says no day.
    return None if len(plain) == 4 else _EXCEL + timedelta(days=int(float(plain)))


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def _number(text: str) -> Decimal:
    plain = _THOUSANDS.sub("", western(text).strip()).replace("\u066b", ".").replace("،", ",")
    if _THREE_DECIMALS.match(plain):
        raise Unreadable("ambiguous-number")
    plain = _one_point(plain)
    if not _NUMBER.match(plain):
        raise Unreadable("not-a-number")
    return Decimal(plain)


def _one_point(plain: str) -> str:
    """ "1.000,50" and "1,000.50" → "1000.50"; a lone comma is a decimal one."""
    if "," in plain and "." in plain:
        last = max(",", ".", key=plain.rindex)
        other = "." if last == "," else ","
        return plain.replace(other, "").replace(last, ".")
    if plain.count(",") > 1 or plain.count(".") > 1:
        return plain.replace(",", "").replace(".", "")
    return plain.replace(",", ".")


def whole(text: str) -> int:
    """0 … 1,000,000."""
    number = _number(text)
    if number != number.to_integral_value():
        raise Unreadable("not-a-number")
    if not 0 <= number <= _MOST:
        raise Unreadable("out-of-range")
    return int(number)


def centimes(text: str) -> int:
    """ "10 000,00 DH" → 1000000."""
    number = _number(_CURRENCY.sub("", western(text)))
    if not 0 <= number <= 10**12:
        raise Unreadable("out-of-range")
    return int((number * 100).to_integral_value())


def yes_or_no(text: str) -> bool:
    plain = folded(text) or text.strip()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise Unreadable("not-yes-or-no")


@lru_cache(maxsize=4_096)
def phone(text: str) -> str:
    """E.164. Of several numbers in one cell the first is taken."""
    first = re.split(r"[/;|\n]|\s-\s", text.strip())[0]
    try:
        return phones.normalise(first)
    except Invalid:
        raise Unreadable("not-a-phone") from None


def number(text: str) -> str:
    """A registration number: leading zeros stay, blanks around its strokes go."""
    plain = clean(western(text)).strip("'’ ")
    return re.sub(r"\s*([/-])\s*", r"\1", plain)
