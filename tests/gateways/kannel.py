"""Debian's Kannel with its fake centre, on loopback and on free ports."""

from __future__ import annotations

import re
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote_to_bytes

from tools import machine

PATIENCE = 30.0
TOKEN = "token-of-the-proof"
_CONFIGURATION = """\
group = core
admin-port = {admin}
admin-interface = "127.0.0.1"
admin-password = "only-for-proofs"
status-password = "only-for-proofs"
smsbox-port = {boxes}
smsbox-interface = "127.0.0.1"
box-allow-ip = "127.0.0.1"
dlr-storage = sqlite3
store-type = spool
store-location = "{folder}/store"
sms-combine-concatenated-mo = true
log-file = "{folder}/bearerbox.log"
log-level = 2
access-log = "{folder}/access.log"
access-log-clean = true
access-log-format = "%t %l id=%I fid=%F smsc=%i from=%p to=%P len=%L dlr=%d parts=%n"

group = sqlite3-connection
id = dlrdb
database = "{folder}/dlr.db"
max-connections = 1

group = dlr-db
id = dlrdb
table = dlr
field-smsc = smsc
field-timestamp = ts
field-source = source
field-destination = destination
field-service = service
field-url = url
field-mask = mask
field-status = status
field-boxc-id = boxc

{centres}
group = smsbox-route
smsbox-id = "box"
smsc-id = "{names}"

group = smsbox
smsbox-id = "box"
bearerbox-host = "127.0.0.1"
bearerbox-port = {boxes}
sendsms-port = {send}
sendsms-interface = "127.0.0.1"
mo-recode = true
http-request-retry = 100
http-queue-delay = 1
log-file = "{folder}/smsbox.log"
log-level = 2

group = sendsms-user
username = "coop"
password = "coop-pw"
concatenation = true
max-messages = 20
user-allow-ip = "127.0.0.1"

group = sms-service
keyword = default
catch-all = true
max-messages = 0
omit-empty = true
get-url = "{ours}/gateway/kannel/inbound?token={token}&{facts}"
"""
_FACTS = "id=%I&from=%p&to=%P&text=%b&charset=%C&coding=%c&udh=%u&smsc=%i&fid=%F&ts=%T"
_FAKE = """\
group = smsc
smsc = fake
smsc-id = fake1
allowed-smsc-id = "fake1"
port = {port}
connect-allow-ip = "127.0.0.1"
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Kannel:
    """`ours` is the address at which the house listens."""

    folder: Path
    ours: str
    centre: str = ""
    send_port: int = field(default_factory=free_port)
    fake_port: int = field(default_factory=free_port)
    boxes_port: int = field(default_factory=free_port)
    admin_port: int = field(default_factory=free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def table(self) -> str:
        """The table of our settings that leads here."""
        return (
            f'kind = "kannel"\naddress = "http://127.0.0.1:{self.send_port}/cgi-bin/sendsms"\n'
            f'username = "coop"\npassword = "coop-pw"\nfrom = "2255"\nsmsc = "fake1"\n'
            f'token = "{TOKEN}"\n'
        )

    def start(self) -> None:
        (self.folder / "store").mkdir(parents=True, exist_ok=True)
        self._reports_table()
        file = self.folder / "kannel.conf"
        file.write_text(
            _CONFIGURATION.format(
                admin=self.admin_port,
                boxes=self.boxes_port,
                send=self.send_port,
                folder=self.folder,
                ours=self.ours,
                token=TOKEN,
                facts=_FACTS,
                centres=self.centre or _FAKE.format(port=self.fake_port),
                names="fake1",
            )
        )
        program = machine.kannel()
        assert program is not None, "Kannel is missing; make test installs it"
        self._run(str(program), "-v", "4", str(file))
        _wait_for(self.boxes_port)
        if not self.centre:
            _wait_for(self.fake_port)
        self._run(str(program.with_name("smsbox")), "-v", "4", str(file))
        _wait_for(self.send_port)

    def stop(self) -> None:
        for process in reversed(self.running):
            process.terminate()
        for process in self.running:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()

    def lines_of(self, log: str) -> list[str]:
        file = self.folder / log
        return file.read_text(errors="replace").splitlines() if file.exists() else []

    def _run(self, *words: str) -> None:
        with (self.folder / f"{Path(words[0]).name}.out").open("ab") as log:
            self.running.append(subprocess.Popen(words, stdout=log, stderr=log, cwd=self.folder))

    def _reports_table(self) -> None:
        with closing(sqlite3.connect(self.folder / "dlr.db")) as database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS dlr (smsc TEXT, ts TEXT, source TEXT, destination TEXT,"
                " service TEXT, url TEXT, mask INTEGER, status INTEGER, boxc TEXT)"
            )
            database.commit()


@dataclass
class FakeCentre:
    """Phones behind the fake centre: what they type goes in, what they get is printed."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def type(self, *messages: Sequence[str]) -> None:
        """(sender, text) each; the ones behind the centre get what comes out from now on."""
        self.stop()
        written = [f"{sender} 2255 text {text}" for sender, text in messages]
        command = [str(machine.FAKE_CENTRE), "-H", "127.0.0.1", "-r", str(self.port), "-i", "0.05"]
        command += ["-m", str(len(written)), *written]
        with (self.folder / "phones.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def got(self) -> list[tuple[str, str]]:
        """(phone, words) of each part that phones got."""
        file = self.folder / "phones.log"
        log = file.read_bytes() if file.exists() else b""
        found = re.findall(rb"Got message \d+: <\S+ (\S+) (.*)>$", log, re.MULTILINE)
        return [(phone.decode(), _read(rest)) for phone, rest in found]

    def texts_to(self, phone: str) -> list[str]:
        return [words for receiver, words in self.got() if receiver == phone]


def _read(printed: bytes) -> str:
    """The fake centre prints "text words", "ucs-2 …", "data …" or "udh header data …"."""
    kind, _, words = printed.partition(b" ")
    wide = kind == b"ucs-2"
    if kind == b"udh":
        _, _, rest = words.partition(b" ")
        kind, _, words = rest.partition(b" ")
    if kind == b"text":
        return words.decode()
    raw = unquote_to_bytes(words.replace(b"+", b" "))
    if wide or set(raw) & {0x00, 0x06, 0xD8}:
        return raw.decode("utf-16-be")
    return raw.decode("gsm03.38") if b"\x1b" in raw else raw.decode(errors="replace")


@contextmanager
def open_kannel(folder: Path, ours: str, centre: str = "") -> Iterator[Kannel]:
    kannel = Kannel(folder=folder, ours=ours, centre=centre)
    try:
        kannel.start()
        yield kannel
    finally:
        kannel.stop()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"Nothing listens on port {port}.")
