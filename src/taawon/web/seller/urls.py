from django.urls import path, re_path

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
    shop,
    voices,
)

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
    re_path(
        rf"^orders/(?P<number>\d{{1,9}})/(?P<verb>{'|'.join(orders.DEEDS)})/$",
        orders.act,
        name="act",
    ),
    path("products/", products.listing, name="products"),
    path("products/add/", products.add, name="add"),
    path("products/add/later/", products.add_plain, name="add-plain"),
    path("products/bulk/", bulk.bulk, name="bulk"),
    path(_PRODUCT, products.product, name="product"),
    path(f"{_PRODUCT}save/", products.autosave, name="autosave"),
    path(f"{_PRODUCT}duplicate/", product_parts.duplicate, name="duplicate"),
    path(f"{_PRODUCT}answer/", product_parts.answer_hold, name="answer-hold"),
    path(f"{_PRODUCT}pictures/", product_parts.add_picture, name="add-picture"),
    re_path(
        r"^products/(?P<product>\d{1,18})/pictures/(?P<picture>\d{1,18})/"
        r"(?P<verb>remove|earlier|later|cover)/$",
        product_parts.picture,
        name="picture",
    ),
    path(f"{_PRODUCT}labels/", product_parts.set_label, name="set-label"),
    path(f"{_PRODUCT}labels/<slug:label>/remove/", product_parts.remove_label, name="remove-label"),
    re_path(
        rf"^products/(?P<product>\d{{1,18}})/(?P<verb>{'|'.join(product_parts.LIFE)})/$",
        product_parts.life,
        name="life",
    ),
    path("reviews/", voices.voices, name="voices"),
    re_path(
        r"^reviews/(?P<kind>questions|reviews)/(?P<voice>\d{1,18})/$", voices.answer, name="answer"
    ),
    path("shop/", shop.shop, name="shop"),
    path("shop/more/", shop.more, name="more"),
    path("shop/reopen/", shop.reopen, name="reopen"),
    re_path(rf"^shop/(?P<part>{'|'.join(shop.PARTS)})/$", shop.change, name="shop-part"),
    path("members/", members.members, name="members"),
    path("members/<int:membership>/role/", members.role, name="role"),
    path("members/<int:membership>/remove/", members.remove, name="remove"),
    path("activity/", activity.activity, name="activity"),
    path("downloads/", downloads.downloads, name="downloads"),
    re_path(r"^downloads/orders\.(?P<form>csv|xlsx)$", downloads.orders, name="orders-file"),
    re_path(r"^downloads/products\.(?P<form>csv|xlsx)$", downloads.products, name="products-file"),
    path("open/", opening.opening, name="open"),
    path("open/<int:cooperative>/", opening.claim, name="claim"),
    path("requests/<int:claim>/", opening.asked, name="asked"),
    path("requests/<int:claim>/withdraw/", opening.withdraw, name="withdraw"),
    path("papers/<int:paper>/", opening.paper, name="paper"),
]
