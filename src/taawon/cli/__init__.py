"""The command line: taawon demo · serve · worker · smpp · sms · check, and what Django knows."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured

from taawon.cli.machine import home

USAGE = """\
taawon demo            set up and run with demonstration data (--small: a small world)
taawon demo --reset    take away what the demonstration made
taawon serve           answer requests, and keep the index of this machine
taawon worker          deliver messages, run the clock
taawon smpp [NAME]     keep the session with an operator's centre (SMPP)
taawon migrate         bring the database up to date
taawon index           build the index of this machine again
taawon set-up PHONE    places, categories and rates for a new database, and its administrator
taawon import-registry FILE  bring in a file of the register: looked at first (--yes: applied)
taawon sms --from PHONE TEXT  answer a text as the line would (--explain: change nothing)
taawon bench           measure this machine, in an empty database
taawon check           say what is missing before it starts
taawon help --commands every command of Django
"""
# Module and function; loaded when they are asked for, so that what only starts others stays small.
PLAIN = {
    "demo": "demo.demo",
    "serve": "serve.serve",
    "web": "web.web",
    "bench": "bench.bench",
}
# These need the application.
WITH_MODELS = {
    "worker": "background.worker",
    "follow": "background.follow",
    "index": "background.index",
    "check": "check.check",
    "set-up": "set_up.set_up",
    "prepare-demo": "prepare.demo",
    "erase-demo": "prepare.erase",
    "import-registry": "registering.import_registry",
    "sms": "texting.sms",
    "smpp": "smpp.smpp",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawon.config.settings")
    name, *rest = (sys.argv[1:] if words is None else words) or ["help"]
    if name in ("help", "-h", "--help") and not rest:
        print(USAGE, end="")
        return 0
    # What cannot be made now is said by `taawon check`, and by whoever needs it.
    with suppress(OSError):
        home().mkdir(mode=0o750, parents=True, exist_ok=True)
    try:
        return _command(name)(rest)
    except ImproperlyConfigured as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _command(name: str) -> Callable[[Sequence[str]], int]:
    if name in WITH_MODELS:
        django.setup()
    elif name not in PLAIN:
        return lambda rest: _djangos(name, rest)
    module, function = (PLAIN | WITH_MODELS)[name].split(".")
    found: Callable[[Sequence[str]], int]
    found = getattr(import_module(f"taawon.cli.{module}"), function)
    return found


def _djangos(name: str, rest: Sequence[str]) -> int:
    import_module("django.core.management").execute_from_command_line(["taawon", name, *rest])
    return 0
