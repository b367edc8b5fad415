"""What a person says of themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from taawon.accounts.models import Reach
from taawon.places.queries import regions


class _Ways(forms.RadioSelect):
    """E-mail can be chosen once an address is confirmed."""

    closed: ClassVar[set[str]] = set()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.closed:
            option["attrs"]["disabled"] = True
        return option


class ProfileForm(forms.Form):
    """`proved` is the person's confirmed e-mail address, "" without one."""

    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("A code is sent there to confirm it."),
    )
    reach = forms.ChoiceField(
        label=_("How shall we reach you?"),
        choices=Reach.choices,
        widget=_Ways,
        help_text=_("Login codes always come by text message."),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    town = forms.CharField(label=_("Town or village"), max_length=120, required=False)
    address = forms.CharField(label=_("Address or landmark"), max_length=300, required=False)

    def __init__(self, *args: Any, proved: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not proved:
            reach = self.fields["reach"]
            reach.widget.closed = {Reach.EMAIL}
            reach.help_text = _("E-mail can be chosen once an address is confirmed.")
        places = [(code, place.name) for code, place in regions().items()]
        self.fields["region"].choices = [("", "—"), *places]  # type: ignore[attr-defined]  # the field is a ChoiceField
