"""Addresses below /fr/, /ar/, /zgh/ and /en/."""

from django.urls import include, path

urlpatterns = [
    path("", include("taawon.web.market.urls")),
    path("", include("taawon.web.orders.urls")),
    path("", include("taawon.web.accounts.urls")),
    path("", include("taawon.web.pages.urls")),
    path("observatory/", include("taawon.web.observatory.urls")),
    path("seller/", include("taawon.web.seller.urls")),
]
