"""A campaign to many, begun and told of: run in the environment of its house."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import django

django.setup()

from django.utils import timezone  # noqa: E402 - the apps must be ready

from taawon.accounts.models import Person  # noqa: E402 - the apps must be ready
from taawon.campaigns import queries  # noqa: E402 - the apps must be ready
from taawon.campaigns.models import Campaign  # noqa: E402 - the apps must be ready
from taawon.campaigns.services import running, writing  # noqa: E402 - the apps must be ready
from taawon.campaigns.services.writing import Wish  # noqa: E402 - the apps must be ready
from taawon.core.actor import Actor, Channel  # noqa: E402 - the apps must be ready
from taawon.messaging import consent  # noqa: E402 - the apps must be ready
from taawon.messaging.models import Message, Recipient  # noqa: E402 - the apps must be ready

LANGUAGES = ("fr", "ar", "zgh", "en")
# Who has such a name is of the proof alone.
NAME = "Preuve"
TEXTS = {"fr": "Foire le 3 mars, bonjour {name}.", "ar": "معرض يوم 3 مارس.", "en": "Fair, {name}."}


def phone(n: int) -> str:
    """One in twenty has a landline."""
    return f"+2125{n:08}" if n % 20 == 7 else f"+2127{n:08}"


def prepare(people: int) -> dict[str, object]:
    """All agreed; three in a hundred have stopped since."""
    now = timezone.now()
    Person.objects.exclude(staff_role="administrator").update(is_active=False)
    Person.objects.bulk_create(
        [
            Person(phone=phone(n), name=f"{NAME} {n}", language=LANGUAGES[n % 4])
            for n in range(people)
        ],
        batch_size=2_000,
    )
    Recipient.objects.bulk_create(
        [
            Recipient(
                to=phone(n),
                agreed_at=now,
                agreed_by="paper",
                stopped_at=now if n % 100 in (11, 42, 73) else None,
            )
            for n in range(people)
        ],
        batch_size=2_000,
    )
    return {}


def start(pace: str) -> dict[str, object]:
    """Written by one administrator, approved by another."""
    writer = Person.objects.filter(staff_role="administrator").latest("pk")
    reader = Person.objects.create(phone="+212699999999", staff_role="administrator")
    wish = Wish(title="Foire", texts=TEXTS, who="customers", texts_a_minute=int(pace))
    made = writing.write(wish, by=Actor(writer.pk, Channel.STAFF))
    running.submit(made.pk, by=Actor(writer.pk, Channel.STAFF))
    running.approve(made.pk, made.version, by=Actor(reader.pk, Channel.STAFF))
    return {}


def tell() -> dict[str, object]:
    made = Campaign.objects.latest("pk")
    found = queries.progress(made)
    ours = Message.objects.filter(key__startswith=made.prefix)
    return {
        "state": made.state,
        "lines": [asdict(line) for line in found.lines],
        "people": found.all.people,
        "held": dict(found.held),
        "left": found.all.left,
        "withheld": found.all.withheld,
        "on_the_way": found.all.on_the_way + found.all.waiting,
        "in_doubt": list(ours.filter(in_doubt=True).values_list("to", flat=True)),
        "languages": dict(ours.values_list("to", "language")),
    }


def stop(number: str) -> dict[str, object]:
    """Somebody stops while the campaign is on its way."""
    consent.stop(number)
    return {}


VERBS = {"prepare": lambda n: prepare(int(n)), "start": start, "tell": tell, "stop": stop}
print(json.dumps(VERBS[sys.argv[1]](*sys.argv[2:])))
