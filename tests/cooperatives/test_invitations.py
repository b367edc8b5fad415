from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.cooperatives import invitations, privacy
from taawon.cooperatives.states import InvitationState
from tests.factories import InvitationFactory, PersonFactory

pytestmark = pytest.mark.django_db
PHONE = "+212655000000"


@pytest.mark.parametrize("many", [1, 3])
def test_what_waits_for_a_phone(many: int, django_assert_num_queries) -> None:
    made = [InvitationFactory(phone=PHONE, language="ar") for _ in range(many)]
    InvitationFactory()
    InvitationFactory(phone=PHONE, state=InvitationState.DECLINED)
    InvitationFactory(phone=PHONE, expires_at=timezone.now() - timedelta(seconds=1))

    with django_assert_num_queries(1):
        found = invitations.waiting_for(PHONE)
        shown = [(one.id, one.name("fr"), one.name("ar"), one.language) for one in found]

    assert shown == [
        (one.pk, one.cooperative.name_fr, one.cooperative.name_ar, "ar") for one in made
    ]


def test_of_a_cooperative_the_newest_first() -> None:
    one = InvitationFactory()
    two = InvitationFactory(cooperative=one.cooperative)
    InvitationFactory()
    assert list(invitations.of_cooperative(one.cooperative_id)) == [two, one]


def test_what_was_checked() -> None:
    one, two = InvitationFactory(checked="Statuts vus"), InvitationFactory()
    assert invitations.what_was_checked({one.pk}) == {one.pk: "Statuts vus"}
    assert two.checked == "Papiers vus à la délégation"


def test_export_and_erase() -> None:
    person = PersonFactory(phone=PHONE)
    one = InvitationFactory(phone=PHONE)
    other = InvitationFactory()

    assert privacy.export(person.pk)["invitations"] == [
        {
            "cooperative_id": one.cooperative_id,
            "name": "Rahma Tiwi",
            "role": "president",
            "language": "fr",
            "checked": "Papiers vus à la délégation",
            "state": "waiting",
            "made_at": one.made_at.isoformat(),
        }
    ]
    assert privacy.export(PersonFactory(phone=None).pk)["invitations"] == []

    privacy.erase(person.pk)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.phone, one.name, other.state) == ("withdrawn", "", "", "waiting")
    assert privacy.export(person.pk)["invitations"] == []
