"""An operator's centre that speaks SMPP 3.4, on loopback: what it was given, what it answers."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import gsm0338  # noqa: F401 - registers the alphabet
import smpp34

PATIENCE = 20.0
_WIDE, _UDH, _RECEIPT = 8, 0x40, 0x04


@dataclass(frozen=True)
class Submitted:
    to: str
    text: str
    coding: int
    esm_class: int
    reported: int


@dataclass
class Centre:
    """Runs in a thread of its own. `refuse` holds the statuses of the next submits."""

    port: int = 0
    reports: bool = True
    refuse: list[int] = field(default_factory=list)
    submitted: list[Submitted] = field(default_factory=list)
    binds: int = 0
    _esme: Any = None
    _server: Any = None
    _thread: Any = None
    _serving: Any = None
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def start(self) -> None:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._do(self._open)
        self._serving = asyncio.run_coroutine_threadsafe(self._serve(), self._loop)

    def stop(self) -> None:
        with suppress(Exception):
            self._do(lambda: self._server.stop())
        self._serving.cancel()
        self._do(lambda: asyncio.sleep(0.01))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def type(self, message: tuple[str, str]) -> None:
        """(sender, text), as the fake centre of Kannel takes it."""
        self.bring(*message)

    def texts_to(self, phone: str) -> list[str]:
        return [one.text for one in self.submitted if one.to == phone]

    def hang_up(self) -> None:
        """The session ends; a new one may be bound."""
        with suppress(Exception):
            self._do(lambda: self._esme.unbind())

    def bring(self, sender: str, text: str, *, udh: bytes = b"", coding: int = _WIDE) -> int:
        """A text of a phone; the status with which it was acknowledged."""
        words = text.encode("utf-16-be") if coding == _WIDE else text.encode("ascii")
        answer = self._do(
            lambda: self._esme.deliver_sm(
                "2255",
                udh + words,
                source_addr=sender.removeprefix("+"),
                data_coding=coding,
                esm_class=_UDH if udh else 0,
            )
        )
        return int(answer.command_status)

    def report(self, number: int, stat: str) -> None:
        said = f"id:{number:08x} sub:001 dlvrd:001 submit date:2611230900 "
        said += f"done date:2611230900 stat:{stat} err:000 text:"
        with suppress(Exception):
            self._do(lambda: self._esme.deliver_sm("2255", said.encode(), esm_class=_RECEIPT))

    async def _open(self) -> None:
        self._server = smpp34.Server("127.0.0.1", self.port, system_id="centre")
        await self._server.start()

    async def _serve(self) -> None:
        while True:
            event = await self._server.next()
            if isinstance(event, smpp34.Esme):
                self._esme, self.binds = event, self.binds + 1
            elif isinstance(event, smpp34.SubmitSmEvent):
                await self._submit(event)

    async def _submit(self, event: Any) -> None:
        if self.refuse:
            event.reject(self.refuse.pop(0))
            return
        body = event.short_message
        if event.esm_class & _UDH:
            body = body[body[0] + 1 :]
        text = body.decode("utf-16-be") if event.data_coding == _WIDE else body.decode("gsm03.38")
        self.submitted.append(
            Submitted(
                f"+{event.destination_addr}",
                text,
                event.data_coding,
                event.esm_class,
                event.registered_delivery,
            )
        )
        number = len(self.submitted)
        event.accept(f"{number:08x}")
        if self.reports and event.registered_delivery:
            threading.Thread(target=self.report, args=(number, "DELIVRD"), daemon=True).start()

    def _do(self, work: Callable[[], Awaitable[Any]]) -> Any:
        """On the loop: what is asked of a session must begin there."""

        async def begin() -> Any:
            return await work()

        return asyncio.run_coroutine_threadsafe(begin(), self._loop).result(PATIENCE)


@contextmanager
def open_centre(**words: Any) -> Iterator[Centre]:
    centre = Centre(**words)
    centre.start()
    try:
        yield centre
    finally:
        centre.stop()
