from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "taawon.campaigns"

    def ready(self) -> None:
        from taawon.campaigns import tasks  # noqa: F401, PLC0415 - the clock learns of them
