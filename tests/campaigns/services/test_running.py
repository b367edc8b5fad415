from __future__ import annotations

import pytest

from taawon.campaigns.errors import NobodyToWriteTo, OwnCampaign, WrittenSince, WrongCampaignState
from taawon.campaigns.models import Addressee, Campaign
from taawon.campaigns.services import feeding, running, writing
from taawon.campaigns.states import NEXT, State
from taawon.core.actor import Actor
from taawon.core.errors import NotFound
from taawon.messaging.models import Message
from tests import trail
from tests.campaigns.build import by_day, campaign, member, wish
from tests.factories import RegionFactory, staff

pytestmark = pytest.mark.django_db


def approve(campaign_id: int, *, by: Actor) -> Campaign:
    version = Campaign.objects.get(pk=campaign_id).version
    return running.approve(campaign_id, version, by=by)


STEPS = {
    running.submit: State.DRAFT,
    approve: State.REVIEW,
    running.send_back: State.REVIEW,
    running.pause: State.SENDING,
    running.resume: State.PAUSED,
}


@pytest.fixture(autouse=True)
def _nobody_is_nudged(monkeypatch):
    monkeypatch.setattr("taawon.messaging.services.nudge", lambda: None)


def test_a_small_one_goes_off_at_once():
    member()
    by = staff("editor")
    made = running.submit(campaign(by).pk, by=by)
    assert (made.state, made.approved_by_id) == ("sending", None)
    assert trail.names() == ["campaign-written", "campaign-started"]


def test_a_large_one_waits_for_a_second_person(settings):
    settings.CAMPAIGN_APPROVAL_FROM = 2
    member()
    member()
    writer, reader = staff("editor"), staff("editor")
    made = running.submit(campaign(writer).pk, by=writer)
    assert made.state == "review"
    with pytest.raises(OwnCampaign):
        running.approve(made.pk, made.version, by=writer)
    assert (running.send_back(made.pk, by=reader)).state == "draft"
    running.submit(made.pk, by=writer)
    made = running.approve(made.pk, made.version, by=reader)
    assert (made.state, made.approved_by_id) == ("sending", reader.person_id)
    assert trail.names()[1:] == [
        "campaign-submitted",
        "campaign-sent-back",
        "campaign-submitted",
        "campaign-started",
    ]


def test_nobody_to_write_to():
    member(agreed=False)
    by = staff("editor")
    made = campaign(by)
    with pytest.raises(NobodyToWriteTo):
        running.submit(made.pk, by=by)
    made.refresh_from_db()
    assert made.state == "draft"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
@pytest.mark.parametrize("state", State)
def test_each_step_has_its_moment(step, state, settings):
    settings.CAMPAIGN_APPROVAL_FROM = 0
    member()
    made = campaign()
    type(made).objects.update(state=state)
    if STEPS[step] == state:
        step(made.pk, by=staff("administrator"))
        return
    with pytest.raises(WrongCampaignState):
        step(made.pk, by=staff("administrator"))
    made.refresh_from_db()
    assert (made.state, made.started_at) == (state, None)


def test_every_state_has_its_exits():
    assert set(NEXT) == set(State)


def test_another_region_knows_nothing_of_it():
    made = campaign(staff("agent", staff_region=RegionFactory()))
    north = staff("agent", staff_region=RegionFactory(code="MA-01"))
    for step in (*STEPS, running.stop):
        with pytest.raises(NotFound):
            step(made.pk, by=north)


def test_a_pause_takes_back_what_no_gateway_has_seen(clock):
    by_day(clock)
    for _ in range(3):
        member()
    by = staff("editor")
    made = running.submit(campaign(by, texts_a_minute=60).pk, by=by)
    feeding.feed_all()
    clock.forward(seconds=2)
    feeding.feed_all()
    first, second = Message.objects.order_by("pk")
    Message.objects.filter(pk=first.pk).update(state="sending")
    running.pause(made.pk, by=by)
    assert list(Message.objects.values_list("pk", flat=True)) == [first.pk]
    turns = Addressee.objects.order_by("pk").values_list("turn", flat=True)
    assert list(turns) == ["queued", "waiting", "waiting"]
    clock.forward(seconds=30)
    feeding.feed_all()
    assert Message.objects.count() == 1
    running.resume(made.pk, by=by)
    feeding.feed_all()
    assert Message.objects.count() == 1  # The pace begins anew.
    clock.forward(seconds=5)
    feeding.feed_all()
    assert list(Message.objects.values_list("key", flat=True).order_by("key")) == [
        f"campaigns.campaign:{made.pk}:{pk}"
        for pk in Addressee.objects.order_by("pk").values_list("pk", flat=True)
    ]
    assert second.key in Message.objects.values_list("key", flat=True)


def sent_off(clock) -> Campaign:
    by_day(clock)
    member()
    by = staff("editor")
    made = running.submit(campaign(by).pk, by=by)
    feeding.feed_all()
    clock.forward(seconds=2)
    feeding.feed_all()
    assert Message.objects.count() == 1
    return made


def test_what_its_line_could_not_take_is_taken_back_too(clock):
    made = sent_off(clock)
    Message.objects.update(tries=3, trouble="line-down")
    running.stop(made.pk, by=staff("administrator"))
    assert Message.objects.count() == 0
    assert Addressee.objects.get().turn == "waiting"


def test_a_text_in_doubt_waits_for_its_report_and_is_not_sent_again_after_a_stop(clock):
    made = sent_off(clock)
    Message.objects.update(in_doubt=True)
    running.pause(made.pk, by=staff("administrator"))
    assert Message.objects.get().state == "queued"
    running.stop(made.pk, by=staff("administrator"))
    assert (Message.objects.get().state, Message.objects.get().trouble) == ("failed", "abandoned")
    assert Addressee.objects.get().turn == "queued"


@pytest.mark.parametrize(("halt", "kept"), [(running.pause, 0), (running.stop, 0)])
def test_what_comes_back_from_the_road_late_does_not_leave_any_more(clock, halt, kept):
    made = sent_off(clock)
    Message.objects.update(state="sending")
    halt(made.pk, by=staff("administrator"))
    Message.objects.update(state="queued")
    running.take_back_late()
    assert Message.objects.count() == kept


def test_a_stop_is_for_good():
    member()
    by = staff("editor")
    made = running.submit(campaign(by).pk, by=by)
    running.stop(made.pk, by=by)
    with pytest.raises(WrongCampaignState):
        running.resume(made.pk, by=by)
    feeding.feed_all()
    assert Message.objects.count() == 0
    assert trail.names()[-1] == "campaign-stopped"


def test_what_was_rewritten_since_it_was_read_is_not_approved(settings):
    settings.CAMPAIGN_APPROVAL_FROM = 0
    member()
    writer, reader = staff("editor"), staff("editor")
    made = running.submit(campaign(writer).pk, by=writer)
    read = made.version
    running.send_back(made.pk, by=writer)
    writing.change(made.pk, wish(texts={"fr": "Envoyez votre RIB."}), by=writer)
    running.submit(made.pk, by=writer)
    with pytest.raises(WrittenSince):
        running.approve(made.pk, read, by=reader)
    made.refresh_from_db()
    assert (made.state, made.started_at) == ("review", None)


def test_an_audience_that_grew_before_it_was_written_down_waits_for_approval(clock, settings):
    settings.CAMPAIGN_APPROVAL_FROM = 3
    by_day(clock)
    member()
    by = staff("editor")
    made = running.submit(campaign(by).pk, by=by)
    member()
    member()
    feeding.feed_all()
    made.refresh_from_db()
    assert (made.state, Addressee.objects.count(), Message.objects.count()) == ("review", 0, 0)
    running.approve(made.pk, made.version, by=staff("administrator"))
    feeding.feed_all()
    assert Addressee.objects.count() == 3
