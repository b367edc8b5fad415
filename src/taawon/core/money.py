"""Money is counted in centimes, and written in dirhams."""

from __future__ import annotations

from dataclasses import dataclass

_CURRENCY = {"ar": "درهم"}


def currency(language: str) -> str:
    return _CURRENCY.get(language, "DH")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of dirhams (MAD) as whole centimes."""

    centimes: int

    def __add__(self, other: Money) -> Money:
        return Money(self.centimes + other.centimes)

    def __sub__(self, other: Money) -> Money:
        return Money(self.centimes - other.centimes)

    def __mul__(self, times: int) -> Money:
        return Money(self.centimes * times)

    def __str__(self) -> str:
        """As in a text message: 1248,50 DH, or 120 DH where there are no centimes."""
        whole, rest = divmod(abs(self.centimes), 100)
        sign = "-" if self.centimes < 0 else ""
        return f"{sign}{whole},{rest:02d} DH" if rest else f"{sign}{whole} DH"

    def in_language(self, language: str) -> str:
        """The same with the currency as its readers write it: 120 درهم."""
        return str(self).replace("DH", currency(language))


NOTHING = Money(0)


def per(centimes: int, amount: int, base: int) -> int:
    """The price of `base` units when `amount` units cost `centimes`, rounded half up."""
    return (2 * centimes * base + amount) // (2 * amount)
