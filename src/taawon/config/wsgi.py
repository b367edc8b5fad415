"""The application, as a WSGI server takes it."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from taawon.config import env
from taawon.config.bodies import THREADS, Bodies
from taawon.config.compress import Compressed
from taawon.config.lifeline import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawon.config.settings")
end_with_parent()
application = Bodies(
    Compressed(get_wsgi_application()), threads=env.number("THREADS", default=THREADS)
)
# Every view is loaded before the first request comes, and not while it waits.
_ = get_resolver().url_patterns
