"""Addresses without a language: health, files, what machines read."""

from django.urls import path, re_path

from taawon.web import health, media
from taawon.web.market import register_views
from taawon.web.pages import machines, views

urlpatterns = [
    path("", views.root, name="root"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("sw.js", machines.service_worker, name="service-worker"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<str:kind>-<int:page>.xml", machines.sitemap_page, name="sitemap-page"),
    re_path(r"^c/(?P<number>\d{1,15})/$", register_views.short, name="cooperative-short"),
    path("media/<path:name>", media.public, name="media"),
]
handler404 = "taawon.web.pages.views.not_found"
