"""All addresses of the house as the demonstration has them."""

from django.urls import include, path

from taawon.config.urls import urlpatterns as of_the_house

urlpatterns = [
    path("demo/phones/", include("taawon.sms.console.urls")),
    path("demo/", include("taawon.web.demo.urls")),
    *of_the_house,
]
