from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Refused


class AnotherMonth(Refused):
    """A snapshot says how things stand now, and never how they may have stood."""

    code = "another-month"
    text = _("A snapshot can only be taken of the current month.")


class DoesNotAddUp(Refused):
    """A table whose parts are not its total is never published."""

    code = "does-not-add-up"
    text = _("The figures of “%(series)s” do not add up.")


class CursorTooOld(Refused):
    """Changes after it may have been forgotten already."""

    code = "cursor-too-old"
    text = _("Changes since then are not kept any more. Download the whole register again.")
