"""What is asked before an order moves on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from taawon.orders.models import Order
from taawon.web.forms import DayField

OTHER = "other"
WHY_REFUSED: Mapping[str, str | Promise] = {
    "sold-out": _("A product is sold out, and we cannot make more in time."),
    "too-far": _("We cannot deliver to this place."),
    "no-answer": _("We could not reach you by phone to confirm the order."),
    "price": _("A price or a weight was wrong on our page. Please order again."),
}
WHY_CANCELLED: Mapping[str, str | Promise] = {
    "asked": _("You asked us to cancel the order."),
    "sold-out": _("A product is sold out, and we cannot make more in time."),
    "no-answer": _("We could not reach you by phone to confirm the order."),
}
CARRIERS = ("Amana", "CTM", "Ghazala", "Aramex")


class NoForm(forms.Form):
    """A button is all."""


class ReasonForm(forms.Form):
    """A ready reason, or one's own words; the customer reads it in their language."""

    ready: Mapping[str, str | Promise] = {}
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Your own words"),
        required=False,
        max_length=300,
        help_text=_("The customer will read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        choices = [*self.ready.items(), (OTHER, _("Another reason, in my own words"))]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("reason") == OTHER and not values.get("words", "").strip():
            self.add_error("words", _("Say why: the customer will read it."))
        return values

    def said_to(self, order: Order) -> str:
        """What the customer reads, in the language in which they ordered."""
        chosen, words = self.cleaned_data["reason"], self.cleaned_data["words"].strip()
        if chosen == OTHER:
            return str(words)
        with override(order.language):
            return f"{self.ready[chosen]} {words}".strip()


class RefuseForm(ReasonForm):
    ready = WHY_REFUSED


class CancelForm(ReasonForm):
    ready = WHY_CANCELLED


class ShipForm(forms.Form):
    carrier = forms.CharField(
        label=_("Carrier"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "carriers", "autocomplete": "off"}),
    )
    tracking = forms.CharField(
        label=_("Tracking number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("The customer will read this."),
    )


class PeriodForm(forms.Form):
    """Which orders to download: from and until, both included."""

    state = forms.CharField(required=False, max_length=13)
    since = DayField(label=pgettext_lazy("a day", "From"), required=False)
    until = DayField(label=_("Until"), required=False)
