from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "taawon.conversations"

    def ready(self) -> None:
        from taawon.conversations import privacy  # noqa: F401 - registers itself
