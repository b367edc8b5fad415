"""Products: found, held, released, put on the home page."""

from __future__ import annotations

import pytest

from taawon.catalogue.models import Hold, SelectedProduct
from tests.backoffice.build import held, levels, lines
from tests.factories import CooperativeFactory, ProductFactory, ProvinceFactory, RegionFactory


@pytest.fixture
def agent(house):
    return house.browser("agent")


def found(answer):
    return [row["product"].pk for row in answer.context["rows"]]


def test_lists_by_state_words_and_region(house, agent):
    north = RegionFactory(code="MA-01")
    province = ProvinceFactory(code="MA-TNG", region=north)
    far = ProductFactory(cooperative=CooperativeFactory(province=province))
    draft = ProductFactory(pk=987654, cooperative=house.coop, state="draft", name_fr="Savon noir")
    kept = held(draft)
    administrator = house.browser("administrator")

    assert found(agent.get("/backoffice/products/")) == [draft.pk, house.product.pk]
    assert found(administrator.get("/backoffice/products/")) == [draft.pk, far.pk, house.product.pk]
    assert found(administrator.get("/backoffice/products/?region=MA-01")) == [far.pk]
    assert found(agent.get("/backoffice/products/?only=draft")) == [draft.pk]
    assert found(agent.get("/backoffice/products/?words=savon")) == [draft.pk]
    assert found(agent.get(f"/backoffice/products/?words={draft.pk}")) == [draft.pk]
    assert found(agent.get("/backoffice/products/?only=held")) == [draft.pk]
    assert found(agent.get("/backoffice/products/?only=answered")) == []
    Hold.objects.filter(pk=kept.pk).update(answer="Voilà", answered_at="2026-01-01T00:00:00Z")
    assert found(agent.get("/backoffice/products/?only=answered")) == [draft.pk]
    text = agent.get("/backoffice/products/?file=csv").getvalue().decode()
    assert [line.split(";")[0] for line in text.splitlines()[1:]] == [
        str(draft.pk),
        str(house.product.pk),
    ]


def test_holding_and_releasing(house, agent):
    base, who = f"/backoffice/products/{house.product.pk}/", house.people["agent"].pk

    agent.post(f"{base}hold/", {"reason": "Le poids manque"})
    house.product.refresh_from_db()
    assert house.product.held is True
    assert agent.post(f"{base}hold/", {"reason": "Encore"}).status_code == 422
    assert "Le poids manque" in agent.get(base).content.decode()
    agent.post(f"{base}lift/")

    house.product.refresh_from_db()
    assert house.product.held is False
    assert levels(agent.post(f"{base}lift/")) == ["warning"]
    assert lines() == [("product-held", "staff", who), ("hold-lifted", "staff", who)]


def test_the_answer_is_read(house, agent):
    held(house.product, answer="Photo changée", answered_at="2026-01-01T00:00:00Z")

    assert (
        "Photo changée" in agent.get(f"/backoffice/products/{house.product.pk}/").content.decode()
    )


def test_a_hold_needs_its_reason(house, agent):
    answer = agent.post(f"/backoffice/products/{house.product.pk}/hold/", {"reason": ""})

    assert answer.status_code == 422
    house.product.refresh_from_db()
    assert house.product.held is False
    assert lines() == []


def test_an_editor_features_it(house):
    editor = house.browser("editor")
    path = f"/backoffice/products/{house.product.pk}/feature/"

    editor.post(path, {"selection": house.selection.pk})
    editor.post(path, {"selection": house.selection.pk})

    assert list(SelectedProduct.objects.values_list("selection_id", "product_id")) == [
        (house.selection.pk, house.product.pk)
    ]
    house.selection.refresh_from_db()
    assert house.selection.title_ar == "الموسم"
    assert lines()[0] == ("selection-edited", "staff", house.people["editor"].pk)
    assert editor.post(path, {"selection": "987"}).status_code == 404
