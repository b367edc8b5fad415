from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "taawon.places"
