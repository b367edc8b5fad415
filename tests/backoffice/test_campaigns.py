"""Campaigns at the desk: written, looked at, approved, followed."""

from __future__ import annotations

import pytest

from taawon.campaigns.models import Campaign
from taawon.campaigns.services import feeding
from taawon.messaging import consent
from taawon.messaging.models import Message
from tests.backoffice.build import levels, lines
from tests.campaigns.build import by_day, member
from tests.factories import MembershipFactory

LIST = "/backoffice/campaigns/"
TYPED = {
    "title": "Atelier",
    "text_fr": "Bonjour {name}.",
    "who": "members",
    "texts_a_minute": "600",
}


@pytest.fixture
def editor(house):
    return house.browser("editor")


@pytest.fixture(autouse=True)
def _nobody_is_nudged(monkeypatch):
    monkeypatch.setattr("taawon.messaging.services.nudge", lambda: None)


def kept(client, **more) -> Campaign:
    answer = client.post(f"{LIST}new/", {**TYPED, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    return Campaign.objects.latest("pk")


def test_a_draft_shows_texts_people_and_cost(house, editor, settings):
    settings.SMS_GATEWAYS = {"memory": {"kind": "memory", "centimes_a_segment": 20}}
    member()
    member(agreed=False)
    made = kept(editor, text_ar="سلام {name}", activity="silent-30", roles=["president"])
    assert (made.silent_days, made.active_days, made.roles) == (30, None, ["president"])
    page = editor.get(f"{LIST}{made.pk}/")
    told = page.context["preview"]
    assert [one["text"] for one in told["texts"]] == [
        f"Taawon: Bonjour {house.people['editor'].name}. STOP au 2255",
        f"تعاون: سلام {house.people['editor'].name} للإيقاف: توقف إلى 2255",
    ]
    assert (told["reach"].allowed, told["cost"].centimes) == (1, 20)
    held = [(str(label), n) for label, n in told["held"]]
    assert held == [("n’a jamais accepté les annonces", 2)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"text_fr": ""}, "text_fr"),
        ({"text_fr": "{nom}"}, "text_fr"),
        ({"who": "customers", "text_fr": "{cooperative}"}, "text_fr"),
        ({"texts_a_minute": "5"}, "texts_a_minute"),
        ({"regions": ["MA-99"]}, "regions"),
        ({"activity": "asleep"}, "activity"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(editor, wrong, field):
    before = Campaign.objects.count()
    answer = editor.post(f"{LIST}new/", {**TYPED, **wrong})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Campaign.objects.count() == before


def test_from_a_draft_to_the_report(house, editor, clock):
    by_day(clock)
    member()
    made = kept(editor)
    page = f"{LIST}{made.pk}/"
    assert levels(editor.post(f"{page}submit/")) == ["success"]
    feeding.feed_all()
    clock.forward(seconds=2)
    feeding.feed_all()
    part = editor.get(page, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 3s"' in part
    assert "<html" not in part
    assert editor.get(page).context["report"]["all"].on_the_way == 1
    assert levels(editor.post(f"{page}pause/")) == ["success"]
    assert Message.objects.filter(lane=3).count() == 0
    assert "every 3s" not in editor.get(page).content.decode()
    assert levels(editor.post(f"{page}stop/")) == ["success"]
    text = editor.get(f"{page}?file=csv").getvalue().decode()
    assert "Français" in text
    assert [name for name, _, _ in lines()][-4:] == [
        "campaign-written",
        "campaign-started",
        "campaign-paused",
        "campaign-stopped",
    ]


def test_a_large_one_is_approved_by_somebody_else(house, editor, settings):
    settings.CAMPAIGN_APPROVAL_FROM = 1
    member()
    made = kept(editor)
    page = f"{LIST}{made.pk}/"
    editor.post(f"{page}submit/")
    assert levels(editor.post(page, TYPED)) == ["warning"]
    assert levels(editor.post(f"{page}approve/")) == ["warning"]
    assert "approve/" not in editor.get(page).content.decode()
    administrator = house.browser("administrator")
    waiting = administrator.get("/backoffice/").context["todo"]
    assert (f"{LIST}?state=review", 1) in [(line["url"], line["count"]) for line in waiting]
    assert "approve/" in administrator.get(page).content.decode()
    administrator.post(
        f"{page}approve/", {"version": administrator.get(page).context["campaign"].version}
    )
    made.refresh_from_db()
    assert (made.state, made.approved_by) == ("sending", house.people["administrator"])


def test_nobody_to_write_to(house, editor):
    made = kept(editor)
    assert levels(editor.post(f"{LIST}{made.pk}/submit/")) == ["warning"]


def test_an_agent_writes_to_the_own_region(house):
    agent = house.browser("agent")
    assert "regions" not in agent.get(f"{LIST}new/").context["form"].fields
    made = kept(agent)
    assert made.regions == ["MA-09"]
    assert house.browser("elsewhere").get(f"{LIST}{made.pk}/").status_code == 404
    assert [row["one"] for row in agent.get(LIST).context["rows"]] == [made]


def test_a_draft_is_thrown_away(house, editor):
    made = kept(editor)
    answer = editor.post(f"{LIST}{made.pk}/remove/")
    assert (answer["Location"], Campaign.objects.filter(pk=made.pk).exists()) == (LIST, False)


def test_consent_on_paper(house):
    administrator = house.browser("administrator")
    person = MembershipFactory().person
    page = f"/backoffice/people/{person.pk}/"
    administrator.post(f"{page}agree/")
    assert consent.may_announce(person.phone) is True
    assert "papier" in administrator.get(page).content.decode()
    administrator.post(f"{page}decline/")
    assert consent.may_announce(person.phone) is False


def test_who_did_what_to_it_can_be_read(house, editor):
    made = kept(editor)
    trail = f"/backoffice/audit/?subject=campaigns.campaign:{made.pk}"
    assert editor.get(trail).status_code == 200
    assert house.browser("agent").get(trail).status_code == 404
