from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from taawon.accounts.models import StaffRole
from taawon.catalogue import shelves as shown
from taawon.catalogue.errors import SlugTaken
from taawon.catalogue.models import Category, Label, Selection
from taawon.catalogue.services import shelves
from taawon.catalogue.states import State
from taawon.core.actor import Actor
from taawon.core.errors import Invalid, Missing, NotAllowed, NotFound
from tests import trail
from tests.factories import (
    CategoryFactory,
    LabelFactory,
    PersonFactory,
    ProductFactory,
    actor,
    staff,
)

pytestmark = pytest.mark.django_db
CATEGORY: dict[str, Any] = {
    "names": {"fr": "Miel", "ar": "عسل"},
    "parent_id": None,
    "position": 2,
    "perishable": False,
    "processed_food": True,
}


@pytest.fixture
def editor() -> Actor:
    return staff(StaffRole.EDITOR)


def test_categories(editor: Actor, django_capture_on_commit_callbacks: Any) -> None:
    assert shown.categories() == ()
    with django_capture_on_commit_callbacks(execute=True):
        food = shelves.add_category("food", names={"fr": "Épicerie"}, position=1, by=editor)
        honey = shelves.add_category("honey", **(CATEGORY | {"parent_id": food.pk}), by=editor)

    assert [(one.slug, one.parent_slug, one.name) for one in shown.categories()] == [
        ("food", "", "Épicerie"),
        ("honey", "food", "Miel"),
    ]
    product = ProductFactory(category=honey)
    ProductFactory(category=honey, state=State.DRAFT)

    with django_capture_on_commit_callbacks(execute=True):
        shelves.edit_category(
            honey.pk, **(CATEGORY | {"names": {"fr": "Miels"}, "perishable": True}), by=editor
        )

    honey.refresh_from_db()
    assert (honey.name_fr, honey.name_ar, honey.parent, honey.perishable) == (
        "Miels",
        "عسل",
        None,
        True,
    )
    assert trail.names() == ["category-added", "category-added", "category-edited"]
    assert trail.fed() == [("product", product.pk)]
    assert [one.name for one in shown.strip_categories()] == ["Épicerie", "Miels"]
    line = shown.category(honey.pk)
    assert line is not None
    assert line.processed_food is True


@pytest.mark.parametrize(
    ("slug", "changes", "refusal"),
    [
        ("", {}, Invalid),
        ("Miel", {}, Invalid),
        ("a--b", {}, Invalid),
        ("a" * 61, {}, Invalid),
        ("honey", {}, SlugTaken),
        ("new", {"names": {}}, Missing),
        ("new", {"names": {"fr": "x" * 121}}, Invalid),
        ("new", {"parent_id": 0}, Invalid),
        ("new", {"position": -1}, Invalid),
    ],
)
def test_add_category_refuses(
    editor: Actor, slug: str, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    CategoryFactory(slug="honey")
    with pytest.raises(refusal):
        shelves.add_category(slug, **(CATEGORY | changes), by=editor)
    assert (Category.objects.count(), trail.events()) == (1, [])


def test_categories_have_two_floors(editor: Actor) -> None:
    top = CategoryFactory(slug="food")
    below = CategoryFactory(slug="honey", parent=top)
    other = CategoryFactory(slug="craft")
    with pytest.raises(Invalid):
        shelves.add_category("thyme", **(CATEGORY | {"parent_id": below.pk}), by=editor)
    for pk, parent in ((top.pk, other.pk), (top.pk, top.pk)):
        with pytest.raises(Invalid):
            shelves.edit_category(pk, **(CATEGORY | {"parent_id": parent}), by=editor)
    top.refresh_from_db()
    assert top.parent is None


def test_labels(editor: Actor, django_capture_on_commit_callbacks: Any) -> None:
    texts = {"names": {"fr": "Biologique"}, "shorts": {"fr": "Bio", "ar": "بيو"}}
    with django_capture_on_commit_callbacks(execute=True):
        shelves.add_label("bio", **texts, by=editor)
    shelves.edit_label(
        "bio", names={"fr": "Agriculture biologique"}, shorts={"fr": "AB"}, position=3, by=editor
    )

    assert [(one.code, one.name, one.short) for one in shown.labels().values()] == [
        ("bio", "Agriculture biologique", "AB")
    ]
    assert Label.objects.get().short_ar == "بيو"
    with pytest.raises(SlugTaken):
        shelves.add_label("bio", **texts, by=editor)
    with pytest.raises(Invalid):
        shelves.add_label("aop", names={"fr": "AOP"}, shorts={"fr": "x" * 21}, by=editor)
    with pytest.raises(NotFound):
        shelves.edit_label("aop", **texts, position=0, by=editor)
    assert trail.names() == ["label-added", "label-edited"]


def test_selections(editor: Actor, django_assert_num_queries: Any) -> None:
    one, two = ProductFactory(), ProductFactory()
    chosen = shelves.add_selection(
        titles={"fr": "De saison"}, product_ids=[two.pk, one.pk, two.pk], by=editor
    )
    hidden = shelves.add_selection(titles={"fr": "Bientôt"}, shown=False, position=1, by=editor)

    with django_assert_num_queries(2):
        lines = shown.selections()
    assert [(line.title, line.product_ids) for line in lines] == [("De saison", (two.pk, one.pk))]
    assert [line.id for line in shown.all_selections()] == [chosen.pk, hidden.pk]

    shelves.edit_selection(
        chosen.pk, titles={"fr": "Fêtes"}, product_ids=[one.pk], position=5, shown=True, by=editor
    )
    shelves.remove_selection(hidden.pk, by=editor)

    assert [(line.title, line.product_ids) for line in shown.all_selections()] == [
        ("Fêtes", (one.pk,))
    ]
    assert trail.names() == [
        "selection-added",
        "selection-added",
        "selection-edited",
        "selection-removed",
    ]


def test_selections_refuse_drafts_and_crowds(editor: Actor) -> None:
    draft = ProductFactory(state=State.DRAFT)
    for ids in ([draft.pk], [0], list(range(49))):
        with pytest.raises(Invalid):
            shelves.add_selection(titles={"fr": "x"}, product_ids=ids, by=editor)
    with pytest.raises(Missing):
        shelves.add_selection(titles={}, by=editor)
    with pytest.raises(NotFound):
        shelves.remove_selection(0, by=editor)
    assert (Selection.objects.count(), trail.events()) == (0, [])


CHANGES: list[Callable[[Actor], Any]] = [
    lambda by: shelves.add_category("new", names={"fr": "x"}, by=by),
    lambda by: shelves.edit_category(Category.objects.get().pk, **CATEGORY, by=by),
    lambda by: shelves.add_label("new", names={"fr": "x"}, shorts={"fr": "x"}, by=by),
    lambda by: shelves.edit_label("igp", names={"fr": "x"}, shorts={"fr": "x"}, position=0, by=by),
    lambda by: shelves.add_selection(titles={"fr": "x"}, by=by),
    lambda by: shelves.edit_selection(
        Selection.objects.get().pk,
        titles={"fr": "x"},
        product_ids=[],
        position=0,
        shown=False,
        by=by,
    ),
    lambda by: shelves.remove_selection(Selection.objects.get().pk, by=by),
]


@pytest.mark.parametrize("change", CHANGES)
def test_only_editors_change_the_shelves(change: Callable[[Actor], Any]) -> None:
    CategoryFactory()
    LabelFactory()
    Selection.objects.create(title_fr="De saison")
    for by, refusal in (
        (actor(), NotFound),
        (actor(PersonFactory()), NotFound),
        (staff(StaffRole.AGENT), NotAllowed),
    ):
        with pytest.raises(refusal):
            change(by)
    assert (Category.objects.count(), Label.objects.count()) == (1, 1)
    assert (Selection.objects.get().title_fr, trail.events()) == ("De saison", [])
    change(staff())
    assert len(trail.events()) == 1
