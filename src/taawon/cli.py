"""The command line: taawon demo · serve · worker · migrate · check."""

from __future__ import annotations

import sys


def main() -> int:
    from django.core.management import execute_from_command_line  # the settings must be set first

    execute_from_command_line(sys.argv)
    return 0
