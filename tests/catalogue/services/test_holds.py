from __future__ import annotations

import pytest

from taawon.accounts.models import StaffRole
from taawon.catalogue import workspace
from taawon.catalogue.errors import AlreadyHeld, NotHeld
from taawon.catalogue.models import Hold
from taawon.catalogue.services import holds
from taawon.core.errors import Missing, NotAllowed, NotFound
from tests import trail
from tests.factories import PersonFactory, ProductFactory, RegionFactory, actor, member, staff

pytestmark = pytest.mark.django_db


def test_hold_answer_lift() -> None:
    product = ProductFactory()
    by = member(product.cooperative)

    held = holds.hold(product.pk, " L’étiquette\x00 manque. ", by=staff())

    product.refresh_from_db()
    assert (product.held, held.reason) == (True, "L’étiquette manque.")
    assert list(workspace.open_holds(product.cooperative_id)) == [held]

    holds.answer(product.pk, "Voici.", by=by)
    holds.answer(product.pk, "Voici la photo.", by=by)

    held.refresh_from_db()
    assert (held.answer, held.answered_at is None) == ("Voici la photo.", False)
    assert list(workspace.holds_waiting("MA-09")) == [held]

    holds.lift(product.pk, by=staff())

    product.refresh_from_db()
    assert (product.held, workspace.open_hold(product.pk)) == (False, None)
    assert list(workspace.holds_of(product.pk)) == [held]
    assert trail.names() == ["product-held", "hold-answered", "hold-answered", "hold-lifted"]
    assert trail.fed() == [("product", product.pk)] * 2
    holds.hold(product.pk, "Encore.", by=staff())
    assert Hold.objects.count() == 2


def test_hold_once_and_with_a_reason() -> None:
    product = ProductFactory()
    with pytest.raises(Missing):
        holds.hold(product.pk, " ", by=staff())
    with pytest.raises(NotHeld):
        holds.lift(product.pk, by=staff())
    with pytest.raises(NotHeld):
        holds.answer(product.pk, "Voici.", by=member(product.cooperative))
    holds.hold(product.pk, "Pourquoi ?", by=staff())
    with pytest.raises(AlreadyHeld):
        holds.hold(product.pk, "Encore.", by=staff())
    assert Hold.objects.get().reason == "Pourquoi ?"


def test_who_holds_and_who_answers() -> None:
    product = ProductFactory()
    holds.hold(product.pk, "Pourquoi ?", by=staff())
    north = staff(StaffRole.AGENT, staff_region=RegionFactory(code="MA-01"))
    for by, refusal in (
        (actor(), NotFound),
        (actor(PersonFactory()), NotFound),
        (member(product.cooperative), NotFound),
        (north, NotAllowed),
        (staff(StaffRole.EDITOR), NotAllowed),
    ):
        with pytest.raises(refusal):
            holds.lift(product.pk, by=by)
        with pytest.raises(refusal):
            holds.hold(product.pk, "Moi aussi.", by=by)
    for by in (actor(), actor(PersonFactory()), staff()):
        with pytest.raises(NotFound):
            holds.answer(product.pk, "Voici.", by=by)
    product.refresh_from_db()
    assert (product.held, Hold.objects.get().answer) == (True, "")
