from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "taawon.notifications"

    def ready(self) -> None:
        from taawon.notifications import (  # noqa: F401 - they listen
            claims,
            invitations,
            orders,
            products,
            reviews,
            searches,
        )
