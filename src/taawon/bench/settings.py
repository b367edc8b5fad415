"""The one settings file, with the addresses and the counter that only a measurement needs."""

from taawon.config.settings import *  # noqa: F403 - all of it
from taawon.config.settings import MIDDLEWARE as _MIDDLEWARE

ROOT_URLCONF = "taawon.bench.urls"
MIDDLEWARE = ["taawon.bench.counting.count", *_MIDDLEWARE]
