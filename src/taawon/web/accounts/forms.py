"""What a person says of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taawon.places.queries import regions


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For messages where no text reaches you."),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    town = forms.CharField(label=_("Town or village"), max_length=120, required=False)
    address = forms.CharField(label=_("Address or landmark"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(code, place.name) for code, place in regions().items()]
        self.fields["region"].choices = [("", "—"), *places]  # type: ignore[attr-defined]  # the field is a ChoiceField
