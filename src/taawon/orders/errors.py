"""Why an order or a basket says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Invalid, Refused


class EmptyBasket(Refused):
    code = "empty-basket"
    text = _("The basket is empty.")


class WrongMoment(Refused):
    code = "wrong-moment"
    text = _("This order is “%(state)s”: it cannot become “%(wanted)s” any more.")


class WrongQuantity(Invalid):
    code = "invalid-quantity"
    text = _("The quantity is a whole number from 1 to 999.")


class TotalChanged(Refused):
    """`was` and `now` in centimes."""

    code = "total-changed"
    text = _("The total has changed. Look at the order again and confirm it.")


class KeyUsedOtherwise(Refused):
    code = "idempotency-key-reused"
    text = _("This key was used for another order.")


class NoPickup(Refused):
    code = "no-pickup"
    text = _("%(cooperative)s does not offer pick-up.")


class ReasonNeeded(Invalid):
    code = "reason-needed"
    text = _("Say why: the customer will read it.")


class TooLateToUndo(Refused):
    code = "too-late-to-undo"
    text = _("This can no longer be undone.")
