"""Amounts, figures, weights and dates as people in Morocco write them. Plain text, no markup."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from taawon.core.money import currency

HERE = ZoneInfo("Africa/Casablanca")

# Narrow and unbreakable: with a plain space, right-to-left text turns "1 248" into "248 1".
NARROW = "\u202f"
HARD = "\u00a0"

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ar": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "zgh": "ⵉⵏⵏⴰⵢⵔ ⴱⵕⴰⵢⵕ ⵎⴰⵕⵚ ⵉⴱⵔⵉⵔ ⵎⴰⵢⵢⵓ ⵢⵓⵏⵢⵓ ⵢⵓⵍⵢⵓⵣ ⵖⵓⵛⵜ ⵛⵓⵜⴰⵏⴱⵉⵔ ⴽⵜⵓⴱⵔ ⵏⵓⵡⴰⵏⴱⵉⵔ ⴷⵓⵊⴰⵏⴱⵉⵔ",
    "en": "January February March April May June July August September October November December",
}
MONTHS = {language: names.split() for language, names in _MONTHS.items()}
_GRAMS = {"ar": ("غ", "كلغ")}


def _marks(language: str) -> tuple[str, str]:
    """What separates thousands, and what starts the decimals."""
    return (",", ".") if language == "en" else (NARROW, ",")


def grouped(number: int, language: str = "fr") -> str:
    """1248 → "1 248"."""
    return f"{number:,}".replace(",", _marks(language)[0])


def amount(centimes: int, language: str = "fr") -> str:
    """Centimes → "1 248,50 DH"; a whole number of dirhams shows no decimals."""
    sign = "-" if centimes < 0 else ""
    dirhams, rest = divmod(abs(centimes), 100)
    decimals = f"{_marks(language)[1]}{rest:02}" if rest else ""
    return f"{sign}{grouped(dirhams, language)}{decimals}{HARD}{currency(language)}"


def percent(permille: int, language: str = "fr") -> str:
    """Thousandths → "35 %" or "14,4 %"."""
    whole, tenth = divmod(abs(permille), 10)
    decimals = f"{_marks(language)[1]}{tenth}" if tenth else ""
    sign = "-" if permille < 0 else ""
    space = "" if language == "en" else HARD
    return f"{sign}{grouped(whole, language)}{decimals}{space}%"


def weight(grams: int, language: str = "fr") -> str:
    """Grams → "500 g", and from one kilogram on "1,5 kg"."""
    small, large = _GRAMS.get(language, ("g", "kg"))
    if abs(grams) < 1000:
        return f"{grams}{HARD}{small}"
    whole, rest = divmod(abs(grams), 1000)
    decimals = f"{rest:03}".rstrip("0")
    point = _marks(language)[1] if decimals else ""
    sign = "-" if grams < 0 else ""
    return f"{sign}{grouped(whole, language)}{point}{decimals}{HARD}{large}"


def volume(millilitres: int, language: str = "fr") -> str:
    """Millilitres → "75 cl", "5 ml", and from one litre on "1,5 l"."""
    if millilitres >= 1000:
        whole, rest = divmod(millilitres, 1000)
        decimals = f"{rest:03}".rstrip("0")
        point = _marks(language)[1] if decimals else ""
        litre = "ل" if language == "ar" else "l"
        return f"{grouped(whole, language)}{point}{decimals}{HARD}{litre}"
    if millilitres % 10:
        return f"{millilitres}{HARD}{'مل' if language == 'ar' else 'ml'}"
    return f"{millilitres // 10}{HARD}{'سل' if language == 'ar' else 'cl'}"


def day(moment: date, language: str = "fr") -> str:
    """A day in words: "12 novembre 2026". A datetime with a zone is first brought to Morocco."""
    if isinstance(moment, datetime) and moment.tzinfo:
        moment = moment.astimezone(HERE)
    month = MONTHS.get(language, MONTHS["fr"])[moment.month - 1]
    first = "1er" if language == "fr" and moment.day == 1 else str(moment.day)
    return f"{first} {month} {moment.year}"


def month(text: str, language: str = "fr") -> str:
    """ "2026-10" → "octobre 2026"."""
    year, _, number = text.partition("-")
    return f"{MONTHS.get(language, MONTHS['fr'])[int(number) - 1]} {year}"


def moment(at: datetime, language: str = "fr") -> str:
    """A day and its time: "12 novembre 2026, 14:05"; in Arabic with an Arabic comma."""
    return f"{day(at, language)}{'،' if language == 'ar' else ','} {clock(at)}"


def clock(moment: datetime) -> str:
    """The time of day in Morocco: "14:30"."""
    return f"{moment.astimezone(HERE) if moment.tzinfo else moment:%H:%M}"
