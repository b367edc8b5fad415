"""Words and forms that the pages of the text line share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from taawon.messaging.models import Fate, InboundText, Message
from taawon.web.forms import PhoneField

# How a text is written.
VOICES: Mapping[str, str | Promise] = {
    "fr": _("French"),
    "ar": _("Arabic"),
    "ary": _("Darija in Latin letters"),
    "zgh": _("Tamazight"),
    "en": _("English"),
}
# What the line can be asked to do.
COMMANDS: Mapping[str, str | Promise] = {
    "ACCEPT": _("accept an order"),
    "REFUSE": _("refuse an order"),
    "SHIP": _("say that an order was sent"),
    "DELIVERED": _("say that an order has arrived"),
    "STOCK": _("change a stock"),
    "PRICE": _("change a price"),
    "SALES": _("ask for the sales"),
    "PRODUCTS": _("ask for the list of products"),
    "PAUSE": _("close the shop for a while"),
    "OPEN": _("open the shop again"),
    "CANCEL": _("take the last command back"),
    "HELP": _("ask for help"),
    "AGENT": _("ask to be called back"),
    "LANGUAGE": _("change the language"),
    "CALLS": _("ask for the open calls"),
    "LESSON": _("ask for a lesson"),
    "NEXT": _("go on with the lesson"),
}
# Understood, and never taught: these must be written exactly.
STOPS: Mapping[str, str | Promise] = {
    "STOP": _("receive no announcements"),
    "STOP_ALL": _("receive nothing but answers"),
    "START": _("receive everything again"),
}
ON_ITS_WAY: Mapping[str, str | Promise] = {
    Message.State.QUEUED: _("waiting"),
    Message.State.SENDING: _("being sent"),
    Message.State.SENT: _("sent"),
    Message.State.FAILED: _("failed"),
}
REPORTED: Mapping[int, str | Promise] = {
    Fate.ACCEPTED: _("taken by the operator"),
    Fate.LOST: pgettext_lazy("a text", "lost"),
    Fate.DELIVERED: pgettext_lazy("a text", "delivered"),
}
CAME_IN: Mapping[str, str | Promise] = {
    InboundText.State.RECEIVED: _("not read yet"),
    InboundText.State.HANDLED: "",
    InboundText.State.IGNORED: _("not answered: too many texts in an hour"),
    InboundText.State.FAILED: _("could not be read: a call was opened"),
}


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What came of it"),
        max_length=300,
        help_text=_("In a line, for colleagues who read it later."),
    )


class FindForm(forms.Form):
    phone = PhoneField(help_text=_("That you look is recorded."))


class TryForm(forms.Form):
    text = forms.CharField(
        label=_("A text from this phone"),
        max_length=480,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )


class TeachForm(forms.Form):
    """`words`: those of the text that can be taught."""

    word = forms.ChoiceField(label=_("This word"))
    intent = forms.ChoiceField(label=_("means"), choices=lambda: [("", "—"), *COMMANDS.items()])
    voice = forms.ChoiceField(label=_("Language"), choices=lambda: list(VOICES.items()))

    def __init__(self, words: Sequence[str], *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type] # handed on as they came
        self.fields["word"].choices = [(word, word) for word in words]  # type: ignore[attr-defined] # a choice field


def how_long(seconds: int) -> str:
    """Minutes for two hours, hours for two days, then days."""
    minutes, hours = seconds // 60, seconds // 3600
    if not minutes:
        return gettext("less than a minute")
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def since(moment: datetime) -> str:
    return how_long(max(int((timezone.now() - moment).total_seconds()), 0))
