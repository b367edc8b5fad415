"""SMPP 3.4: one transceiver session with an operator's centre, kept by `taawon smpp`.

The centre's texts are acknowledged once they are stored; a send whose answer was lost may go out
twice, since SMPP takes no key. See docs/sms/smpp.md.
"""

from __future__ import annotations

import re
import select
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.utils import timezone
from smpplib import consts, exceptions, smpp
from smpplib.client import Client

from taawon.messaging.gateways import (
    Accepted,
    Answer,
    Failed,
    Gateway,
    Inbound,
    Outbound,
    Retry,
    StatusUpdate,
    words,
)
from taawon.messaging.models import Fate
from taawon.messaging.rules import is_gsm, parts

_UDH, _RECEIPT = 0x40, 0x3C
ANSWER_WITHIN: Final = 20.0  # seconds
THROTTLED_FOR: Final = 2  # seconds
_FULL = {consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL}
_NEVER = {
    consts.SMPP_ESME_RINVDSTADR,
    consts.SMPP_ESME_RINVMSGLEN,
    consts.SMPP_ESME_RINVDSTTON,
    consts.SMPP_ESME_RINVDSTNPI,
}
_FATES = {
    "DELIVRD": Fate.DELIVERED,
    "ACCEPTD": Fate.ACCEPTED,
    "ENROUTE": Fate.ACCEPTED,
    "UNDELIV": Fate.LOST,
    "EXPIRED": Fate.LOST,
    "REJECTD": Fate.LOST,
    "DELETED": Fate.LOST,
}
_SAID = re.compile(rb"id:(?P<id>\S+).*?stat:(?P<stat>\w+)", re.DOTALL)


class Lost(Exception):  # noqa: N818 - a fact about the line
    """The session is gone; a new one has to be opened."""


class _Client(Client):  # type: ignore[misc] # it brings no types
    """The library reads over an unbind of the centre; we hang up then."""

    unbound = False

    def read_pdu(self) -> Any:
        pdu = super().read_pdu()
        self.unbound = self.unbound or pdu.command == "unbind"
        return pdu


class SmppGateway(Gateway):
    """Options: host, port, system_id, password, system_type, from."""

    def send(self, message: Outbound) -> Answer:
        return Retry("carried-by-its-own-process")


class Session:
    """A bound transceiver. `on_text` and `on_report` have stored when they return."""

    def __init__(
        self,
        gateway: Gateway,
        on_text: Callable[[Inbound, words.Part | None], None],
        on_report: Callable[[StatusUpdate], None],
    ) -> None:
        self.name = gateway.name
        self.options: Mapping[str, Any] = gateway.options
        self.on_text, self.on_report = on_text, on_report
        self.waiting: dict[int, int] = {}
        self.answered: dict[int, tuple[int, str]] = {}
        self.reference = int(time.time()) % 256
        self.enquired = time.monotonic()
        # Why the session is of no use any more.
        self.broken = ""
        self.client = _Client(
            str(self.options["host"]), int(self.options["port"]), allow_unknown_opt_params=True
        )
        self.client.set_message_sent_handler(self._sent)
        self.client.set_message_received_handler(self._received)
        self.client.set_error_pdu_handler(lambda pdu: None)

    def open(self) -> None:
        """Raises Lost."""
        try:
            self.client.connect()
            self.client.bind_transceiver(
                system_id=str(self.options.get("system_id", "")),
                password=str(self.options.get("password", "")),
                system_type=str(self.options.get("system_type", "")),
            )
        except (exceptions.ConnectionError, exceptions.PDUError, OSError) as trouble:
            self.close()
            raise Lost(type(trouble).__name__) from None

    def close(self) -> None:
        try:
            if self.client.state in (consts.SMPP_CLIENT_STATE_BOUND_TRX,):
                self.client.unbind()
        except (exceptions.ConnectionError, exceptions.PDUError, OSError):
            pass  # It is gone either way.
        self.client.state = consts.SMPP_CLIENT_STATE_OPEN
        self.client.disconnect()

    def carry(self, batch: Sequence[Outbound]) -> list[Answer]:
        """Submit a batch, part by part, and wait for what the centre says to each."""
        self.answered.clear()
        asked: list[list[int]] = []
        for message in batch:
            try:
                asked.append([] if self.broken else self._submit(message))
            except (exceptions.ConnectionError, OSError) as trouble:
                self.broken = type(trouble).__name__
                asked.append([])
        try:
            self._wait_for({number for numbers in asked for number in numbers})
        except Lost as trouble:
            self.broken = self.broken or str(trouble)
        answers = [self._answer(numbers) for numbers in asked]
        self.waiting.clear()
        return answers

    def listen(self, seconds: float) -> None:
        """Read what comes within so many seconds, and ask from time to time whether it lives.

        Raises Lost.
        """
        if self.broken:
            raise Lost(self.broken)
        try:
            if self._readable(seconds):
                self.client.read_once(auto_send_enquire_link=False)
                while self._readable(0):
                    self.client.read_once(auto_send_enquire_link=False)
            elif time.monotonic() - self.enquired > float(self.options.get("enquire_every", 20)):
                self.enquired = time.monotonic()
                self._enquire()
        except (exceptions.ConnectionError, exceptions.PDUError, OSError) as trouble:
            raise Lost(type(trouble).__name__) from None
        if self.client.unbound:
            raise Lost("unbound")

    def _readable(self, seconds: float) -> bool:
        readable, _, _ = select.select([self.client._socket], [], [], seconds)  # noqa: SLF001 - it names no reader of its own
        return bool(readable)

    def _enquire(self) -> None:
        self.client.send_pdu(smpp.make_pdu("enquire_link", client=self.client))

    def _submit(self, message: Outbound) -> list[int]:
        """The sequence numbers of its parts; reports are asked for the first alone."""
        gsm = is_gsm(message.text)
        pieces = parts(message.text)
        self.reference = (self.reference + 1) % 256
        numbers = []
        for number, piece in enumerate(pieces, 1):
            written = piece.encode("gsm03.38") if gsm else piece.encode("utf-16-be")
            if len(pieces) > 1:
                written = bytes((5, 0, 3, self.reference, len(pieces), number)) + written
            pdu = self.client.send_message(
                source_addr_ton=int(self.options.get("from_ton", 0)),
                source_addr_npi=int(self.options.get("from_npi", 0)),
                source_addr=str(self.options.get("from", "")),
                dest_addr_ton=consts.SMPP_TON_INTL,
                dest_addr_npi=consts.SMPP_NPI_ISDN,
                destination_addr=message.to.removeprefix("+"),
                short_message=written,
                data_coding=words.GSM if gsm else words.WIDE,
                esm_class=_UDH if len(pieces) > 1 else 0,
                registered_delivery=1 if number == 1 else 0,
                validity_period=words.validity(message.lives),
            )
            numbers.append(pdu.sequence)
            self.waiting[pdu.sequence] = number
        return numbers

    def _wait_for(self, numbers: set[int]) -> None:
        until = time.monotonic() + ANSWER_WITHIN
        while numbers - self.answered.keys():
            left = until - time.monotonic()
            if left <= 0:
                raise Lost("no-answer")
            self.listen(min(left, 1.0))

    def _answer(self, numbers: Sequence[int]) -> Answer:
        told = [self.answered[number] for number in numbers if number in self.answered]
        if not numbers:
            return Retry(self.broken or "not-submitted")
        if len(told) < len(numbers):
            return Retry(self.broken or "no-answer", in_doubt=True)
        bad = [status for status, _ in told if status]
        if not bad:
            return Accepted(told[0][1])
        if set(bad) & _FULL:
            # Parts of it may have been taken; sent again as a whole it is at worst read twice.
            return Retry("throttled", after=THROTTLED_FOR, in_doubt=len(bad) < len(told))
        return (
            Failed(f"smpp-{bad[0]}")
            if bad[0] in _NEVER
            else Retry(f"smpp-{bad[0]}", line=False, in_doubt=len(bad) < len(told))
        )

    def _sent(self, pdu: Any) -> None:
        if pdu.sequence in self.waiting:
            told = getattr(pdu, "message_id", None) or b""
            self.answered[pdu.sequence] = (int(pdu.status or 0), told.decode("ascii", "replace"))

    def _received(self, pdu: Any) -> int:
        """What is returned is told to the centre: anything but 0 makes it bring the text again."""
        try:
            if pdu.esm_class & _RECEIPT:
                self._report(pdu)
            else:
                self._text(pdu)
        except Exception:  # noqa: BLE001 - whatever happened: it is not stored
            return int(consts.SMPP_ESME_RSYSERR)
        return int(consts.SMPP_ESME_ROK)

    def _report(self, pdu: Any) -> None:
        said = _SAID.search(pdu.short_message or b"")
        if said and (fate := _FATES.get(said["stat"].decode("ascii", "replace"))):
            told = getattr(pdu, "receipted_message_id", None) or said["id"]
            self.on_report(
                StatusUpdate(fate, provider_id=told.rstrip(b"\0").decode("ascii", "replace"))
            )

    def _text(self, pdu: Any) -> None:
        body = pdu.short_message or getattr(pdu, "message_payload", None) or b""
        part, body = words.cut(body) if pdu.esm_class & _UDH else (None, body)
        sender = pdu.source_addr.decode("ascii", "replace")
        self.on_text(
            Inbound(
                gateway=self.name,
                provider_id="",
                sender=f"+{sender}" if sender.startswith("212") else sender,
                recipient=pdu.destination_addr.decode("ascii", "replace"),
                text=words.read(body, pdu.data_coding),
                # The centre gives no id: its words and their second make a text one.
                sent_at=timezone.now(),
            ),
            part,
        )
