from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "taawon.conversations"

    def ready(self) -> None:
        from taawon.conversations import moving, privacy, tasks  # noqa: F401 - they register themselves
