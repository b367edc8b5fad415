"""The application, as a WSGI server takes it."""

import os

from django.core.wsgi import get_wsgi_application

from taawon.config.compress import Compressed
from taawon.config.lifeline import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawon.config.settings")
end_with_parent()
application = Compressed(get_wsgi_application())
