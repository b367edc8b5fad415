from collections.abc import Iterable

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from taawon.web.seller import (
    activity,
    bulk,
    downloads,
    home,
    members,
    opening,
    orders,
    papers,
    product_parts,
    products,
    proposals,
    proving,
    shop,
    voices,
)


def words(name: str, known: Iterable[str]) -> None:
    """Addresses may hold one of these words, and no other."""
    register_converter(type(name, (StringConverter,), {"regex": "|".join(known)}), name)


words("deed", orders.DEEDS)
words("turn", product_parts.LIFE)
words("move", ("remove", "earlier", "later", "cover"))
words("voices", voices.KINDS)
words("part", shop.PARTS)
words("reply", proposals.ANSWERS)
words("table", ("csv", "xlsx"))

app_name = "seller"
_PRODUCT = "products/<int:product>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("switch/", home.switch, name="switch"),
    path("stop/", home.stop, name="stop"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<int:number>/", orders.order, name="order"),
    path("orders/<int:number>/slip/", papers.slip, name="slip"),
    path("orders/<int:number>/label/", papers.label, name="label"),
    path("orders/<int:number>/undo/", orders.undo, name="undo"),
    path("orders/<int:number>/<deed:verb>/", orders.act, name="act"),
    path("products/", products.listing, name="products"),
    path("products/add/", products.add, name="add"),
    path("products/add/later/", products.add_plain, name="add-plain"),
    path("products/bulk/", bulk.bulk, name="bulk"),
    path(_PRODUCT, products.product, name="product"),
    path(f"{_PRODUCT}save/", products.autosave, name="autosave"),
    path(f"{_PRODUCT}duplicate/", product_parts.duplicate, name="duplicate"),
    path(f"{_PRODUCT}answer/", product_parts.answer_hold, name="answer-hold"),
    path(f"{_PRODUCT}pictures/", product_parts.add_picture, name="add-picture"),
    path(f"{_PRODUCT}pictures/<int:picture>/<move:verb>/", product_parts.picture, name="picture"),
    path(f"{_PRODUCT}labels/", product_parts.set_label, name="set-label"),
    path(f"{_PRODUCT}labels/<slug:label>/remove/", product_parts.remove_label, name="remove-label"),
    path(f"{_PRODUCT}<turn:verb>/", product_parts.life, name="life"),
    path("reviews/", voices.voices, name="voices"),
    path("reviews/<voices:kind>/<int:voice>/", voices.answer, name="answer"),
    path("shop/", shop.shop, name="shop"),
    path("shop/more/", shop.more, name="more"),
    path("shop/reopen/", shop.reopen, name="reopen"),
    path("shop/<part:part>/", shop.change, name="shop-part"),
    path("register/", proposals.listing, name="proposals"),
    path("register/<int:proposal>/<reply:verb>/", proposals.answer, name="answer-proposal"),
    path("members/", members.members, name="members"),
    path("members/<int:membership>/role/", members.role, name="role"),
    path("members/<int:membership>/remove/", members.remove, name="remove"),
    path("activity/", activity.activity, name="activity"),
    path("downloads/", downloads.downloads, name="downloads"),
    path("downloads/orders.<table:form>", downloads.orders, name="orders-file"),
    path("downloads/products.<table:form>", downloads.products, name="products-file"),
    path("open/", opening.opening, name="open"),
    path("open/<int:cooperative>/", opening.claim, name="claim"),
    path("open/<int:cooperative>/code/", proving.begin, name="claim-by-code"),
    path("requests/<int:claim>/", opening.asked, name="asked"),
    path("requests/<int:claim>/code/", proving.code, name="code"),
    path("requests/<int:claim>/papers/", opening.add_papers, name="add-papers"),
    path("requests/<int:claim>/withdraw/", opening.withdraw, name="withdraw"),
    path("papers/<int:paper>/", opening.paper, name="paper"),
]
