from __future__ import annotations

import pytest

from taawon.campaigns.errors import NoOwnPhone, NoText, WrongCampaignState
from taawon.campaigns.models import Campaign
from taawon.campaigns.services import running, writing
from taawon.core.errors import Invalid, NotFound
from taawon.messaging.models import Lane, Message
from tests import trail
from tests.campaigns.build import FR, campaign, member, wish
from tests.factories import RegionFactory, actor, staff
from tests.factories import member as plain_member

pytestmark = pytest.mark.django_db


def test_a_draft_is_written_and_changed():
    by = staff("editor")
    made = campaign(by, languages=["fr"], roles=["president"])
    writing.change(made.pk, wish(title="Foire"), by=by)
    made.refresh_from_db()
    assert (made.title, made.text_fr, made.languages, made.state) == ("Foire", FR, [], "draft")
    assert trail.names() == ["campaign-written", "campaign-written"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"texts": {"en": "Hello"}}, "text_fr"),
        ({"texts": {"fr": "{nom}"}}, "text_fr"),
        ({"who": "all"}, "who"),
        ({"regions": ["MA-99"]}, "regions"),
        ({"sectors": ["gold"]}, "sectors"),
        ({"roles": ["king"]}, "roles"),
        ({"languages": ["es"]}, "languages"),
        ({"who": "customers", "roles": ["president"]}, "roles"),
        ({"who": "everybody", "sectors": ["argan"]}, "sectors"),
        ({"texts": {"fr": "{name!r}"}}, "text_fr"),
        ({"texts": {"fr": "{{name}}"}}, "text_fr"),
        ({"active_days": 0}, "active_days"),
        ({"silent_days": 4000}, "silent_days"),
        ({"texts_a_minute": 9}, "texts_a_minute"),
        ({"texts_a_minute": 10_001}, "texts_a_minute"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(wrong, field):
    with pytest.raises(Invalid) as refused:
        campaign(**wrong)
    assert refused.value.field == field
    assert Campaign.objects.count() == 0
    assert trail.names() == []


def test_a_text_in_french_or_arabic_is_needed():
    with pytest.raises(NoText):
        campaign(texts={"fr": " "})


def test_an_agent_of_a_region_writes_to_it_alone():
    south = RegionFactory()
    agent = staff("agent", staff_region=south)
    made = campaign(agent, regions=[])
    assert (made.region_id, made.regions) == ("MA-09", ["MA-09"])
    north = staff("agent", staff_region=RegionFactory(code="MA-01"))
    with pytest.raises(NotFound):
        writing.change(made.pk, wish(title="Autre"), by=north)
    made.refresh_from_db()
    assert made.title == "Atelier"


def test_nobody_else_writes_campaigns():
    for by in (actor(), plain_member(member().memberships.get().cooperative)):
        with pytest.raises(NotFound):
            campaign(by)
    assert Campaign.objects.count() == 0


def test_it_is_tried_on_ones_own_phone(clock):
    by = staff("editor", phone="+212661000001", name="Nadia")
    made = campaign(by)
    assert writing.try_out(made.pk, by=by) == 2
    writing.try_out(made.pk, by=by)
    sent = Message.objects.order_by("pk").values_list("to", "text", "lane", "language")
    assert list(sent) == [
        (
            "+212661000001",
            "Taawon: Bonjour Nadia, un atelier a Agadir le 3 mars. STOP au 2255",
            Lane.REPLY,
            "fr",
        ),
        (
            "+212661000001",
            "تعاون: ورشة في أكادير يوم 3 مارس. للإيقاف: توقف إلى 2255",
            Lane.REPLY,
            "ar",
        ),
    ]


def test_a_landline_cannot_try_it():
    by = staff("editor", phone="+212528123456")
    made = campaign(by)
    with pytest.raises(NoOwnPhone):
        writing.try_out(made.pk, by=by)
    assert Message.objects.count() == 0


def test_only_a_draft_is_changed_or_thrown_away():
    member()
    by = staff("editor")
    sent, thrown = campaign(by), campaign(by)
    running.submit(sent.pk, by=by)
    for refused in (
        lambda: writing.change(sent.pk, wish(title="Autre"), by=by),
        lambda: writing.remove(sent.pk, by=by),
    ):
        with pytest.raises(WrongCampaignState):
            refused()
    writing.remove(thrown.pk, by=by)
    assert list(Campaign.objects.values_list("pk", "title")) == [(sent.pk, "Atelier")]
