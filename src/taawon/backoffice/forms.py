"""What the national team types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from taawon.accounts.models import StaffRole
from taawon.catalogue.shelves import categories
from taawon.core.languages import LANGUAGES
from taawon.places.queries import regions
from taawon.web.forms import DayField, PhoneField, WholeField

OWN_NAMES = dict(settings.LANGUAGES)
DIRECTION = {"ar": "rtl"}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The cooperative reads it: say what is wrong, and what would help."),
        widget=forms.Textarea({"rows": 4}),
    )


class ExemptionForm(forms.Form):
    why = forms.CharField(
        label=_("Why no food authorisation is needed"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty to take the exemption back."),
    )


class InLanguages(forms.Form):
    """A form whose texts stand in four languages: `texts` names them, with label and length."""

    texts: Sequence[tuple[str, Any, int]] = ()

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        for name, label, most in self.texts:
            for code in LANGUAGES:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=_("%(what)s (%(language)s)")
                    % {"what": label, "language": OWN_NAMES[code]},
                    required=False,
                    max_length=most,
                    widget=forms.TextInput({"lang": code, "dir": DIRECTION.get(code, "ltr")}),
                )

    def said(self, name: str) -> dict[str, str]:
        """{"fr": …, "ar": …}"""
        return {code: self.cleaned_data[f"{name}_{code}"] for code in LANGUAGES}

    def text_fields(self) -> list[forms.BoundField]:
        return [self[f"{name}_{code}"] for name, _label, _most in self.texts for code in LANGUAGES]


def position_field() -> WholeField:
    return WholeField(label=_("Place in the order"), least=0, most=9_999, initial=0)


class CategoryForm(InLanguages):
    texts = (("name", _("Name"), 120),)
    slug = forms.CharField(
        label=_("Short name in addresses"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, like argan-oil. It never changes."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    parent_id = forms.TypedChoiceField(
        label=_("Below"), required=False, coerce=int, empty_value=None
    )
    position = position_field()
    perishable = forms.BooleanField(
        label=_("Perishable: customers cannot send it back"), required=False
    )
    processed_food = forms.BooleanField(
        label=_("Processed food: needs a food authorisation"), required=False
    )

    def __init__(self, *args: Any, own_id: int | None = None, **words: Any) -> None:
        super().__init__(*args, **words)
        tops = [(line.id, line.name) for line in categories() if line.parent_id is None]
        below: Any = self.fields["parent_id"]
        below.choices = [("", _("On top")), *(top for top in tops if top[0] != own_id)]
        if own_id is not None:
            del self.fields["slug"]


class LabelForm(InLanguages):
    texts = (("name", _("Name"), 120), ("short", _("On the badge"), 20))
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Small letters, digits and hyphens, like igp. It never changes."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )
    position = position_field()

    def __init__(self, *args: Any, known: bool = False, **words: Any) -> None:
        super().__init__(*args, **words)
        if known:
            del self.fields["code"]


class SelectionForm(InLanguages):
    texts = (("title", _("Title"), 120),)
    position = position_field()
    shown = forms.BooleanField(label=_("Shown on the home page"), required=False, initial=True)
    add = forms.CharField(
        label=_("Add products"),
        required=False,
        max_length=2000,
        help_text=_("Numbers or addresses of products, one a line."),
        widget=forms.Textarea({"rows": 3, "dir": "ltr"}),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[choice for choice in StaffRole.choices if choice[0]],
    )
    region = forms.ChoiceField(
        label=_("Region of an agent"),
        required=False,
        help_text=_("Only agents have one. Without a region, they look after the whole country."),
    )

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        held: Any = self.fields["region"]
        held.choices = [
            ("", _("The whole country")),
            *((code, place.name) for code, place in regions().items()),
        ]


class ColleagueForm(RoleForm):
    phone = PhoneField(help_text=_("The person must have logged in once."))
    field_order = ("phone", "role", "region")


class LookUpForm(forms.Form):
    phone = PhoneField(help_text=_("That you look is recorded."))


class KeyForm(forms.Form):
    name = forms.CharField(label=_("Partner"), max_length=120)
    scopes = forms.MultipleChoiceField(
        label=_("What the key allows"), widget=forms.CheckboxSelectMultiple
    )


class AuditForm(forms.Form):
    """Filters: whatever cannot be read is left out."""

    subject = forms.CharField(required=False, max_length=80)
    person = WholeField(required=False, least=1, most=10**12)
    channel = forms.CharField(required=False, max_length=8)
    name = forms.CharField(required=False, max_length=60)
    since = DayField(required=False)
    until = DayField(required=False)
    before = WholeField(required=False, least=1, most=10**18)
