from __future__ import annotations

import pytest

from taawon.cooperatives.models import Claim, Cooperative, Membership, Sector, Shop
from tests.factories import PersonFactory
from tests.upgrades import back_at


@pytest.mark.django_db(transaction=True)
def test_a_register_of_before_is_kept():
    """Entries, shops, members and claims of the market as it was; nothing of theirs is lost."""
    with back_at("cooperatives", "0002_invitations") as then:
        region = then.get_model("places", "Region").objects.create(code="MA-09", name="Souss")
        places = then.get_model("places", "Province").objects
        province = places.create(code="MA-TIZ", name="Tiznit", region=region, kind="province")
        sector = then.get_model("cooperatives", "Sector").objects.create(code="argan", name="Argan")
        # Rooms below have come further already.
        amina, rahma = PersonFactory(), PersonFactory()
        one, two = (
            then.get_model("cooperatives", "Cooperative").objects.create(
                name=name,
                name_fr=name,
                slug=name.lower(),
                registration_number=number,
                registration_kind=kind,
                sector=sector,
                region=region,
                province=province,
                phone="+212528000000",
                women=7,
            )
            for name, number, kind in (
                ("Tifaout", "12/2019", "register"),
                ("Tifawt", "12/2019", "agrement"),
            )
        )
        then.get_model("cooperatives", "Shop").objects.create(cooperative=one)
        members = then.get_model("cooperatives", "Membership").objects
        members.create(cooperative=one, person_id=amina.pk, role="president")
        claims = then.get_model("cooperatives", "Claim").objects
        claims.create(cooperative=two, person_id=rahma.pk, role="president")

    kept = Cooperative.objects.order_by("pk")
    assert [
        (entry.name_fr, entry.court, entry.merged_into_id, entry.label_codes, entry.women)
        for entry in kept
    ] == [("Tifaout", "", None, [], 7), ("Tifawt", "", None, [], 7)]
    assert [entry.phone_on_record for entry in kept] == ["", ""]
    assert Sector.objects.get().parent is None
    assert Shop.objects.get().state == "open"
    assert Membership.objects.get().role == "president"
    assert Claim.objects.get().state == "pending"


@pytest.mark.django_db(transaction=True)
def test_an_arabic_name_alone_is_spelt_in_the_address():
    with back_at("cooperatives", "0004_claims_and_reports") as then:
        region = then.get_model("places", "Region").objects.create(code="MA-09", name="Souss")
        places = then.get_model("places", "Province").objects
        province = places.create(code="MA-TIZ", name="Tiznit", region=region, kind="province")
        sector = then.get_model("cooperatives", "Sector").objects.create(code="argan", name="Argan")
        for number, (name, slug) in enumerate(
            [("تعاونية تيفاوت", "x"), ("تعاونية", "tifaout"), ("", "x")]
        ):
            then.get_model("cooperatives", "Cooperative").objects.create(
                name=name,
                name_ar=name,
                slug=slug,
                registration_number=str(number),
                sector=sector,
                region=region,
                province=province,
            )

    spelt = Cooperative.objects.order_by("registration_number").values_list("slug", flat=True)
    assert list(spelt) == ["cooperative-tifaout", "tifaout", "x"]
