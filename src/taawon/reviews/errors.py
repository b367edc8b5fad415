"""Why a review or a question says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from taawon.core.errors import Refused, TooMany


class AlreadyReviewed(Refused):
    code = "already-reviewed"
    text = _("You have already reviewed this product of this order.")


class NotDelivered(Refused):
    code = "not-delivered"
    text = _("You can review a product once you have received it.")


class TooLate(Refused):
    """`days`: for how long a review could be changed."""

    code = "too-late"
    text = _("A review can be changed for %(days)d days.")


class TooManyQuestions(TooMany):
    """`most` a day."""

    code = "too-many-questions"
    text = _("You can ask %(most)d questions a day. Ask the next one tomorrow.")
