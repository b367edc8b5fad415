"""What an agent types of a cooperative that is not on the register, and of who opens its shop."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from taawon.backoffice.forms import InLanguages
from taawon.cooperatives.branches import fields
from taawon.cooperatives.services.opening import ROLES
from taawon.cooperatives.states import RegistrationKind
from taawon.core.languages import texts_of
from taawon.places.queries import communes_of, knows_communes, provinces_of, regions
from taawon.search.analysis import fold
from taawon.web.forms import DayField, PhoneField, WholeField

_KINDS = (
    (RegistrationKind.REGISTER.value, _("Registration number")),
    (RegistrationKind.AGREMENT.value, _("Approval (agrément)")),
)
# How the service names what stands in a field of another name.
FIELDS = {"name": "name_fr", "commune_code": "commune"}


class CooperativeForm(InLanguages):
    """An agent who is held to a region chooses among its provinces."""

    texts = (("name", _("Name"), 200),)
    registration_kind = forms.ChoiceField(label=_("Kind of registration"), choices=_KINDS)
    registration_number = forms.CharField(
        label=_("Number"), max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )
    registered_on = DayField(label=_("Registered on"), required=False)
    sector_code = forms.ChoiceField(label=_("Sector"))
    province_code = forms.ChoiceField(label=_("Province"))
    commune = forms.CharField(label=_("Commune"), required=False, max_length=120)
    address = forms.CharField(label=_("Address"), required=False, max_length=300)
    phone = PhoneField(
        label=_("Public phone"),
        required=False,
        help_text=_("Customers see it. It may be a landline."),
    )
    is_womens = forms.BooleanField(label=_("A women’s cooperative"), required=False)
    women = WholeField(label=_("Number of women"), most=1_000_000, initial=0)
    men = WholeField(label=_("Number of men"), most=1_000_000, initial=0)

    def __init__(self, *args: Any, region: str | None, **words: Any) -> None:
        super().__init__(*args, **words)
        sector: Any = self.fields["sector_code"]
        sector.choices = [("", "…"), *((one.code, one.name) for one in fields().values())]
        province: Any = self.fields["province_code"]
        province.choices = [("", "…"), *by_region(region)]
        if not knows_communes():
            del self.fields["commune"]

    def clean(self) -> dict[str, Any]:
        """The commune by its name in any language, as it is known in the province."""
        read = super().clean() or {}
        if (name := read.get("commune")) and read.get("province_code"):
            wanted = fold(name)
            for commune in communes_of(read["province_code"]):
                if wanted in map(fold, texts_of(commune, "name").values()):
                    read["commune_code"] = commune.pk
                    return read
            self.add_error("commune", _("This province has no commune of this name."))
        return read

    def entry(self) -> dict[str, Any]:
        """What the register is told."""
        told = {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "commune" and not name.startswith("name_")
        }
        return {"names": self.said("name"), **told}


def by_region(held_to: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Provinces to choose from, under their regions; of one region for who is held to it."""
    return [
        (place.name, [(province.code, province.name) for province in provinces_of(code)])
        for code, place in regions().items()
        if held_to in (None, code)
    ]


class InvitationForm(forms.Form):
    name = forms.CharField(label=_("Name of the person"), max_length=120)
    phone = PhoneField(help_text=_("A text to this number asks for a yes."))
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in ROLES])
    language = forms.ChoiceField(label=_("Language of the texts"), choices=settings.LANGUAGES)
    checked = forms.CharField(
        label=_("What you checked"),
        max_length=300,
        help_text=_("It stands for the papers: what you saw, where and when."),
    )
