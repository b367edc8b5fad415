from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "taawon.search"

    def ready(self) -> None:
        from taawon.search import tasks  # noqa: F401 - registers the job of the clock
