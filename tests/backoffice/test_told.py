"""The journal in words: nothing that a machine wrote shows on a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from django.apps import apps
from django.utils import translation

from taawon.accounts.models import StaffRole
from taawon.backoffice import facts, told
from taawon.backoffice.words import EVENTS
from taawon.catalogue.values import Values, columns_of
from taawon.journal.events import Event
from taawon.journal.models import Entry
from taawon.web.seller.activity import TOLD as TOLD_TO_SELLERS
from tests.factories import CooperativeFactory

# What is written alike.
SAME = {
    "fr": {"API", "Conversation", "Description", "E-mail", "Label", "Message", "Question", "label"},
    "ar": set(),
}


def every(kind: type[Event] = Event) -> Iterator[type[Event]]:
    for below in kind.__subclasses__():
        if "name" in vars(below) and "taawon" in below.__module__ and apps.ready:
            yield below
        yield from every(below)


def subject(kind: type[Event]) -> str:
    made = kind(**{one.name: "1" for one in fields(kind)})
    return made.subject.partition(":")[0]


def test_every_event_has_its_sentence_and_every_thing_its_name() -> None:
    assert {kind.name for kind in every()} - set(EVENTS) == set()
    assert {subject(kind) for kind in every()} - set(told.KINDS) == set()


def test_every_fact_is_named_or_left_out_knowingly() -> None:
    known = {one.name for kind in every() for one in fields(kind) if not one.name.endswith("_id")}
    assert known - set(facts.FACTS) - facts.UNTOLD == set()


def test_sellers_read_sentences_too() -> None:
    about_shops = {kind.name for kind in every() if subject(kind) == "cooperatives.cooperative"}
    assert about_shops - set(TOLD_TO_SELLERS) == set()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_all_of_it_is_translated(language: str) -> None:
    words = [
        *EVENTS.values(),
        *TOLD_TO_SELLERS.values(),
        *(kind.label for kind in told.KINDS.values()),
        *told.CHANNELS.values(),
        *facts.FACTS.values(),
        *facts.FIELDS.values(),
    ]
    with translation.override("en"):
        english = [str(word) for word in words]
    with translation.override(language):
        spoken = [str(word) for word in words]
    same = {one for one, other in zip(english, spoken, strict=True) if one == other}
    assert same == SAME[language]


def test_fields_of_products_and_profiles_are_named() -> None:
    texts = {"fr": "a", "ar": "ب", "zgh": "ⴰ", "en": "a"}
    product = Values(
        names=texts, descriptions=texts, content=1, unit="g", weight_grams=1, low_stock=1
    )
    profile = ("name", "language", "email", "town", "address", "region_id", "reach")
    with translation.override("en"):
        named = {name: facts.field(name) for name in (*columns_of(product), *profile)}
    assert [name for name, label in named.items() if name == label] == []
    assert named["description_ar"] == "Description (in Arabic)"
    assert named["name_fr"] == "Name (in French)"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("event", "known", "said"),
    [
        ("member-joined", {"role": "president"}, [("role", "president")]),
        (
            "price-changed",
            {"was": 4500, "now": 5000},
            [("before", "45\xa0DH"), ("after", "50\xa0DH")],
        ),
        ("stock-changed", {"was": 1, "now": 1200}, [("before", "1"), ("after", "1,200")]),
        (
            "staff-role-changed",
            {"was": StaffRole.NONE, "role": "agent", "region": None},
            [("before", "—"), ("role", "agent"), ("region", "—")],
        ),
        (
            "profile-changed",
            {"fields": ["language", "region_id"]},
            [("changed", "Language, Region")],
        ),
        ("order-taken-back", {"was": "shipped", "state": "accepted", "earlier": 3}, None),
        ("proposal-accepted", {"field": "women"}, [("about", "Women members")]),
        ("shop-paused", {"until": "2026-08-31"}, [("until", "31 August 2026")]),
        ("order-cancelled", {"by_buyer": True}, [("by the customer", "yes")]),
        ("claim-papers-added", {"papers": 2, "claim_id": 9}, [("papers", "2")]),
        (
            "api-key-created",
            {"scopes": ["orders:write"]},
            [("allows", "Fill baskets and order.")],
        ),
    ],
)
def test_values_in_words(event: str, known: dict[str, Any], said: Any) -> None:
    with translation.override("en"):
        found = facts.told(event, known)
    assert found == (said or [("before", "on its way"), ("after", "accepted")])


@pytest.mark.django_db
def test_the_cooperative_is_named(house: Any) -> None:
    other = CooperativeFactory(name_fr="Amal du Souss")
    Entry.objects.create(
        name="member-joined",
        subject=f"cooperatives.cooperative:{house.coop.pk}",
        facts={"cooperative_id": house.coop.pk, "role": "president"},
        channel="web",
    )
    Entry.objects.create(
        name="price-changed",
        subject="catalogue.product:1",
        facts={"was": 1, "now": 2},
        channel="staff",
        for_cooperative=other.pk,
    )
    Entry.objects.create(name="demonstration-loaded", subject="demo.world", facts={}, channel="web")

    page = house.browser("administrator").get("/backoffice/audit/")

    seeded, second, first = page.context["lines"]
    assert (first.cooperative, first.on_behalf) == (house.coop.name_fr, "")
    assert (second.cooperative, second.on_behalf) == ("", "Amal du Souss")
    assert (seeded.url, seeded.subject_id) == ("", "")
    assert "Amal du Souss" in page.text
    for raw in ("demo.world</a>", "cooperatives.cooperative <", "role president"):
        assert raw not in page.text
