"""The frame: whose language, how fresh the login is, what the menu shows, what each page costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from taawon.accounts.models import Person
from taawon.backoffice.counts import tally
from taawon.campaigns.models import Campaign
from taawon.catalogue.models import SelectedProduct
from taawon.conversations.models import Dialogue, TaughtWord, Ticket, Unclear
from taawon.journal.models import Entry
from taawon.messaging.queries import in_state
from tests.backoffice.build import held, lines, message
from tests.factories import (
    ClaimFactory,
    CooperativeFactory,
    InvitationFactory,
    MembershipFactory,
    OrderFactory,
    PersonFactory,
    ProductFactory,
    QuestionFactory,
    ReviewFactory,
)


def pages(answer):
    return [item["url"].removeprefix("/backoffice/") for item in answer.context["desk_nav"]]


def test_the_menu_shows_what_one_may(house):
    texts = ["tickets/", "conversations/", "campaigns/", "vocabulary/"]
    register = ["claims/", "cooperatives/", "registers/", "duplicates/", "reports/"]
    agent = ["", *register, "products/", "orders/", "moderation/", *texts]
    content = ["categories/", "labels/", "selections/", "fees/"]
    editor = ["", "products/", "moderation/", "campaigns/", "vocabulary/", *content]
    assert pages(house.browser("agent").get("/backoffice/")) == [*agent, "audit/"]
    assert pages(house.browser("editor").get("/backoffice/")) == [*editor, "audit/"]
    assert pages(house.browser("administrator").get("/backoffice/")) == [
        *agent,
        *content,
        "people/",
        "keys/",
        "messages/",
        "gateways/",
        "audit/",
    ]


def test_what_waits_is_counted_by_region(house):
    held(house.product, answer="Voilà", answered_at="2026-01-01T00:00:00Z")

    def waiting(visitor):
        answer = house.browser(visitor).get("/backoffice/")
        return [(line["url"], line["count"]) for line in answer.context["todo"]]

    assert waiting("agent") == [
        ("/backoffice/claims/", 1),
        ("/backoffice/tickets/", 1),
        ("/backoffice/reports/", 1),
        ("/backoffice/duplicates/", 1),
        ("/backoffice/products/?only=answered", 1),
        ("/backoffice/moderation/", 1),
        ("/backoffice/moderation/?kind=questions", 1),
        ("/backoffice/vocabulary/?show=review", 1),
    ]
    assert waiting("elsewhere") == [("/backoffice/vocabulary/?show=review", 1)]
    assert waiting("editor") == [
        ("/backoffice/moderation/", 1),
        ("/backoffice/moderation/?kind=questions", 1),
        ("/backoffice/vocabulary/?show=review", 1),
    ]
    assert waiting("administrator")[-1] == ("/backoffice/messages/?state=failed", 1)


def test_numbers_of_the_machines(house):
    message("queued")
    message("sent")

    figures = house.browser("administrator").get("/backoffice/").context["figures"]

    assert {name: figures[name] for name in ("shops", "queued", "unsent", "journal")} == {
        "shops": 1,
        "queued": 1,
        "unsent": 1,
        "journal": 0,
    }


def test_each_speaks_their_own_language(house):
    agent = house.browser("agent")
    assert b'<html lang="fr" dir="ltr">' in agent.get("/backoffice/").content

    answer = agent.post("/backoffice/language/", {"language": "ar"})

    assert answer["Location"] == "/backoffice/"
    assert b'<html lang="ar" dir="rtl">' in agent.get("/backoffice/").content
    assert lines() == [("profile-changed", "staff", house.people["agent"].pk)]
    agent.post("/backoffice/language/", {"language": "xx"})
    assert Person.objects.get(pk=house.people["agent"].pk).language == "ar"


def test_a_login_gets_stale(house, clock):
    agent = house.browser("agent")
    assert agent.get("/backoffice/").status_code == 200
    clock.forward(hours=11)
    assert agent.get("/backoffice/").status_code == 200
    clock.forward(hours=2)

    answer = agent.post("/backoffice/language/", {"language": "ar"})

    assert answer["Location"] == "/fr/login/?next=%2Fbackoffice%2F"
    assert agent.get("/fr/account/").status_code == 302
    assert Person.objects.get(pk=house.people["agent"].pk).language == "fr"


def test_an_old_login_does_not_open_the_desk(house, clock):
    agent = house.browser("agent")
    clock.forward(minutes=31)

    answer = agent.get("/backoffice/claims/")

    assert answer["Location"] == "/fr/login/?next=%2Fbackoffice%2Fclaims%2F"


def test_a_role_that_is_gone_closes_the_desk(house):
    agent = house.browser("agent")
    assert agent.get("/backoffice/").status_code == 200
    Person.objects.filter(pk=house.people["agent"].pk).update(staff_role="")

    assert agent.get("/backoffice/").status_code == 404


def test_a_tally_is_one_query(house, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert tally(failed=in_state("failed"), sent=in_state("sent")) == {"failed": 1, "sent": 0}


def test_forms_carry_a_token(house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.people["agent"])

    answer = client.post(f"/backoffice/claims/{house.claim.pk}/approve/")

    assert answer.status_code == 403
    house.claim.refresh_from_db()
    assert house.claim.state == "pending"


def test_what_is_not_there_leads_back_to_the_desk(house):
    missing = "/backoffice/cooperatives/999999/"
    answer = house.browser("agent").get(missing)
    assert (answer.status_code, 'href="/backoffice/"' in answer.text) == (404, True)
    assert "/products/" not in answer.text.partition("<main")[2].partition("</main>")[0]
    stranger = house.browser("customer").get(missing)
    assert "/backoffice/" not in stranger.text.partition("<main")[2].partition("</main>")[0]


COSTS = [
    ("", 7),
    ("claims/", 5),
    ("claims/?state=refused", 4),
    ("claims/{claim}/", 13),
    ("cooperatives/?kind=suspended", 4),
    ("cooperatives/?words=tifaout", 5),
    ("cooperatives/add/", 3),
    ("cooperatives/{coop}/", 7),
    ("cooperatives/{coop}/correct/", 5),
    ("cooperatives/{coop}/?show=products", 5),
    ("cooperatives/{coop}/?show=orders", 5),
    ("cooperatives/{coop}/?show=journal", 10),
    ("cooperatives/{coop}/?show=behalf", 5),
    ("duplicates/", 6),
    ("duplicates/?state=different", 5),
    ("duplicates/{coop}/{twin}/", 14),
    ("merges/", 5),
    ("reports/", 6),
    ("products/", 6),
    ("products/?words=huile", 6),
    ("products/{product}/", 5),
    ("products/{product}/?show=journal", 6),
    ("orders/", 5),
    ("orders/{order}/", 6),
    ("orders/{order}/?show=journal", 6),
    ("moderation/", 5),
    ("moderation/?kind=questions", 5),
    ("tickets/", 6),
    ("tickets/?state=closed", 6),
    ("tickets/{ticket}/", 7),
    ("conversations/", 7),
    ("conversations/{dialogue}/", 6),
    ("campaigns/", 6),
    ("campaigns/new/", 3),
    ("campaigns/{campaign}/", 6),
    ("vocabulary/", 5),
    ("vocabulary/?show=review", 5),
    ("vocabulary/?show=decided", 5),
    ("categories/", 4),
    ("categories/{category}/", 4),
    ("labels/", 4),
    ("selections/", 5),
    ("selections/{selection}/", 6),
    ("fees/", 6),
    ("people/", 5),
    ("people/{person}/", 5),
    ("keys/", 5),
    ("messages/", 5),
    ("gateways/", 9),
    ("audit/", 6),
]


@pytest.mark.parametrize(("path", "queries"), COSTS)
@pytest.mark.parametrize("rows", [1, 3])
def test_what_a_page_costs(house, django_assert_num_queries, path, queries, rows):
    for name in ("catalogue.product", "cooperatives.cooperative", "orders.order"):
        thing = {"product": house.product, "cooperative": house.coop, "order": house.order}
        subject = f"{name}:{thing[name.partition('.')[2]].pk}"
        by = house.people["administrator"].pk
        Entry.objects.create(
            name="price-changed", subject=subject, facts={}, channel="staff", person_id=by
        )
    for asked in (house.invitation, *InvitationFactory.create_batch(rows - 1)):
        subject = f"cooperatives.cooperative:{house.coop.pk}"
        facts = {"invitation_id": asked.pk}
        Entry.objects.create(name="invitation-made", subject=subject, facts=facts, channel="staff")
    SelectedProduct.objects.create(selection=house.selection, product=house.product)
    for _ in range(rows):
        OrderFactory(cooperative=house.coop, changed_at=timezone.now() - timedelta(days=2))
    for _ in range(rows - 1):
        ClaimFactory(cooperative=CooperativeFactory())
        MembershipFactory(cooperative=house.coop)
        InvitationFactory(cooperative=house.coop)
        ReviewFactory(state="reported")
        QuestionFactory(state="reported")
        ProductFactory(cooperative=house.coop)
        PersonFactory(staff_role="editor")
        message("failed")
        other = MembershipFactory(cooperative=house.coop).person
        Dialogue.objects.create(phone=other.phone)
        Ticket.objects.create(phone=other.phone, cooperative=house.coop)
        Unclear.objects.create(inbound_id=100 + other.pk, text="kbaltha")
    for place in range(rows):
        by = house.people["editor"]
        facts = {"intent": "SHIP", "voice": "ary", "proposed_by": by, "unclear": house.unclear}
        TaughtWord.objects.create(word=f"sift{place}", **facts)
        TaughtWord.objects.create(word=f"rfed{place}", state="approved", decided_by=by, **facts)
        Ticket.objects.create(phone=f"+21266123456{place}", state="closed", taken_by=by)
        message("sent", cooperative_id=house.coop.pk, sent_at=timezone.now())
    ids = {
        name: getattr(house, name).pk
        for name in ("claim", "coop", "twin", "product", "order", "category", "selection", "person")
    }
    for _ in range(rows - 1):
        Campaign.objects.create(title="Atelier", text_fr="Bonjour")
    ids |= {"ticket": house.ticket.pk, "campaign": house.campaign.pk, "dialogue": house.dialogue.pk}
    administrator = house.browser("administrator")
    address = f"/backoffice/{path.format(**ids)}"
    administrator.get(address)  # Places and the strip of categories are remembered now.

    with django_assert_num_queries(queries):
        assert administrator.get(address).status_code == 200
