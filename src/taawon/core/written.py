"""What people wrote into a field: cleaned, and measured against what the field holds."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid, Missing
from taawon.core.languages import LANGUAGES
from taawon.core.text import clean


class TooLong(Invalid):
    """`most`: how many signs the field holds."""

    code = "too-long"
    text = _("This text is too long: %(most)d signs at most.")


class OutOfRange(Invalid):
    """`least` and `most`, both allowed."""

    code = "out-of-range"
    text = _("Write a whole number from %(least)d to %(most)d.")


def line(written: str, *, field: str, most: int, needed: bool = True) -> str:
    """One clean line. Raises Missing, TooLong."""
    return _measured(clean(written), field, most, needed)


def lines(written: str, *, field: str, most: int, needed: bool = True) -> str:
    """A clean text of several lines. Raises Missing, TooLong."""
    return _measured(clean(written, lines=True), field, most, needed)


def by_language(
    written: Mapping[str, str], *, field: str, most: int, of_lines: bool = False
) -> dict[str, str]:
    """{"fr": …} as columns {"name_fr": …}, clean, empty where it is. Raises Invalid, TooLong."""
    if unknown := set(written) - set(LANGUAGES):
        raise Invalid(field=field, languages=sorted(unknown))
    read = lines if of_lines else line
    return {
        f"{field}_{language}": read(text, field=f"{field}_{language}", most=most, needed=False)
        for language, text in written.items()
    }


def whole(number: int, *, field: str, least: int, most: int) -> int:
    """A whole number within limits; True and 1.0 are none. Raises OutOfRange."""
    if type(number) is not int or not least <= number <= most:
        raise OutOfRange(field=field, least=least, most=most)
    return number


def _measured(text: str, field: str, most: int, needed: bool) -> str:
    if needed and not text:
        raise Missing(field=field)
    if len(text) > most:
        raise TooLong(field=field, most=most)
    return text
