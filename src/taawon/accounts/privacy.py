"""What the rooms above know of a person: they say here how it is exported, and how it is erased.

Filled once, as the apps get ready. An exporter answers what JSON can hold. An eraser runs inside
the erasing transaction, while the person still has name and phone; invoices and ledgers stay.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

exporters: dict[str, Callable[[int], Any]] = {}
erasers: dict[str, Callable[[int], None]] = {}
