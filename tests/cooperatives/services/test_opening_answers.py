"""A number that was invited says yes or no, or nothing for so long that it is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from taawon.accounts.errors import AccountClosed
from taawon.accounts.models import Person
from taawon.cooperatives.errors import (
    CannotSell,
    InvitationOver,
)
from taawon.cooperatives.models import Invitation, Membership, Shop
from taawon.cooperatives.services import opening
from taawon.cooperatives.states import (
    CooperativeStatus,
    InvitationState,
    Role,
)
from taawon.core.actor import Actor, Channel
from taawon.core.errors import NotFound
from taawon.journal.clock import tick
from taawon.journal.models import Entry
from tests import trail
from tests.cooperatives.build import PHONE, UNKNOWN, invite, state
from tests.factories import (
    CooperativeFactory,
    InvitationFactory,
    MembershipFactory,
    PersonFactory,
    ShopFactory,
    actor,
    staff,
)

pytestmark = pytest.mark.django_db


def test_a_yes_makes_a_person_a_member_and_a_shop() -> None:
    invitation = InvitationFactory(phone=PHONE, language="ar", role=Role.MANAGER)

    opening.confirm(invitation.pk, PHONE, by=UNKNOWN)

    person = Person.objects.get(phone=PHONE)
    assert (person.name, person.language) == ("Rahma Tiwi", "ar")
    assert person.has_usable_password() is False
    membership = Membership.objects.get()
    assert (membership.person, membership.role) == (person, "manager")
    assert Shop.objects.get().pk == invitation.cooperative_id
    assert state(invitation) == "confirmed"
    assert invitation.settled_at is not None
    coop = f"cooperatives.cooperative:{invitation.cooperative_id}"
    assert trail.events() == [
        ("person-joined", f"accounts.person:{person.pk}"),
        ("invitation-confirmed", coop),
        ("member-joined", coop),
        ("shop-opened", coop),
    ]
    who = Entry.objects.values_list("person_id", "channel", "for_cooperative")
    assert set(who) == {(person.pk, "sms", None)}
    assert trail.fed() == [("cooperative", invitation.cooperative_id)]


def test_a_yes_of_somebody_known_leaves_name_and_shop() -> None:
    person = PersonFactory(phone=PHONE, name="Aïcha", language="fr")
    shop = ShopFactory(last_product_number=7)
    invitation = InvitationFactory(phone=PHONE, cooperative=shop.cooperative, language="ar")

    opening.confirm(invitation.pk, PHONE, by=actor(person, Channel.SMS))

    person.refresh_from_db()
    shop.refresh_from_db()
    assert (person.name, person.language, shop.last_product_number) == ("Aïcha", "fr", 7)
    assert trail.names() == ["invitation-confirmed", "member-joined"]


def test_a_yes_lowers_no_role() -> None:
    president = MembershipFactory()
    invitation = InvitationFactory(
        phone=president.person.phone, cooperative=president.cooperative, role=Role.MANAGER
    )

    opening.confirm(invitation.pk, president.person.phone, by=actor(president.person, Channel.SMS))

    president.refresh_from_db()
    assert (president.role, Membership.objects.count()) == ("president", 1)


def test_a_no_changes_nothing_else() -> None:
    invitation = InvitationFactory(phone=PHONE)

    opening.decline(invitation.pk, PHONE, by=UNKNOWN)

    assert (state(invitation), Person.objects.count(), Shop.objects.count()) == ("declined", 0, 0)
    [entry] = Entry.objects.all()
    assert (entry.name, entry.channel, entry.person_id) == ("invitation-declined", "sms", None)


ANSWERS: list[Callable[..., Invitation]] = [opening.confirm, opening.decline]


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_the_number_answers_and_once(answer: Callable[..., Invitation]) -> None:
    invitation = InvitationFactory(phone=PHONE)
    for pk, phone in ((invitation.pk, "+212655000001"), (invitation.pk, ""), (0, PHONE)):
        with pytest.raises(NotFound):
            answer(pk, phone, by=UNKNOWN)
    assert (state(invitation), trail.events()) == ("waiting", [])

    answer(invitation.pk, PHONE, by=UNKNOWN)
    before = trail.events()
    for again in ANSWERS:
        with pytest.raises(InvitationOver):
            again(invitation.pk, PHONE, by=UNKNOWN)
    assert trail.events() == before


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_after_thirty_days_is_too_late(answer, clock) -> None:
    invitation = invite(CooperativeFactory(), staff())
    clock.forward(days=30)
    with pytest.raises(InvitationOver):
        answer(invitation.pk, PHONE, by=UNKNOWN)
    assert (state(invitation), Membership.objects.count()) == ("waiting", 0)


def test_a_yes_is_refused_where_nothing_can_be_opened() -> None:
    dissolved = InvitationFactory(phone=PHONE, cooperative__status=CooperativeStatus.DISSOLVED)
    with pytest.raises(CannotSell):
        opening.confirm(dissolved.pk, PHONE, by=UNKNOWN)
    closed = PersonFactory(is_active=False)
    invitation = InvitationFactory(phone=closed.phone)
    with pytest.raises(AccountClosed):
        opening.confirm(invitation.pk, closed.phone, by=UNKNOWN)
    assert {state(dissolved), state(invitation)} == {"waiting"}
    assert (Membership.objects.count(), Shop.objects.count(), trail.events()) == (0, 0, [])


def test_the_clock_ends_and_blanks_what_is_old(clock) -> None:
    waiting = InvitationFactory(expires_at=clock.now() + timedelta(days=30))
    settled = InvitationFactory(
        expires_at=clock.now() + timedelta(days=30), state=InvitationState.DECLINED
    )
    assert opening.expire_due(by=Actor.system()) == 0
    clock.forward(days=30)
    newer = InvitationFactory(expires_at=clock.now() + timedelta(days=1))

    assert opening.expire_due(by=Actor.system()) == 2
    assert opening.expire_due(by=Actor.system()) == 0

    assert (state(waiting), state(settled), state(newer)) == ("expired", "declined", "waiting")
    assert {(one.phone, one.name) for one in (waiting, settled)} == {("", "")}
    assert newer.phone != ""
    assert waiting.checked == "Papiers vus à la délégation"
    assert trail.names() == ["invitation-expired"]
    [entry] = Entry.objects.all()
    assert (entry.channel, entry.person_id) == ("system", None)


def test_it_is_a_job_of_the_clock() -> None:
    assert "taawon.cooperatives.tasks.expire_invitations" in tick()


def test_forget_takes_number_and_name_away() -> None:
    waiting = InvitationFactory(phone=PHONE)
    confirmed = InvitationFactory(phone=PHONE, state=InvitationState.CONFIRMED)
    other = InvitationFactory()

    opening.forget(PHONE)

    assert (state(waiting), state(confirmed), state(other)) == (
        "withdrawn",
        "confirmed",
        "waiting",
    )
    assert {(one.phone, one.name) for one in (waiting, confirmed)} == {("", "")}
    assert other.name == "Rahma Tiwi"
