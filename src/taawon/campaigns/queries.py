"""What can be read of campaigns. Every list on a screen starts here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.db.models import Count, QuerySet

from taawon.accounts import rules as team
from taawon.campaigns import rules
from taawon.campaigns.models import Addressee, Campaign
from taawon.campaigns.states import Held, State, Turn
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.messaging import announcing
from taawon.messaging.announcing import Outcome
from taawon.messaging.health import HELD_BACK
from taawon.messaging.models import Fate, Message


@dataclass(frozen=True, slots=True)
class Line:
    """What became of the texts in a language. Every person stands in one of the counts:

    `waiting` for their turn, `on_the_way` in the outbox, `arrived` and `lost` by the operator's
    report, `sent` without one, `failed`, `withheld` (stopped since, or a number that fails again
    and again), `held` (never written to; by reason in Campaign.totals), `left_out` when the
    campaign was stopped. Segments and centimes are those of texts that left.
    """

    language: str
    waiting: int = 0
    on_the_way: int = 0
    arrived: int = 0
    sent: int = 0
    lost: int = 0
    failed: int = 0
    withheld: int = 0
    held: int = 0
    left_out: int = 0
    in_doubt: int = 0
    segments: int = 0
    centimes: int = 0

    @property
    def people(self) -> int:
        return self.done + self.waiting + self.on_the_way

    @property
    def left(self) -> int:
        """Texts that left the house."""
        return self.arrived + self.sent + self.lost

    @property
    def done(self) -> int:
        """People about whom nothing more happens."""
        return self.left + self.failed + self.withheld + self.held + self.left_out


@dataclass(frozen=True, slots=True)
class Progress:
    """A line a language, and all of them together; how many were never written to, and why."""

    lines: tuple[Line, ...]
    held: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> Line:
        sums: Counter[str] = Counter()
        for line in self.lines:
            sums.update({name: n for name, n in asdict(line).items() if name != "language"})
        return Line("", **sums)

    @property
    def percent(self) -> int:
        """Whole percent of the people about whom nothing more happens."""
        everybody = self.all
        return everybody.done * 100 // everybody.people if everybody.people else 0

    def as_json(self) -> dict[str, Any]:
        return {"lines": [asdict(line) for line in self.lines], "held": dict(self.held)}


def campaigns(*, by: Actor, state: str = "") -> QuerySet[Campaign]:
    """Newest first; an agent of a region sees that region's."""
    person = rules.person_of(by)
    if person is None:
        return Campaign.objects.none()
    return _of_region(Campaign.objects.all(), team.agent_region(person), state)


def campaign(campaign_id: int, *, by: Actor) -> Campaign:
    """Raises NotFound."""
    found = campaigns(by=by).filter(pk=campaign_id).first()
    if found is None:
        raise NotFound
    return found


def to_approve(region: str | None, person_id: int) -> QuerySet[Campaign]:
    """Large campaigns that wait for a second person, and this one may be it."""
    others = Campaign.objects.exclude(written_by=person_id)
    return _of_region(others, region, State.REVIEW)


def progress(one: Campaign) -> Progress:
    """How far it is; two queries, none once its totals were kept."""
    if one.totals is not None:
        return _kept(one.totals)
    people = list(
        Addressee.objects.filter(campaign=one)
        .order_by()
        .values_list("language", "turn", "held_because")
        .annotate(n=Count("pk"))
    )
    held: Counter[str] = Counter()
    for _language, turn, reason, n in people:
        if turn == Turn.HELD:
            held[reason] += n
    return Progress(_lines(one, people, announcing.outcomes(one.prefix)), dict(held))


def _lines(
    one: Campaign, people: Iterable[tuple[str, str, str, int]], outcomes: Iterable[Outcome]
) -> tuple[Line, ...]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for language, turn, _reason, n in people:
        counts[language][_of_turn(one, turn)] += n
    for outcome in outcomes:
        line = counts[outcome.language]
        # Its person stands in one place only: with the text.
        line["queued"] -= outcome.messages
        line[_of_outcome(outcome)] += outcome.messages
        line["in_doubt"] += outcome.in_doubt
        if outcome.state == Message.State.SENT:
            line["segments"] += outcome.segments
            line["centimes"] += outcome.centimes
    for line in counts.values():
        queued = line.pop("queued", 0)
        if queued < 0:  # Given to the outbox between the two looks.
            line["waiting"] += queued
        elif one.state == State.SENDING:
            line["on_the_way"] += queued
        else:  # Erased meanwhile: there was no number to write to.
            line["failed"] += queued
    return tuple(Line(language, **counts[language]) for language in sorted(counts))


def _of_turn(one: Campaign, turn: str) -> str:
    if turn == Turn.HELD:
        return "held"
    if turn == Turn.QUEUED:
        return "queued"
    return "left_out" if one.state == State.STOPPED else "waiting"


def _of_outcome(outcome: Outcome) -> str:
    if outcome.fate == Fate.DELIVERED:
        return "arrived"
    if outcome.state in Message.UNSETTLED:
        return "on_the_way"
    if outcome.state == Message.State.FAILED:
        return "withheld" if outcome.trouble in HELD_BACK else "failed"
    return "lost" if outcome.fate == Fate.LOST else "sent"


def _kept(totals: Mapping[str, Any]) -> Progress:
    known = {one.name for one in fields(Line)}
    lines = tuple(
        Line(**{name: fact for name, fact in line.items() if name in known})
        for line in totals["lines"]
    )
    return Progress(lines, {Held(reason): n for reason, n in totals["held"].items()})


def _of_region(found: QuerySet[Campaign], region: str | None, state: str) -> QuerySet[Campaign]:
    if region:
        found = found.filter(region_id=region)
    if state:
        found = found.filter(state=state)
    return found.order_by("-pk")
