"""The life of a review and of a question: they stand at once, and can be hidden."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    SHOWN = "shown", _("shown")
    REPORTED = "reported", _("reported")
    HIDDEN = "hidden", _("hidden")
