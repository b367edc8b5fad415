"""The texts of a number: each look on record, no code shown, and a phone to try."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.conversations.models import Dialogue
from taawon.conversations.services import dialogues
from taawon.messaging.models import Fate, InboundText, Lane
from tests.backoffice.build import SELLER, levels, lines, message

LIST = "/backoffice/conversations/"
READ = "conversation-read"


@pytest.fixture
def agent(house):
    return house.browser("agent")


@pytest.fixture
def page(house):
    return f"{LIST}{house.dialogue.pk}/"


def ago(**span):
    return timezone.now() - timedelta(**span)


def wrote(text, number=1, **columns):
    facts = {"digest": str(number), "gateway": "test", "sender": SELLER, "text": text} | columns
    return InboundText.objects.create(**facts)


def told(text, number=1, state="sent", **columns):
    return message(state, to=SELLER, text=text, lane=Lane.REPLY, **columns)


def test_phones_that_wrote_lately(house, agent):
    stranger = Dialogue.objects.create(phone="+212661234567")

    rows = agent.get(LIST).context["rows"]

    assert [(row["dialogue"], row["masked"]) for row in rows] == [(house.dialogue, "…22")]
    assert [one["for"].cooperative_id for one in rows[0]["speaks"]] == [house.coop.pk]
    assert "55 44 33" not in agent.get(LIST).content.decode()
    administrator = house.browser("administrator")
    rows = administrator.get(LIST).context["rows"]
    assert [row["dialogue"] for row in rows] == [stranger, house.dialogue]
    rows = administrator.get(f"{LIST}?region=MA-01").context["rows"]
    assert rows == []
    assert house.browser("elsewhere").get(LIST).context["rows"] == []


def test_the_texts_are_shown_on_record(house, agent, page):
    wrote("oui 47", received_at=ago(minutes=5))
    told("Cmd 47 acceptee.", queued_at=ago(minutes=4), fate=Fate.DELIVERED, segments=2)
    hidden = agent.get(page).content.decode()
    assert lines() == []

    answer = agent.post(f"{page}read/")

    shown = answer.content.decode()
    for words in ("oui 47", "Cmd 47 acceptee.", f"tel:{SELLER}"):
        assert words not in hidden
        assert words in shown
    bubbles = answer.context["bubbles"]
    assert [(one["came"], one["text"], one["segments"]) for one in bubbles] == [
        (True, "oui 47", 0),
        (False, "Cmd 47 acceptee.", 2),
    ]
    assert lines() == [(READ, "staff", house.people["agent"].pk)]


def test_how_far_each_came(agent, page):
    told("a", fate=Fate.ACCEPTED)
    told("b", fate=Fate.LOST)
    told("c", state="queued", in_doubt=True)
    told("d", state="failed", trouble="http-500")
    told("e", fate=Fate.UNKNOWN)
    wrote("f", state="failed", received_at=ago(minutes=-1))

    bubbles = agent.post(f"{page}read/").context["bubbles"]

    assert [(one["tone"], one["in_doubt"], one["trouble"]) for one in bubbles] == [
        ("", False, ""),
        ("error", False, ""),
        ("plain", True, ""),
        ("error", False, "http-500"),
        ("", False, ""),
        ("error", False, ""),
    ]
    assert len({str(one["state"]) for one in bubbles}) == 6


def test_no_code_and_no_secret_is_shown(house, agent, page):
    message("sent", to=SELLER, text="123456 est votre code", lane=Lane.CODE)
    told("Suivre : https://taawon.ma/fr/orders/A/?key=s3cr3t", queued_at=ago(hours=1))
    told("Repondez 8315 pour confirmer")
    dialogues.await_code(house.dialogue, {"intent": "REFUSE"})
    house.dialogue.save()

    shown = agent.post(f"{page}read/").content.decode()

    assert "Suivre" in shown
    for word in ("123456", "s3cr3t", "8315"):
        assert word not in shown
    house.dialogue.awaited_until = ago(minutes=1)
    house.dialogue.save()
    assert "8315" in agent.post(f"{page}read/").content.decode()


def test_earlier_texts(agent, page):
    for number in range(51):
        wrote(f"t{number}.", number, received_at=ago(hours=51 - number))
    answer = agent.post(f"{page}read/")
    assert answer.context["bubbles"][0]["text"] == "t1."

    older = agent.post(f"{page}read/", {"before": answer.context["earlier"]})

    assert [one["text"] for one in older.context["bubbles"]] == ["t0."]
    assert older.context["earlier"] == ""
    for before in ("x", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00"):
        assert len(agent.post(f"{page}read/", {"before": before}).context["bubbles"]) == 50


@pytest.mark.parametrize("written", ["0655443322", "٠٦٥٥٤٤٣٣٢٢", "+212 6 55 44 33 22"])
def test_by_a_number_in_any_form(house, agent, written):
    answer = agent.post(f"{LIST}find/", {"phone": written})

    assert answer.context["talk"] == house.dialogue
    assert lines() == [(READ, "staff", house.people["agent"].pk)]


def test_what_one_may_not_read_is_not_found(house):
    elsewhere = house.browser("elsewhere")
    for written in ("0655443322", "0600000000", "oui", ""):
        answer = elsewhere.post(f"{LIST}find/", {"phone": written})
        assert (answer["Location"], levels(answer)[-1]) == (LIST, "warning")
    assert lines() == []


def test_a_phone_to_try_changes_nothing(house, agent, page):
    answer = agent.post(f"{page}try/", {"text": "stock 9 12"})

    told = answer.context["told"]
    assert (told["asks"], told["refused"]) == (False, "")
    assert "9" in told["reply"]
    assert answer.context["bubbles"] == []
    assert lines() == []
    assert InboundText.objects.count() == 0
    with_texts = agent.post(f"{page}try/", {"text": "stop", "open": "yes"})
    assert with_texts.context["is_open"]
    assert [name for name, *_ in lines()] == [READ]
    assert agent.post(f"{page}try/", {"text": ""}).status_code == 422


def test_what_is_tried_is_said_in_words(house, agent, page):
    house.product.number = 3
    house.product.save()

    told = agent.post(f"{page}try/", {"text": "prix 3 85,50"}).context["told"]

    assert [str(fact) for _label, fact in told["args"]] == ["3", "85,50\u00a0DH"]
    house.product.refresh_from_db()
    assert house.product.price_centimes == 12000
    told = agent.post(f"{page}try/", {"text": "ventes"}).context["told"]
    assert [str(fact) for _label, fact in told["args"]] not in ([], ["today"])
    assert agent.post(f"{page}try/", {"text": "pas ok 47"}).context["told"]["intent"] == ""


def test_codes_are_not_tried(house, agent, page):
    dialogues.await_code(house.dialogue, {"intent": "REFUSE", "args": {}, "cooperative": 1})
    house.dialogue.save()
    for text in ("8315", "٨٣١٥", "8 3-1 5."):
        told = agent.post(f"{page}try/", {"text": text}).context["told"]
        assert told["refused"] != ""
        assert told["reply"] == ""
    assert agent.post(f"{page}try/", {"text": "aide"}).context["told"]["refused"] == ""
