"""Where this machine listens and keeps its data: read without loading the application."""

from __future__ import annotations

import os
from pathlib import Path

from taawon.config import env


def host() -> str:
    return env.text("HOST", "127.0.0.1")


def port() -> int:
    """PORT as platforms and `make` set it, else TAAWON_PORT."""
    if "PORT" in os.environ:
        os.environ["TAAWON_PORT"] = os.environ["PORT"]
    return env.number("PORT", default=8000)


def home() -> Path:
    """The same folder as the settings say, without loading them."""
    return Path(env.text("HOME", str(Path.cwd() / "data"))).absolute()
