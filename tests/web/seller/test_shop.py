"""The shop's settings, its members, what customers say, and downloads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from taawon.cooperatives.models import Membership
from taawon.cooperatives.states import Role
from tests.factories import MembershipFactory, OrderLineFactory, QuestionFactory, ReviewFactory
from tests.web.seller.build import stand


def test_paused_and_open_again(shop):
    until = timezone.localdate() + timedelta(days=10)

    shop.post("shop/pause/", until=str(until))
    shop.coop.shop.refresh_from_db()
    assert shop.coop.shop.paused_until == until

    shop.post("shop/reopen/")
    shop.post("shop/reopen/")
    shop.coop.shop.refresh_from_db()
    assert shop.coop.shop.paused_until is None


@pytest.mark.parametrize("until", ["", "soon", "2020-01-01", "9999-12-31", "\x00"])
def test_a_day_that_is_none(shop, until):
    answer = shop.post("shop/pause/", until=until)

    assert answer.status_code == 422
    shop.coop.shop.refresh_from_db()
    assert shop.coop.shop.paused_until is None


def test_texts_in_two_languages(shop):
    form = {
        "about_fr": "Nous sommes <b>42</b> femmes.",
        "about_ar": "نحن\u202e 42 امرأة",
        "phone": "05 28 80 00 00",
        "address": "Douar Aday",
    }

    assert shop.post("shop/about/", **form).status_code == 302

    shop.coop.refresh_from_db()
    assert shop.coop.about_fr == "Nous sommes <b>42</b> femmes."
    assert shop.coop.about_ar == "نحن 42 امرأة"
    assert (shop.coop.phone, shop.coop.address) == ("+212528800000", "Douar Aday")
    assert "&lt;b&gt;42" in shop.get("shop/").text


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [({"phone": "12"}, "phone"), ({"phone": "x"}, "phone"), ({"about_fr": "x" * 4001}, "about_fr")],
)
def test_texts_that_are_wrong_are_kept_in_the_form(shop, changes, wrong):
    answer = shop.post("shop/about/", **{"about_fr": "Bonjour", "phone": "", **changes})

    assert answer.status_code == 422
    assert list(answer.context["failed_form"].errors) == [wrong]
    shop.coop.refresh_from_db()
    assert shop.coop.about_fr in (None, "")


def test_pickup_and_food(shop):
    shop.post("shop/pickup/", offers_pickup="on", pickup_place="Au souk", days_to_prepare="3")
    shop.coop.shop.refresh_from_db()
    assert (shop.coop.shop.pickup_place, shop.coop.shop.days_to_prepare) == ("Au souk", 3)

    later = timezone.localdate() + timedelta(days=300)
    shop.post("shop/food/", number="ES-12-34", expires_on=str(later))
    shop.coop.refresh_from_db()
    assert shop.coop.food_authorisation == "ES-12-34"
    assert shop.coop.food_authorisation_expires_on == later


@pytest.mark.parametrize(
    ("part", "form"),
    [
        ("pickup", {"offers_pickup": "on", "pickup_place": "", "days_to_prepare": "2"}),
        ("pickup", {"pickup_place": "", "days_to_prepare": "31"}),
        ("food", {"number": "ES-12-34", "expires_on": ""}),
    ],
)
def test_settings_that_are_refused(shop, part, form):
    before = shop.coop.shop.days_to_prepare

    assert shop.post(f"shop/{part}/", **form).status_code == 422
    shop.coop.refresh_from_db()
    shop.coop.shop.refresh_from_db()
    assert shop.coop.shop.days_to_prepare == before
    assert shop.coop.food_authorisation == ""


@pytest.mark.parametrize("part", ["pause", "about", "pickup", "food"])
def test_a_seller_changes_no_settings(db, part):
    shop = stand(Role.SELLER)
    form = {"until": "2030-01-01", "about_fr": "x", "days_to_prepare": "9", "number": ""}

    assert shop.get("shop/").status_code == 200
    assert shop.post(f"shop/{part}/", **form).status_code == 403
    assert shop.post("shop/reopen/").status_code == 403
    shop.coop.refresh_from_db()
    shop.coop.shop.refresh_from_db()
    assert shop.coop.about_fr in (None, "")
    assert (shop.coop.shop.days_to_prepare, shop.coop.shop.paused_until) == (2, None)


@pytest.mark.parametrize("count", [1, 3])
def test_members_cost_the_same_for_any_number(shop, count, django_assert_num_queries):
    for _ in range(count - 1):
        MembershipFactory(cooperative=shop.coop, role=Role.SELLER)
    shop.get("members/")

    with django_assert_num_queries(4):
        page = shop.get("members/")

    assert len(page.context["rows"]) == count


def test_a_member_is_added_promoted_and_removed(shop):
    shop.post("members/", phone="06 12 34 56 78", name="Malika", role="seller")
    added = Membership.objects.get(person__phone="+212612345678")
    assert (added.cooperative_id, added.role) == (shop.coop.pk, "seller")

    shop.post(f"members/{added.pk}/role/", role="manager")
    added.refresh_from_db()
    assert added.role == "manager"

    shop.post(f"members/{added.pk}/remove/")
    added.refresh_from_db()
    assert added.ended_at is not None
    assert shop.post(f"members/{added.pk}/remove/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"phone": "05 28 80 00 00"}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"name": ""}, "name"),
        ({"role": "queen"}, "role"),
    ],
)
def test_somebody_who_cannot_be_added(shop, changes, wrong):
    form = {"phone": "06 12 34 56 78", "name": "Malika", "role": "seller", **changes}

    answer = shop.post("members/", **form)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    assert Membership.objects.count() == 1


def test_the_last_president_stays(shop):
    own = Membership.objects.get()

    page = shop.client.post(f"/fr/seller/members/{own.pk}/remove/", follow=True)

    assert "notice--warning" in page.text
    own.refresh_from_db()
    assert own.ended_at is None


def test_a_seller_adds_nobody(db):
    shop = stand(Role.SELLER)
    form = {"phone": "06 12 34 56 78", "name": "Malika", "role": "seller"}

    assert shop.post("members/", **form).status_code == 403
    assert Membership.objects.count() == 1


def test_somebody_elses_members_are_not_there(shop, other):
    theirs = Membership.objects.get(cooperative=other.coop)

    assert shop.post(f"members/{theirs.pk}/role/", role="seller").status_code == 404
    assert shop.post(f"members/{theirs.pk}/remove/").status_code == 404
    theirs.refresh_from_db()
    assert (theirs.role, theirs.ended_at) == ("president", None)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", ["questions", "reviews"])
def test_voices_cost_the_same_for_any_number(shop, kind, count, django_assert_num_queries):
    for _ in range(count):
        if kind == "questions":
            QuestionFactory(product=shop.product())
        else:
            ReviewFactory(line=OrderLineFactory(order=shop.order(), product=shop.product()))
    shop.get("reviews/", show=kind)

    with django_assert_num_queries(5):
        page = shop.get("reviews/", show=kind)

    assert len(page.context["rows"]) == count


def test_a_question_and_a_review_are_answered(shop):
    question = QuestionFactory(product=shop.product(), text="<i>Torréfiée ?</i>")
    review = ReviewFactory(line=OrderLineFactory(order=shop.order(), product=shop.product()))
    assert "&lt;i&gt;Torréfiée" in shop.get("reviews/").text

    shop.post(f"reviews/questions/{question.pk}/", answer="Oui.")
    shop.post(f"reviews/reviews/{review.pk}/", answer="Merci !")

    question.refresh_from_db()
    review.refresh_from_db()
    assert (question.answer, review.answer) == ("Oui.", "Merci !")


@pytest.mark.parametrize("answer", ["", "  ", "x" * 2001])
def test_an_answer_that_is_refused(shop, answer):
    question = QuestionFactory(product=shop.product())

    assert shop.post(f"reviews/questions/{question.pk}/", answer=answer).status_code == 422
    question.refresh_from_db()
    assert question.answer == ""


def test_somebody_elses_voices_are_not_there(shop, other):
    question = QuestionFactory(product=other.product())
    review = ReviewFactory(line=OrderLineFactory(order=other.order(), product=other.product()))

    assert shop.post(f"reviews/questions/{question.pk}/", answer="x").status_code == 404
    assert shop.post(f"reviews/reviews/{review.pk}/", answer="x").status_code == 404
    question.refresh_from_db()
    review.refresh_from_db()
    assert (question.answer, review.answer) == ("", "")


def test_an_answer_that_is_refused_stays_in_its_form(shop):
    question = QuestionFactory(product=shop.product())
    QuestionFactory(product=shop.product())

    page = shop.post(f"reviews/questions/{question.pk}/", answer="x" * 2001)

    assert page.text.count("x" * 2001) == 1
