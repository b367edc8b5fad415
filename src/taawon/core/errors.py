"""How the house says no. A service raises; each channel translates."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A request that is understood, and cannot be granted."""

    code: ClassVar[str] = "refused"
    text: ClassVar[str | Promise] = _("This cannot be done.")

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.text) % self.facts


class NotAllowed(Refused):
    """The person is known, and may not do this."""

    code = "not-allowed"
    text = _("You may not do this.")


class NotFound(Refused):
    """It does not exist, or the person may not know that it does."""

    code = "not-found"
    text = _("There is nothing here.")


class Invalid(Refused):
    """What was written cannot be understood; `field` says where."""

    code = "invalid"
    text = _("This value is not valid.")

    @property
    def field(self) -> str:
        return str(self.facts.get("field", ""))


class Missing(Invalid):
    code = "missing"
    text = _("This field is needed.")


class TooMany(Refused):
    """Asked too often. `wait_seconds` says how long to wait."""

    code = "too-many"
    text = _("Too many attempts. Try again in %(wait_minutes)d minutes.")
