"""`taawon check`: what is missing, in words, before anything starts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import Error as DatabaseError

from taawon.journal import queries
from taawon.messaging.gateways import routes
from taawon.web import health

SHORTEST_KEY = 32
# What a kind of gateway cannot do without.
NEEDED = {
    "kannel": ("address", "username", "password", "token"),
    "smpp": ("host", "port", "system_id", "password"),
    "http": ("address", "secret"),
}
Check = Callable[[], Iterator[str]]


def check(words: Sequence[str]) -> int:
    """One line a check; the exit code is 1 when something must be put right first."""
    if words:
        call_command("check", *words)
        return 0
    wrong = [_print(name, run, "missing") for name, run in MUST]
    for name, run in SHOULD:
        _print(name, run, "note")
    return 1 if any(wrong) else 0


def _print(name: str, run: Check, mark: str) -> bool:
    found = list(run())
    for line in found:
        print(f"{mark:8} {name}: {line}")
    if not found:
        print(f"ok       {name}")
    return bool(found)


def secrets() -> Iterator[str]:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < 8:
        yield f"TAAWON_SECRET_KEY is too easy to guess: at least {SHORTEST_KEY} random characters."
    if settings.DEBUG:
        yield "TAAWON_DEBUG is on: it shows secrets to anybody."


def addresses() -> Iterator[str]:
    parts = urlsplit(settings.SITE_URL)
    host = parts.hostname or ""
    hosts = settings.ALLOWED_HOSTS
    if not any(host == each.strip("[]") or each == "*" for each in hosts) and not any(
        each.startswith(".") and f".{host}".endswith(each) for each in hosts
    ):
        yield f"TAAWON_ALLOWED_HOSTS does not hold {host!r}, the host of TAAWON_SITE_URL."


def encryption() -> Iterator[str]:
    if not settings.HTTPS and not settings.DEMO:
        yield "TAAWON_SITE_URL begins with http: cookies and codes travel in the open."
    if settings.HTTPS and not settings.BEHIND_PROXY:
        yield "TAAWON_BEHIND_PROXY is no: the application believes that it is asked without HTTPS."


def home() -> Iterator[str]:
    folder = Path(settings.HOME)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        yield f"{folder} cannot be written to: {problem.strerror}. TAAWON_HOME names the folder."


def database() -> Iterator[str]:
    state = health.look()["database"]
    if state != health.OK:
        yield f"{state}. TAAWON_DATABASE_URL says where it is."


def migrations() -> Iterator[str]:
    state = health.look()["migrations"]
    if state != health.OK:
        yield f"{state}. Run: taawon migrate"


def gateways() -> Iterator[str]:
    """Every line of texts, and the one of e-mails, as the settings describe them."""
    try:
        kinds = {route.name: route.kind for route in routes.routes()}
        for name in (*kinds, routes.EMAIL):
            routes.gateway(name)
    except (ImportError, ImproperlyConfigured) as problem:
        yield str(problem)
        return
    if settings.DEMO:
        return
    for name, kind in kinds.items():
        if kind == "console":
            yield f"TAAWON_SMS_GATEWAYS: [{name}] is the console: nobody receives anything."
        yield from (
            f"TAAWON_SMS_GATEWAYS: [{name}] has no {option}."
            for option in NEEDED.get(kind, ())
            if not routes.gateway(name).options.get(option)
        )
    if "console" in settings.EMAIL_GATEWAY:
        yield "TAAWON_EMAIL_GATEWAY is the console: nobody receives anything."


def framework() -> Iterator[str]:
    for each in checks.run_checks():
        if each.is_serious():
            yield f"{each.msg} ({each.id})"


def index() -> Iterator[str]:
    state = health.look()["index"]
    if state != health.OK:
        yield f"{state}. `taawon serve` builds it and keeps it."


def worker() -> Iterator[str]:
    try:
        alive = queries.clock_ran()
    except DatabaseError:
        alive = False
    if not alive:
        yield "no worker has run within the last half minute. Start: taawon worker"


MUST: list[tuple[str, Check]] = [
    ("secrets", secrets),
    ("addresses", addresses),
    ("data folder", home),
    ("database", database),
    ("migrations", migrations),
    ("gateways", gateways),
    ("framework", framework),
]
SHOULD: list[tuple[str, Check]] = [
    ("encryption", encryption),
    ("index", index),
    ("worker", worker),
]
