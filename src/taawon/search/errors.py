"""Why the search says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Refused


class TooManySaved(Refused):
    """`most`: how many searches of one person are watched at once."""

    code = "too-many-saved"
    text = _("You watch %(most)d searches already. Stop one of them first.")
