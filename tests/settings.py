"""The environment of the tests, set before the one settings file reads it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# Each process has its own folder: workers run beside each other.
_home = tempfile.mkdtemp(prefix="taawon-tests-")
os.mkdir(f"{_home}/static")  # collected files would stand there
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ |= {
    "TAAWON_HOME": _home,
    "TAAWON_SECRET_KEY": "only-for-tests",
    "TAAWON_SMS_GATEWAYS": '[memory]\nkind = "memory"',
    "TAAWON_EMAIL_GATEWAY": "taawon.messaging.gateways.memory.MemoryGateway",
    "TAAWON_TASKS": "django_tasks.backends.immediate.ImmediateBackend",
    "TAAWON_RATE_LIMIT": "no",
}

from taawon.config.settings import *  # noqa: E402, F403 - reads what is set above

# Nothing was collected: plain names serve.
STORAGES["staticfiles"] = {  # noqa: F405 - from the settings above
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
