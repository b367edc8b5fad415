"""What a shop says of itself, and who stands behind its counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taawon.cooperatives.models import Cooperative
from taawon.cooperatives.states import Role
from taawon.core.languages import LANGUAGES
from taawon.core.phone import readable
from taawon.web.forms import DayField, PhoneField, WholeField

OWN_NAMES = {"fr": "Français", "ar": "العربية", "zgh": "ⵜⴰⵎⴰⵣⵉⵖⵜ", "en": "English"}
DIRECTION = {"ar": "rtl"}


class PauseForm(forms.Form):
    until = DayField(label=_("Closed until"), help_text=_("This day is included."))


class AboutForm(forms.Form):
    """The public texts; one field a language, the first one open."""

    phone = PhoneField(
        label=_("Public phone"), required=False, help_text=_("Customers see it on your page.")
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=300)

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        for code in LANGUAGES:
            self.fields[f"about_{code}"] = forms.CharField(
                label=OWN_NAMES[code],
                required=False,
                max_length=4000,
                widget=forms.Textarea({"rows": 5, "lang": code, "dir": DIRECTION.get(code, "ltr")}),
            )

    @property
    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"about_{code}"] for code in LANGUAGES}

    @property
    def text_fields(self) -> list[forms.BoundField]:
        return [self[f"about_{code}"] for code in LANGUAGES]

    @staticmethod
    def now(coop: Cooperative) -> dict[str, Any]:
        texts = {f"about_{code}": getattr(coop, f"about_{code}") or "" for code in LANGUAGES}
        phone = readable(coop.phone) if coop.phone else ""
        return {"phone": phone, "address": coop.address, **texts}


class PickupForm(forms.Form):
    offers_pickup = forms.BooleanField(
        label=_("Customers may collect their order for free"), required=False
    )
    pickup_place = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=300,
        help_text=_("Address, landmark and opening hours."),
    )
    days_to_prepare = WholeField(label=_("Days to prepare an order"), least=0, most=30)


class FoodForm(forms.Form):
    number = forms.CharField(
        label=_("Food authorisation number (ONSSA)"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    expires_on = DayField(label=_("Valid until"), required=False)


class InviteForm(forms.Form):
    phone = PhoneField(help_text=_("The person logs in with this number."))
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.SELLER)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
