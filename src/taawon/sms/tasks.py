"""What the clock does for the line: texts that a crash left unanswered."""

from __future__ import annotations

from taawon.journal.clock import every
from taawon.sms import line


@every(seconds=5)
def sweep() -> None:
    line.handle_left_over()
