from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from taawon.conversations import queries
from taawon.conversations.models import Dialogue, Ticket
from taawon.core.errors import NotFound
from taawon.messaging import services
from taawon.messaging.models import InboundText, Message
from tests.factories import CooperativeFactory, MembershipFactory, RegionFactory, staff

PHONE = "+212612345678"
_numbers = count()
pytestmark = pytest.mark.django_db


def wrote(minutes_ago: int = 0, text: str = "oui") -> InboundText:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    return InboundText.objects.create(
        digest=str(next(_numbers)), gateway="test", sender=PHONE, text=text, received_at=at
    )


def was_told(minutes_ago: int = 0, text: str = "Salam") -> Message:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    return Message.objects.create(key=str(next(_numbers)), to=PHONE, text=text, queued_at=at)


def test_an_agent_reads_the_texts_of_members_of_the_region():
    here, north = RegionFactory(), RegionFactory(code="MA-01")
    one = MembershipFactory()
    left = MembershipFactory(ended_at=timezone.now())
    strangers = Dialogue.objects.create(phone=PHONE)
    member = Dialogue.objects.create(phone=one.person.phone)
    former = Dialogue.objects.create(phone=left.person.phone)

    def seen(role: str, own=None, **narrowed):
        by = staff(role, staff_region=own)
        return list(queries.dialogues(by=by, **narrowed))

    assert seen("agent", here) == [member]
    assert seen("agent", north) == []
    assert seen("agent", here, region="MA-01") == []
    assert seen("agent") == [former, member, strangers]
    assert seen("administrator", region=here.code) == [member]
    assert seen("editor") == []
    with pytest.raises(NotFound):
        queries.dialogue(strangers.pk, by=staff("agent", staff_region=here))


def test_whom_a_phone_speaks_for(django_assert_num_queries):
    one = MembershipFactory(person__name="Amina", person__phone=PHONE)
    two = MembershipFactory(person=one.person)
    MembershipFactory(person=one.person, ended_at=timezone.now())
    with django_assert_num_queries(1):
        found = queries.speak_for([PHONE, "+212600000000"])
    assert list(found) == [PHONE]
    assert [(each.person_name, each.cooperative_id) for each in found[PHONE]] == [
        ("Amina", one.cooperative_id),
        ("Amina", two.cooperative_id),
    ]


def test_a_thread_is_read_in_the_order_of_time(clock, django_assert_num_queries):
    first, answer = wrote(), was_told()
    old = was_told(60)
    new = wrote(-1)
    with django_assert_num_queries(2):
        texts, earlier = queries.thread(PHONE)
    assert [one.inbound or one.outbound for one in texts] == [old, first, answer, new]
    assert not earlier
    texts, earlier = queries.thread(PHONE, most=2)
    assert [one.inbound or one.outbound for one in texts] == [answer, new]
    assert earlier
    texts, earlier = queries.thread(PHONE, most=2, before=first.received_at)
    assert ([one.outbound for one in texts], earlier) == ([old], False)


def test_calls_by_state_and_region():
    by, coop = staff(), CooperativeFactory()
    stranger = Ticket.objects.create(phone=PHONE)
    member = Ticket.objects.create(phone="+212612345679", cooperative=coop, state="taken")
    now = timezone.now()
    closed = [
        Ticket.objects.create(phone=PHONE, state="closed", closed_at=now - timedelta(days=ago))
        for ago in (2, 1)
    ]
    assert list(queries.tickets(by=by)) == [stranger, member]
    assert list(queries.tickets(by=by, state="open")) == [stranger]
    assert list(queries.tickets(by=by, state="closed")) == closed[::-1]
    assert list(queries.tickets(by=by, region=coop.region_id)) == [member]
    assert list(queries.tickets_waiting("MA-01")) == [stranger]
    assert list(queries.tickets_waiting(None)) == [stranger]
    assert queries.ticket(member.pk, by=by) == member
    with pytest.raises(NotFound):
        queries.ticket(member.pk, by=staff("agent", staff_region=RegionFactory(code="MA-01")))


@pytest.mark.parametrize("rows", [1, 3])
def test_which_texts_were_answered(django_assert_num_queries, rows):
    for number in range(rows):
        services.queue("+212661234567", "Salam", key=f"sms.inbound:{number}:reply")
    with django_assert_num_queries(1):
        assert queries.answered([0, 1, 2, 9]) == set(range(rows))
