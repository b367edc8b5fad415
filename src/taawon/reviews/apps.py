from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "taawon.reviews"

    def ready(self) -> None:
        from taawon.reviews import privacy  # noqa: F401 - it registers itself
