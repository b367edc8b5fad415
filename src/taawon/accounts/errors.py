"""Why a login, a role or a key says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid, NotAllowed, Refused


class NoAddress(Invalid):
    code = "no-address"
    text = _("Confirm an e-mail address first.")


class WrongCode(Invalid):
    """`left` is how many more times this code may be tried."""

    code = "wrong-code"
    text = _("This is not the code that we sent. Tries left: %(left)d.")


class CodeExpired(Invalid):
    """Too old, used, tried too often, replaced by a newer one, or never sent."""

    code = "code-expired"
    text = _("This code is no longer valid. Ask for a new one.")


class AccountClosed(NotAllowed):
    code = "account-closed"
    text = _("This account is closed. Write to the national team.")


class LastAdministrator(Refused):
    code = "last-administrator"
    text = _("There must be at least one administrator. Name another one first.")


class WrongKey(NotAllowed):
    code = "wrong-key"
    text = _("This key is not valid.")


class ScopeMissing(NotAllowed):
    code = "scope-missing"
    text = _("This key does not allow “%(scope)s”.")
