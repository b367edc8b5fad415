from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "taawon.notifications"

    def ready(self) -> None:
        from taawon.notifications import claims, orders, products, reviews  # noqa: F401 - they listen
