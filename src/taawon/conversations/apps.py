from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "taawon.conversations"

    def ready(self) -> None:
        from taawon.conversations import privacy, tasks  # noqa: F401 - they register themselves
