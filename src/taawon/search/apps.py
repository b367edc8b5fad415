from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "taawon.search"

    def ready(self) -> None:
        from taawon.search import privacy, tasks  # noqa: F401 - they register themselves
