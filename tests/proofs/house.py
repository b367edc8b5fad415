"""Real servers and workers on a database of their own, to be killed and started again."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

PATIENCE = 90.0


@dataclass
class Answer:
    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Visitor:
    """A client with its cookies; one connection a request."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """`body`: a form as pairs, or JSON for the API."""
        sent = {"Host": f"127.0.0.1:{self.port}", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        data = None
        if body is not None and path.startswith("/api/"):
            data, sent["Content-Type"] = json.dumps(body), "application/json"
        elif body is not None:
            data, sent["Content-Type"] = urlencode(body), "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, data, sent)
            raw = line.getresponse()
            text = raw.read().decode()
        finally:
            line.close()
        for cookie in raw.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        headers = {name.lower(): value for name, value in raw.headers.items()}
        return Answer(raw.status, text, headers)

    def log_in(self, phone: str) -> None:
        """By the code that the demonstration shows."""
        before = self.codes(phone)
        form = {"csrfmiddlewaretoken": self.token("/fr/login/"), "phone": phone}
        assert self.ask("POST", "/fr/login/", form).status == 302
        deadline = time.monotonic() + PATIENCE
        while (codes := self.codes(phone)) == before:
            assert time.monotonic() < deadline, "no code was sent"
            time.sleep(0.2)
        form = {"csrfmiddlewaretoken": self.token("/fr/login/code/"), "code": codes[0]}
        assert self.ask("POST", "/fr/login/code/", form).status == 302

    def codes(self, phone: str) -> list[str]:
        """The codes that were sent to a phone, newest first."""
        shown = Visitor(self.port).ask("GET", f"/demo/?phone={quote(phone)}").text
        texts = re.findall(r'<p dir="auto">([^<]*)', shown)
        return [found[0] for text in texts if (found := re.findall(r"\b\d{6}\b", text))]

    def token(self, path: str) -> str:
        found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', self.ask("GET", path).text)
        assert found, f"{path} has no form"
        return found[1]


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """The address of an empty database beside the one of the tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite://{folder}/proof.sqlite3"
        return
    known = settings.DATABASES["default"]
    name = f"proof_{secrets.token_hex(4)}"
    access = f"{known['USER']}:{quote(str(known['PASSWORD']))}@" if known["USER"] else ""
    port = f":{known['PORT']}" if known["PORT"] else ""
    import psycopg  # noqa: PLC0415 - only where there is a PostgreSQL

    host = known["HOST"] or ""
    query = f"?host={quote(host, safe='')}" if host.startswith("/") else ""
    place = "" if host.startswith("/") else host
    base = f"postgresql://{access}{place}{port}/"
    with psycopg.connect(f"{base}postgres{query}", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{base}{name}{query}".replace("postgresql://", "postgres://")
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass
class House:
    """One machine: a data folder, a server, a worker."""

    home: Path
    url: str
    port: int = 0
    server: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    # Settings of this proof, and other commands that it keeps running.
    extra: dict[str, str] = field(default_factory=dict)
    others: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "taawon.cli", *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def environment(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("TAAWON_")}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "taawon.config.settings",
            "TAAWON_DEMO": "yes",
            "TAAWON_HOME": str(self.home),
            "TAAWON_DATABASE_URL": self.url,
            "TAAWON_SECRET_KEY": "only-for-proofs-only-for-proofs-only-for-proofs-only",
            "TAAWON_RATE_LIMIT": "no",
            "TAAWON_LOST_AFTER_SECONDS": "3",
            "TAAWON_SITE_URL": f"http://127.0.0.1:{self.port}",
            "PORT": str(self.port),
            **self.extra,
        }

    def start(self, *, worker: bool = True) -> None:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        self.server = self._spawn("serve")
        if worker:
            self.worker = self._spawn("worker")
        self.wait()

    def wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(OSError, http.client.HTTPException):
                if self.visitor().ask("GET", "/readyz").status == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("The server does not answer.")

    def also(self, *words: str) -> None:
        """Keep another command of the house running."""
        self.others.append(self._spawn(*words))

    def _spawn(self, *words: str) -> subprocess.Popen[bytes]:
        with (self.home / f"{words[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "taawon.cli", *words],
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_worker(self) -> None:
        self.worker = self._spawn("worker")

    def kill_worker(self) -> None:
        _kill(self.worker)
        self.worker = None

    def kill(self) -> None:
        """kill -9, to all of them at once: nobody has time for a last word."""
        for process in (self.server, self.worker, *self.others):
            _kill(process)
        self.server = self.worker = None
        self.others = []

    def visitor(self) -> Visitor:
        return Visitor(self.port)

    def look(self, *words: str, script: str = "look.py") -> Any:
        """What the database says of the proof's baskets and orders (tests/proofs/look.py)."""
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name(script)), *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    if process is None:
        return
    for pid in [*_descendants(process.pid), process.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def _descendants(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = dict(map(int, line.split()) for line in listed.splitlines())
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found - {pid})


@contextmanager
def open_house(folder: Path, *, start: bool = True) -> Iterator[House]:
    """A small world of demonstration data with server and worker."""
    with database(folder) as url:
        house = House(home=folder, url=url)
        house.run("prepare-demo", "--small")
        try:
            if start:
                house.start()
            yield house
        finally:
            house.kill()
