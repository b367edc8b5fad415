"""From "this is my cooperative" to an answer."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taawon.cooperatives.models import Claim, ClaimPaper
from taawon.cooperatives.states import ClaimState
from tests.factories import ClaimFactory, CooperativeFactory, MembershipFactory, PersonFactory
from tests.web.seller.build import photograph


@pytest.fixture
def person(db):
    return PersonFactory()


@pytest.fixture
def browser(client, person):
    client.force_login(person)
    return client


def paper(name="pv.pdf", content=b"%PDF-1.4 minutes"):
    return SimpleUploadedFile(name, content, "application/pdf")


def claim(browser, coop, **changes):
    form = {"role": "president", "message": "Bonjour", "papers": [paper()], **changes}
    return browser.post(f"/fr/seller/open/{coop.pk}/", form)


def test_found_in_the_directory(browser):
    coop = CooperativeFactory(name_fr="Coopérative Tifaouine", name_ar="تعاونية تيفاوين")
    CooperativeFactory(name_fr="Autre")

    found = browser.get("/fr/seller/open/", {"words": "Tifaouine"}).context["found"]

    assert [item["row"].id for item in found] == [coop.pk]


@pytest.mark.parametrize(("language", "comma"), [("fr", ", "), ("ar", "، ")])
def test_a_place_is_written_with_the_comma_of_the_language(browser, language, comma):
    coop = CooperativeFactory(name_fr="Coopérative Tifaouine")

    [found] = browser.get(f"/{language}/seller/open/?words=Tifaouine").context["found"]

    names = (coop.province, coop.region)
    assert found["place"] == comma.join(getattr(one, f"name_{language}") for one in names)


@pytest.mark.parametrize("words", ["%_", "<script>", "\x00", "'--", "x" * 500, " "])
def test_words_that_find_nothing(browser, words):
    CooperativeFactory()

    assert browser.get("/fr/seller/open/", {"words": words}).status_code == 200


def test_claimed_with_papers(browser, person):
    coop = CooperativeFactory()

    answer = claim(browser, coop, papers=[paper(), photograph("statuts.jpg")])

    made = Claim.objects.get()
    assert answer.url == f"/fr/seller/requests/{made.pk}/"
    assert (made.cooperative_id, made.person_id, made.role, made.message) == (
        coop.pk,
        person.pk,
        "president",
        "Bonjour",
    )
    assert [each.title for each in made.papers.order_by("pk")] == ["pv.pdf", "statuts.jpg"]
    assert 'class="notice notice--info"' in browser.get(answer.url).text


def test_claimed_twice(browser):
    coop = CooperativeFactory()
    claim(browser, coop)

    answer = claim(browser, coop)

    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"papers": []}, "papers"),
        ({"papers": [paper("x.pdf", b"")]}, "papers"),
        ({"papers": [paper("virus.pdf", b"MZ\x90")]}, "papers"),
        ({"papers": [paper()] * 9}, "papers"),
        ({"role": "king"}, "role"),
        ({"message": "x" * 1001}, "message"),
    ],
)
def test_a_claim_that_is_wrong_keeps_its_words(browser, changes, wrong):
    answer = claim(browser, CooperativeFactory(), **changes)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    assert Claim.objects.count() == 0
    assert ClaimPaper.objects.count() == 0


def test_names_of_papers_are_only_shown(browser):
    claim(browser, CooperativeFactory(), papers=[paper("<b>" + "x" * 300 + ".pdf")])

    [kept] = ClaimPaper.objects.all()
    assert len(kept.title) <= 120
    assert "<b>" not in kept.file


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ClaimState.PENDING, "notice--info"),
        (ClaimState.APPROVED, "notice--success"),
        (ClaimState.REFUSED, "Il manque la signature."),
    ],
)
def test_what_became_of_it(browser, person, state, said):
    made = ClaimFactory(person=person, state=state, reason="Il manque la signature.")
    if state == ClaimState.APPROVED:
        MembershipFactory(cooperative=made.cooperative, person=person)

    assert said in browser.get(f"/fr/seller/requests/{made.pk}/").text


def test_withdrawn(browser, person):
    made = ClaimFactory(person=person)

    browser.post(f"/fr/seller/requests/{made.pk}/withdraw/")
    again = browser.post(f"/fr/seller/requests/{made.pk}/withdraw/")

    made.refresh_from_db()
    assert made.state == ClaimState.WITHDRAWN
    assert again.status_code == 302


def test_ones_own_paper_is_a_download(browser):
    claim(browser, CooperativeFactory())
    kept = ClaimPaper.objects.get()

    answer = browser.get(f"/fr/seller/papers/{kept.pk}/")

    assert answer.content == b"%PDF-1.4 minutes"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_somebody_elses_request_is_not_there(browser, client):
    claim(browser, CooperativeFactory())
    made, kept = Claim.objects.get(), ClaimPaper.objects.get()
    client.force_login(PersonFactory())

    assert client.get(f"/fr/seller/requests/{made.pk}/").status_code == 404
    assert client.post(f"/fr/seller/requests/{made.pk}/withdraw/").status_code == 404
    assert client.get(f"/fr/seller/papers/{kept.pk}/").status_code == 404
    made.refresh_from_db()
    assert made.state == ClaimState.PENDING


def test_a_cooperative_that_is_none(browser):
    assert browser.get("/fr/seller/open/999999/").status_code == 404


def test_nobody_is_sent_to_log_in(client, db):
    assert client.get("/fr/seller/open/").url == "/fr/login/?next=%2Ffr%2Fseller%2Fopen%2F"
