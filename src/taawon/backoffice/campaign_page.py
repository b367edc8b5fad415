"""What pages of campaigns show: the texts as they arrive, whom they reach, what came of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from taawon.backoffice.campaign_forms import ACTIVITIES, as_typed
from taawon.backoffice.desk import Desk, place
from taawon.backoffice.forms import OWN_NAMES
from taawon.campaigns import audience, words
from taawon.campaigns.models import Campaign
from taawon.campaigns.queries import Line, Progress
from taawon.campaigns.states import Held, Who
from taawon.cooperatives.branches import sectors
from taawon.cooperatives.states import Role
from taawon.core.languages import texts_of
from taawon.core.money import Money
from taawon.messaging.gateways.routes import routes
from taawon.messaging.rules import is_gsm, may_announce_at, next_hours, plain
from taawon.web.exports import Row

# Every person stands in one of these.
COUNTS: Mapping[str, str | Promise] = {
    "waiting": pgettext_lazy("texts of a campaign", "waiting for their turn"),
    "on_the_way": pgettext_lazy("texts of a campaign", "on their way"),
    "arrived": pgettext_lazy("texts of a campaign", "arrived"),
    "sent": pgettext_lazy("texts of a campaign", "sent, without a report"),
    "lost": pgettext_lazy("texts of a campaign", "lost"),
    "failed": pgettext_lazy("texts of a campaign", "failed"),
    "withheld": pgettext_lazy("texts of a campaign", "withheld: stopped since, or out of reach"),
    "held": pgettext_lazy("texts of a campaign", "not written to"),
    "left_out": pgettext_lazy("texts of a campaign", "left out when it was stopped"),
}
_SAMPLE_COOPERATIVE = {"ar": "تعاونية تيفاوت"}


def preview(desk: Desk, campaign: Campaign, *, counted: bool = True) -> dict[str, Any]:
    """Each text as a phone shows it, its segments at most; whom they reach, and at what cost."""
    reach = audience.reach(campaign) if counted else None
    people = {one.language: one.people for one in reach.by_language} if reach else {}
    dearest = max((route.centimes_a_segment for route in routes()), default=0)
    return {
        "texts": [
            _text(desk, language, body, people.get(language, 0))
            for language, body in texts_of(campaign, "text").items()
        ],
        "reach": reach,
        "held": held(reach.held) if reach else [],
        "cost": Money(reach.most_segments * dearest) if reach and dearest else None,
    }


def _text(desk: Desk, language: str, body: str, people: int) -> dict[str, Any]:
    facts = {
        "name": desk.person.name,
        "cooperative": _SAMPLE_COOPERATIVE.get(language, "Coopérative Tifaout"),
        "region": place(desk.region or "MA-09"),
    }
    text = words.write(body, language, facts)
    return {
        "language": language,
        "called": OWN_NAMES[language],
        "text": text,
        "letters": len(text),
        "is_wide": not is_gsm(plain(text)),
        "segments": words.planned(body, language),
        "people": people,
    }


def held(found: Mapping[str, int]) -> list[tuple[str | Promise, int]]:
    return [(Held(reason).label, n) for reason, n in sorted(found.items())]


def report(progress: Progress) -> dict[str, Any]:
    everybody = progress.all
    return {
        "percent": progress.percent,
        "all": everybody,
        "cost": Money(everybody.centimes),
        "held": held(progress.held),
        "counts": [(label, n) for name, label in COUNTS.items() if (n := getattr(everybody, name))],
        "lines": [{"line": one, "called": _called(one)} for one in progress.lines],
    }


def _called(line: Line) -> str:
    return str(OWN_NAMES.get(line.language, line.language))


def narrowed(campaign: Campaign) -> list[str]:
    """The audience in words."""
    roles, fields = dict(Role.choices), sectors()
    activity = as_typed(campaign)["activity"]
    found = [Who(campaign.who).label, dict(ACTIVITIES).get(activity, "") if activity else ""]
    found += [place(code) for code in campaign.regions]
    found += [fields[code].name for code in campaign.sectors if code in fields]
    found += [roles[code] for code in campaign.roles if code in roles]
    found += [OWN_NAMES[code] for code in campaign.languages if code in OWN_NAMES]
    return [str(one) for one in found if one]


def hours() -> dict[str, Any]:
    """When texts leave; `resting_until` outside of these hours."""
    opens, closes = settings.CAMPAIGN_HOURS
    now = timezone.now()
    resting = None if may_announce_at(now) else next_hours(now)
    return {"opens": opens, "closes": closes, "resting_until": resting}


def headings() -> list[str]:
    labels = [str(label) for label in COUNTS.values()]
    return [
        _("Language"),
        _("People"),
        *labels,
        _("in doubt"),
        _("Segments"),
        _("Cost"),
    ]


def file_rows(progress: Progress) -> Iterator[Row]:
    for line in progress.lines:
        yield (
            _called(line),
            line.people,
            *(getattr(line, name) for name in COUNTS),
            line.in_doubt,
            line.segments,
            Money(line.centimes),
        )
