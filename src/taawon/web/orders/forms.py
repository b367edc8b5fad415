"""What a buyer types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from taawon.core import phone as phones
from taawon.core.errors import Refused
from taawon.core.text import clean
from taawon.orders.pricing import Priced
from taawon.orders.states import Delivery, Payment
from taawon.places.queries import regions
from taawon.web.forms import PhoneField


class CheckoutForm(forms.Form):
    """Name and phone are enough for pick-up; a parcel also needs to know where to."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Phone"),
        max_length=40,
        help_text=_("The cooperative calls you on this number if needed. No account is made."),
        autocomplete="tel",
    )
    region = forms.ChoiceField(label=_("Region"))
    town = forms.CharField(
        label=_("Town or village"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    address = forms.CharField(
        label=_("Address or landmark"),
        max_length=300,
        required=False,
        help_text=_("For example: near the mosque, opposite the pharmacy."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    note = forms.CharField(label=_("A word to the cooperatives"), max_length=300, required=False)
    payment = forms.ChoiceField(
        label=_("Payment"),
        choices=[(value, capfirst(label)) for value, label in Payment.choices],
        initial=Payment.COD,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, priced: Priced, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(code, place.name) for code, place in regions().items()]
        self.fields["region"].choices = [("", _("Choose a region")), *places]  # type: ignore[attr-defined]  # the field is a ChoiceField
        self.priced = priced

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for field in ("name", "town", "address", "note"):
            if field in values:
                values[field] = clean(values[field])
        if "name" in values and not values["name"]:
            self.add_error("name", _("This field is needed."))
        if values.get("phone"):
            try:
                values["phone"] = phones.normalise(values["phone"])
            except Refused as refusal:
                self.add_error("phone", str(refusal))
        parcels = set(self.deliveries().values()) != {Delivery.PICKUP}
        if parcels and not values.get("town"):
            self.add_error("town", _("Say where the parcel goes."))
        return values

    def deliveries(self) -> dict[int, Delivery]:
        """What was chosen for each cooperative; by parcel unless it said otherwise."""
        return {
            part.cooperative_id: Delivery.PICKUP
            if part.offers_pickup
            and self.data.get(f"delivery-{part.cooperative_id}") == Delivery.PICKUP
            else Delivery.PARCEL
            for part in self.priced.parts
        }


class FindForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the order"),
        max_length=12,
        help_text=_("Eight letters and digits; it stands in the message that you received."),
    )
    phone = PhoneField(label=_("Phone"), max_length=40)
