"""The environment, read once, with a plain word when something is wrong."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "TAAWON_"


def text(name: str, default: str | None = None) -> str:
    """A value, or the content of the file that NAME_FILE points to."""
    if path := os.environ.get(f"{PREFIX}{name}_FILE"):
        return Path(path).read_text().strip()
    value = os.environ.get(PREFIX + name, default)
    if value is None:
        raise ImproperlyConfigured(f"{PREFIX}{name} is not set, and has no default.")
    return value


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "yes" if default else "no")
    if value not in ("yes", "no"):
        raise ImproperlyConfigured(f"{PREFIX}{name} is {value!r}; write yes or no.")
    return value == "yes"


def number(name: str, *, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{PREFIX}{name} is {value!r}; write a whole number.")
    return int(value)


def hours(name: str, default: str) -> tuple[int, int]:
    """From one full hour to another, as in 9-20; 0-24 is the whole day."""
    value = text(name, default)
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", value)
    span = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 <= span[0] < span[1] <= 24:
        raise ImproperlyConfigured(f"{PREFIX}{name} is {value!r}; write hours like 9-20.")
    return span


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def tables(name: str, default: str) -> dict[str, dict[str, Any]]:
    """Tables of TOML, by their names; most often in the file that NAME_FILE points to."""
    try:
        found = tomllib.loads(text(name, default))
    except tomllib.TOMLDecodeError as error:
        raise ImproperlyConfigured(f"{PREFIX}{name} is no TOML: {error}.") from None
    if not found or not all(isinstance(table, dict) for table in found.values()):
        raise ImproperlyConfigured(f"{PREFIX}{name} must hold tables, such as [console].")
    return found


def database(url: str) -> dict[str, Any]:
    """sqlite:///absolute/path.sqlite3 or postgres://user:password@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"{PREFIX}DATABASE_URL begins with {parts.scheme!r}; write sqlite or postgres."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    # "no" for a pooler that hands out its connections anew for each transaction.
    threshold = None if options.pop("prepare", "yes") == "no" else 2
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "taawon", "prepare_threshold": threshold, **options},
    }


def _sqlite(path: str) -> dict[str, Any]:
    file = Path("/" + path.lstrip("/"))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": 600,
        "TEST": {"NAME": f"{file}.test"},
        "OPTIONS": {
            # A writer waits at BEGIN instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
                "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        },
    }
