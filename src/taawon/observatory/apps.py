from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "taawon.observatory"

    def ready(self) -> None:
        from taawon.observatory import tasks  # noqa: F401 - registers the jobs of the clock
