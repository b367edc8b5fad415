"""All addresses of the house, and the floors that they are measured against."""

from django.urls import path

from taawon.bench import floor, floor_checkout
from taawon.config.urls import urlpatterns as _house

urlpatterns = [
    path("floor/list/", floor.cards),
    path("floor/product/<int:number>/", floor.product),
    path("floor/cooperative/<int:number>/", floor.cooperative),
    path("floor/checkout/<str:token>/", floor_checkout.place),
    *_house,
]
