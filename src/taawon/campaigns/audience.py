"""Who belongs to a campaign's audience, and who of them may be written to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.campaigns import words
from taawon.campaigns.models import Campaign
from taawon.campaigns.states import Held, Who
from taawon.conversations.models import Dialogue
from taawon.cooperatives.models import Membership
from taawon.cooperatives.states import CooperativeStatus
from taawon.core.languages import LANGUAGES, texts_of
from taawon.core.phone import takes_texts
from taawon.messaging.models import Recipient


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the audience. `language` is that of the text; `held` why there is none ("")."""

    person_id: int
    language: str
    held: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """How many get the text in a language, and its segments at most."""

    language: str
    people: int
    segments: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How many belong to an audience, how many may be written to, and why not the others."""

    people: int
    by_language: tuple[InLanguage, ...]
    held: dict[str, int]

    @property
    def allowed(self) -> int:
        return sum(one.people for one in self.by_language)

    @property
    def most_segments(self) -> int:
        return sum(one.people * one.segments for one in self.by_language)


def people(campaign: Campaign) -> QuerySet[Person]:
    """The audience, whoever agreed or not, by id."""
    found = Person.objects.filter(is_active=True, phone__isnull=False).order_by("pk")
    members = found.filter(Exists(memberships(campaign).filter(person=OuterRef("pk"))))
    if campaign.who == Who.MEMBERS:
        found = members
    elif campaign.who == Who.CUSTOMERS:
        found = _customers(campaign, found)
    else:
        found = members | _customers(campaign, found)
    if campaign.languages:
        found = found.filter(language__in=campaign.languages)
    return _by_activity(campaign, found)


def reach(campaign: Campaign) -> Reach:
    """Counted as it is now; one query."""
    bodies = texts_of(campaign, "text")
    held: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    for one in candidates(campaign):
        if one.held:
            held[one.held] += 1
        else:
            spoken[one.language] += 1
    return Reach(
        people=held.total() + spoken.total(),
        by_language=tuple(
            InLanguage(language, spoken[language], words.planned(body, language))
            for language, body in bodies.items()
        ),
        held=dict(held),
    )


def candidates(campaign: Campaign, *, after: int = 0, most: int | None = None) -> list[Candidate]:
    """People of the audience by id, after one of them; one query."""
    of_phone = Recipient.objects.filter(to=OuterRef("phone"))
    stopped = of_phone.filter(Q(stopped_at__isnull=False) | Q(stopped_all_at__isnull=False))
    rows = (
        people(campaign)
        .filter(pk__gt=after)
        .annotate(agreed=Exists(of_phone.filter(agreed_at__isnull=False)), stopped=Exists(stopped))
        .values_list("pk", "phone", "language", "agreed", "stopped")
    )
    in_language = {code: words.language_of(campaign, code) for code in LANGUAGES}
    found = []
    for person_id, phone, language, agreed, has_stopped in rows[:most] if most else rows:
        text = in_language.get(language, "")
        held = _held(phone or "", text, agreed=agreed, stopped=has_stopped)
        found.append(Candidate(person_id, text or language, held))
    return found


def _held(phone: str, text: str, *, agreed: bool, stopped: bool) -> str:
    if not _is_mobile(phone):
        return Held.LANDLINE
    if stopped:
        return Held.STOPPED
    if not agreed:
        return Held.NO_CONSENT
    return "" if text else Held.NO_TEXT


def _is_mobile(phone: str) -> bool:
    """Moroccan numbers are told apart by a letter; thousands of them are looked at here."""
    if phone.startswith("+212"):
        return phone[4:5] in "67"
    return takes_texts(phone)


def memberships(campaign: Campaign) -> QuerySet[Membership]:
    """By which members belong to an audience."""
    found = Membership.objects.filter(
        ended_at__isnull=True, cooperative__status=CooperativeStatus.ACTIVE
    )
    if campaign.regions:
        found = found.filter(cooperative__region__in=campaign.regions)
    if campaign.sectors:
        found = found.filter(cooperative__sector__in=campaign.sectors)
    if campaign.roles:
        found = found.filter(role__in=campaign.roles)
    return found


def _customers(campaign: Campaign, found: QuerySet[Person]) -> QuerySet[Person]:
    """Persons who speak for no cooperative and do not belong to the national team."""
    any_membership = Membership.objects.filter(person=OuterRef("pk"), ended_at__isnull=True)
    found = found.filter(~Exists(any_membership), staff_role="")
    return found.filter(region__in=campaign.regions) if campaign.regions else found


def _by_activity(campaign: Campaign, found: QuerySet[Person]) -> QuerySet[Person]:
    if campaign.active_days:
        found = found.filter(_seen_within(campaign.active_days))
    if campaign.silent_days:
        found = found.exclude(_seen_within(campaign.silent_days))
    return found


def _seen_within(days: int) -> Q:
    """Logged in, or wrote a text."""
    since = timezone.now() - timedelta(days=days)
    wrote = Dialogue.objects.filter(phone=OuterRef("phone"), heard_at__gte=since)
    return Q(last_login__gte=since, last_login__isnull=False) | Q(Exists(wrote))
