"""E-mail addresses: as people write them on the way in, one form inside."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid
from taawon.core.text import clean

LONGEST = 254


class InvalidEmail(Invalid):
    code = "invalid-email"
    text = _("This e-mail address is not valid. Write it like amina@example.ma.")


def normalise(written: str) -> str:
    """Amina@Example.MA → amina@example.ma: nobody tells capitals apart. Raises InvalidEmail."""
    address = clean(written).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise InvalidEmail(field="email") from None
    if len(address) > LONGEST:
        raise InvalidEmail(field="email")
    return address
