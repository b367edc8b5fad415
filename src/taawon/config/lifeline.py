"""A process that ends with the one that started it, however that one ended."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading

# The process that its children watch; each that starts others names itself.
PARENT = "TAAWON_PARENT_PROCESS"
_PR_SET_PDEATHSIG = 1
_LOOKS_EVERY = 1.0


def hold() -> None:
    """Children that are started from now on end with this process."""
    os.environ[PARENT] = str(os.getpid())


def end_with_parent() -> None:
    """Be told to stop (SIGTERM) when the parent is gone; nothing where nobody named themselves."""
    parent = int(os.environ.pop(PARENT, "0"))
    if not parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    else:
        threading.Thread(target=_look, args=(parent,), daemon=True).start()
    # It may have ended before it was watched.
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def _look(parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(_LOOKS_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
