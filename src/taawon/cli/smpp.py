"""`taawon smpp NAME`: one session with an operator's centre, kept open until told to stop."""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import Sequence
from threading import Event

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from taawon.cli.background import until_told
from taawon.config import lifeline
from taawon.messaging import inbox, lines, reports, sending
from taawon.messaging.gateways import Gateway, Inbound, StatusUpdate, routes
from taawon.messaging.gateways.smpp import Lost, Session
from taawon.messaging.gateways.words import Part
from taawon.sms import line

log = logging.getLogger(__name__)
LISTENS = 0.1  # seconds between two looks at what is due
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds before a new session


def smpp(words: Sequence[str]) -> int:
    """NAME is a table of the settings of kind "smpp"; it may be left out where there is one."""
    gateway = _gateway(words)
    if gateway is None:
        print("Name a gateway of kind smpp (TAAWON_SMS_GATEWAYS).", file=sys.stderr)
        return 2
    lifeline.end_with_parent()
    keep(gateway, until_told())
    return 0


def keep(gateway: Gateway, stop: Event) -> None:
    """A session that is lost is opened again, after ever longer waits."""
    wait = FIRST_WAIT
    while not stop.is_set():
        carrier = Carrier(gateway)
        try:
            carrier.session.open()
            log.info("Bound to %s", gateway.name)
            wait = FIRST_WAIT
            carrier.run(stop)
        except Lost as trouble:
            lines.failed(gateway.name, str(trouble))
            log.warning("The session with %s is lost: %s", gateway.name, trouble)
        except DatabaseError as problem:
            log.warning("The database cannot be used for now: %s", type(problem).__name__)
            connections.close_all()
        finally:
            carrier.session.close()
        stop.wait(wait)
        wait = min(wait * 2, LONGEST_WAIT)


class Carrier:
    """What goes between a session and the rows."""

    def __init__(self, gateway: Gateway) -> None:
        self.name = gateway.name
        self.session = Session(gateway, self._text, self._report)
        self.stored: deque[int] = deque()

    def run(self, stop: Event) -> None:
        """Raises Lost."""
        while not stop.is_set():
            close_old_connections()
            lines.alive(self.name)
            # What came is answered first: the reply may leave in the same turn.
            while self.stored:
                line.handle(self.stored.popleft())
            sent = sending.deliver(self.name, self.session.carry)
            self.session.listen(0 if sent else LISTENS)

    def _text(self, inbound: Inbound, part: Part | None) -> None:
        """Acknowledged when this returns: the text is committed, and handled after."""
        if part is None:
            found = inbox.receive(inbound)
        else:
            piece = inbox.Piece(part.reference, part.number, part.total)
            found = inbox.receive_part(inbound, piece)
        if found is not None:
            self.stored.append(found[0].pk)

    def _report(self, told: StatusUpdate) -> None:
        reports.note(self.name, told)


def _gateway(words: Sequence[str]) -> Gateway | None:
    known = {gateway.name: gateway for gateway in routes.of_kind("smpp")}
    if words:
        return known.get(words[0])
    return next(iter(known.values())) if len(known) == 1 else None
