"""What is typed of a campaign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from taawon.backoffice.desk import Desk, region_choices
from taawon.backoffice.forms import DIRECTION, InLanguages
from taawon.campaigns.models import Campaign
from taawon.campaigns.services.writing import LEAST_PACE, MOST_LETTERS, MOST_PACE, Wish
from taawon.campaigns.states import Who
from taawon.cooperatives.branches import fields
from taawon.cooperatives.states import Role
from taawon.core.languages import LANGUAGES
from taawon.web.forms import WholeField

ACTIVITIES = (
    ("", _("Whenever they logged in or wrote last")),
    ("active-30", _("Active in the last 30 days")),
    ("active-90", _("Active in the last 90 days")),
    ("silent-30", _("Silent for 30 days")),
    ("silent-90", _("Silent for 90 days")),
    ("silent-180", _("Silent for 180 days")),
)


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


class CampaignForm(InLanguages):
    texts = (("text", _("Text"), MOST_LETTERS),)
    title = forms.CharField(
        label=_("Name of the campaign"),
        max_length=120,
        help_text=_("For colleagues: it is not sent."),
    )
    who = forms.ChoiceField(label=_("To whom"), choices=Who.choices)
    roles = _several(_("Roles"))
    languages = _several(_("Languages of the persons"))
    regions = _several(_("Regions"))
    sectors = _several(_("Fields of activity"))
    activity = forms.ChoiceField(label=_("Last activity"), choices=ACTIVITIES, required=False)
    texts_a_minute = WholeField(
        label=_("Texts a minute"), least=LEAST_PACE, most=MOST_PACE, initial=600
    )

    def __init__(self, *args: Any, desk: Desk, **words: Any) -> None:
        super().__init__(*args, **words)
        for code in LANGUAGES:
            self.fields[f"text_{code}"].widget = forms.Textarea(
                {"rows": 4, "lang": code, "dir": DIRECTION.get(code, "ltr")}
            )
        several: Any = self.fields
        several["roles"].choices = Role.choices
        several["languages"].choices = settings.LANGUAGES
        several["sectors"].choices = [(code, one.name) for code, one in fields().items()]
        several["regions"].choices = region_choices(desk)
        if desk.region:
            del self.fields["regions"]

    def wish(self) -> Wish:
        asked = self.cleaned_data
        kind, _hyphen, days = asked["activity"].partition("-")
        return Wish(
            title=asked["title"],
            texts=self.said("text"),
            who=asked["who"],
            regions=asked.get("regions", ()),
            sectors=asked["sectors"],
            roles=asked["roles"],
            languages=asked["languages"],
            active_days=int(days) if kind == "active" else None,
            silent_days=int(days) if kind == "silent" else None,
            texts_a_minute=asked["texts_a_minute"],
        )


def as_typed(campaign: Campaign) -> dict[str, Any]:
    """What the form begins with."""
    days = campaign.active_days or campaign.silent_days
    activity = f"{'active' if campaign.active_days else 'silent'}-{days}" if days else ""
    return {
        **{f"text_{code}": getattr(campaign, f"text_{code}") for code in LANGUAGES},
        "title": campaign.title,
        "who": campaign.who,
        "roles": campaign.roles,
        "languages": campaign.languages,
        "regions": campaign.regions,
        "sectors": campaign.sectors,
        "activity": activity,
        "texts_a_minute": campaign.texts_a_minute,
    }
