"""Phone numbers: as people write them on the way in, E.164 inside."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid

_TRUNK_ZERO = re.compile(r"^(\+212|00212)0(?=\d{9}$)")


class InvalidPhone(Invalid):
    code = "invalid-phone"
    text = _("This phone number is not valid. Write it like 06 12 34 56 78.")


class NoTexts(Invalid):
    code = "no-texts"
    text = _("No text can reach this number. Give the number of a mobile phone.")


def normalise(written: str) -> str:
    """0612345678, 00212612345678, ٠٦١٢٣٤٥٦٧٨ → +212612345678. Raises InvalidPhone."""
    digits = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in unicodedata.normalize("NFKC", written)
        if sign.isdecimal() or sign == "+"
    )
    digits = _TRUNK_ZERO.sub(r"\1", digits)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.search(r"[^\W\d_]", written):  # A word among the digits: not a number.
        raise InvalidPhone(field="phone")
    try:
        number = phonenumbers.parse(digits, "MA")
    except phonenumbers.NumberParseException:
        raise InvalidPhone(field="phone") from None
    if not phonenumbers.is_valid_number(number):
        raise InvalidPhone(field="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def takes_texts(phone: str) -> bool:
    """Whether a text can reach the number (E.164): mobiles only in Morocco."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone))
    return kind in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def mobile(written: str) -> str:
    """The number (E.164) to which texts will go. Raises InvalidPhone, NoTexts."""
    number = normalise(written)
    if not takes_texts(number):
        raise NoTexts(field="phone")
    return number


def readable(phone: str) -> str:
    """+212612345678 → 06 12 34 56 78; a foreign number in its international form."""
    if phone.startswith("+212") and len(phone) == 13:
        national = "0" + phone[4:]
        return " ".join(national[i : i + 2] for i in range(0, 10, 2))
    return phone


def masked(phone: str) -> str:
    """The last two digits, for logs and for screens that must not tell the number."""
    return f"…{phone[-2:]}"


def hinted(phone: str) -> str:
    """+212 6•• ••• •78: enough to know one's own number, too little to call it."""
    country, own = (phone[:4], phone[4:]) if phone.startswith("+212") else (phone[:3], phone[3:])
    dots = "•" * max(len(own) - 3, 0)
    hidden = f"{own[:1]}{dots}{own[-2:]}"
    groups = [hidden[at : at + 3] for at in range(0, len(hidden), 3)]
    return " ".join([country, *groups])
