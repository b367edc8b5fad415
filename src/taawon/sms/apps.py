from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "taawon.sms"

    def ready(self) -> None:
        from taawon.sms import tasks  # noqa: F401 - the clock learns its jobs
