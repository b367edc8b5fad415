from __future__ import annotations

import pytest
from django.utils import translation

from taawon.cooperatives import events
from taawon.cooperatives.models import Invitation
from taawon.cooperatives.states import InvitationState
from taawon.messaging.models import Message
from taawon.messaging.rules import segments
from taawon.notifications import invitations as listeners
from tests.factories import InvitationFactory

pytestmark = pytest.mark.django_db
PHONE = "+212655000000"


def tell(invitation: Invitation, event: type[events.InvitationTold], times: int) -> None:
    listeners.ask_for_a_first_text(
        event(cooperative_id=invitation.cooperative_id, invitation_id=invitation.pk, times=times)
    )


def test_a_number_is_asked_once_each_time():
    invitation = InvitationFactory(phone=PHONE, language="en", cooperative__name_fr="Tifaout")
    for _ in range(2):
        tell(invitation, events.InvitationMade, 1)
        tell(invitation, events.InvitationRepeated, 2)

    text = "Taawon: will you sell for Tifaout? Answer YES to open its shop, DECLINE to refuse."
    assert list(Message.objects.order_by("pk").values_list("key", "to", "text", "language")) == [
        (f"cooperatives.invitation:{invitation.pk}:asked:{times}", PHONE, text, "en")
        for times in (1, 2)
    ]


@pytest.mark.parametrize("state", sorted(set(InvitationState) - {InvitationState.WAITING}))
def test_what_is_settled_is_not_asked(state):
    tell(InvitationFactory(state=state), events.InvitationMade, 1)
    assert Message.objects.count() == 0


@pytest.mark.parametrize("language", ["fr", "ar", "zgh", "en"])
def test_it_fits_one_segment(language):
    name = "Coopérative agricole féminine de l’arganier et des plantes aromatiques " * 2
    invitation = InvitationFactory(
        language=language, cooperative__name_fr=name, cooperative__name_ar=""
    )
    with translation.override("fr"):
        tell(invitation, events.InvitationMade, 1)
    [message] = Message.objects.all()
    assert (message.segments, segments(message.text)) == (1, 1)
