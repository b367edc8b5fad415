from django.urls import path, re_path

from taawon.web.market import register_views, report, saved, views

app_name = "market"
urlpatterns = [
    path("", views.home, name="home"),
    path("products/", views.catalogue, name="catalogue"),
    path("suggestions/", views.suggestions, name="suggestions"),
    re_path(r"^products/(?P<slug_id>[a-z0-9-]+-\d+)/$", views.product, name="product"),
    re_path(r"^products/(?P<slug_id>[a-z0-9-]+-\d+)/ask/$", views.ask, name="ask"),
    re_path(
        r"^products/(?P<slug_id>[a-z0-9-]+-\d+)/favourite/$", views.favourite, name="favourite"
    ),
    path("cooperatives/", views.cooperatives, name="cooperatives"),
    path("cooperatives/map/", register_views.regions_map, name="map"),
    path("cooperatives/near/", register_views.choose_place, name="near"),
    re_path(
        r"^cooperatives/(?P<slug_id>[a-z0-9-]+-\d+)/qr\.(?P<form>svg|png)$",
        register_views.qr,
        name="cooperative-qr",
    ),
    re_path(r"^cooperatives/(?P<slug_id>[a-z0-9-]+-\d+)/$", views.cooperative, name="cooperative"),
    re_path(r"^cooperatives/(?P<slug_id>[a-z0-9-]+-\d+)/report/$", report.report, name="report"),
    path("favourites/", views.favourites, name="favourites"),
    path("searches/", saved.searches, name="searches"),
    path("searches/keep/", saved.keep, name="keep_search"),
    path("searches/<int:saved_id>/drop/", saved.drop, name="drop_search"),
]
