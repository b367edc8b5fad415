"""How many texts the line takes and sends here, against what its gateways could do alone.

    python tools/machine.py with-postgres .venv/bin/python tools/bench_sms.py [TEXTS]

Starts two web processes, a worker, Debian's Kannel with its fake centre, and a centre that speaks
SMPP, all on loopback; the database must be empty.
"""

from __future__ import annotations

import http.client
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.gateways.kannel import TOKEN, FakeCentre, Kannel, free_port  # noqa: E402 - the path

SHOPS = 300
AT_ONCE = 16
ROWS = "{:<34}{:>10}{:>12}   {}"


def main(words: Sequence[str]) -> int:
    texts = int(words[0]) if words else 5_000
    with tempfile.TemporaryDirectory(prefix="taawon-bench-") as folder:
        kannel = Kannel(folder=Path(folder) / "kannel", ours=f"http://127.0.0.1:{free_port()}")
        smpp_port = free_port()
        _environment(folder, kannel, smpp_port)
        import django  # noqa: PLC0415 - the environment comes first

        django.setup()
        phones = _rows()
        print(ROWS.format("", "a second", "of ceiling", ""))
        _parsing()
        with _running("serve"):
            _wait_until_ready(int(os.environ["PORT"]))
            _inbound(phones, texts)
            with _kannel(kannel) as behind:
                _outbound_kannel(kannel, behind, texts)
        _outbound_smpp(smpp_port, texts)
    return 0


def _environment(folder: str, kannel: Kannel, smpp_port: int) -> None:
    port = kannel.ours.rpartition(":")[2]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "taawon.config.settings",
        "TAAWON_HOME": folder,
        "TAAWON_SECRET_KEY": secrets.token_urlsafe(48),
        "TAAWON_RATE_LIMIT": "no",
        "TAAWON_SITE_URL": kannel.ours,
        "TAAWON_WORKERS": "2",
        "PORT": port,
        "TAAWON_SMS_GATEWAYS": (
            f"[iam]\n{kannel.table}"
            f'[centre]\nkind = "smpp"\nhost = "127.0.0.1"\nport = {smpp_port}\n'
            'system_id = "coop"\npassword = "pw"\nfrom = "2255"\n'
        ),
    }


def _rows() -> list[str]:
    """Shops with a member each and one product, by number 3."""
    from django.core.management import call_command  # noqa: PLC0415 - needs the apps

    call_command("migrate", verbosity=0)
    from tests.sms.talk import stall  # noqa: PLC0415 - needs the apps

    numbers = [f"+2126{number:08}" for number in range(SHOPS)]
    for number in numbers:
        stall(phone=number).product(on_hand=5)
    return numbers


def _parsing() -> None:
    from taawon.sms.language import understand  # noqa: PLC0415 - needs the apps
    from taawon.sms.lexicons import current  # noqa: PLC0415 - needs the apps

    file = Path(__file__).parents[1] / "tests" / "sms" / "language" / "messages.txt"
    lines = [line.partition("=>")[0].strip() for line in file.read_text().splitlines()]
    messages = [line for line in lines if line and not line.startswith("#")]
    lexicon = current()
    started = time.perf_counter()
    for message in messages * 5:
        understand(message, lexicon)
    each = (time.perf_counter() - started) / len(messages) / 5
    print(ROWS.format("understood", f"{1 / each:,.0f}", "", f"{each * 1e6:.0f} µs a text"))


def _inbound(phones: list[str], texts: int) -> None:
    """Whole commands by HTTP: stored, understood, done, reply queued."""
    from taawon.messaging.models import InboundText, Message  # noqa: PLC0415 - needs the apps

    def command(number: int) -> str:
        query = {
            "token": TOKEN,
            "id": f"b{number}",
            "from": phones[number % SHOPS],
            "to": "2255",
            "text": f"STOCK 3 {number % 90 + 6}",
        }
        return f"/gateway/kannel/inbound?{urlencode(query)}"

    ceiling = _rate(lambda number: "/healthz", texts)
    rate = _rate(command, texts)
    handled = InboundText.objects.filter(state="handled").count()
    replies = Message.objects.filter(key__startswith="sms.inbound:").count()
    said = f"{texts:,} sent, {handled:,} handled, {replies:,} answered; 'ok' alone: {ceiling:,.0f}"
    print(ROWS.format("in: whole commands", f"{rate:,.0f}", f"{rate / ceiling:.2f}", said))


def _rate(path: Callable[[int], str], times: int) -> float:
    """Answers a second over connections that stay open."""
    port = int(os.environ["PORT"])

    def ask(first: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(first, times, AT_ONCE):
            line.request("GET", path(number))
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
        line.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(ask, range(AT_ONCE)))
    return times / (time.perf_counter() - started)


def _outbound_kannel(kannel: Kannel, behind: FakeCentre, texts: int) -> None:
    """A bare client with as many connections, which asks for the same reports; then ours."""
    query = {"username": "coop", "password": "coop-pw", "from": "2255", "smsc": "fake1"}
    query |= {"dlr-mask": "19", "dlr-url": f"{kannel.ours}/healthz"}

    def bare(first: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", kannel.send_port, timeout=60)
        for number in range(first, texts, 4):
            words = {**query, "to": f"+2127{number:08}", "text": f"Texte {number}", "coding": "0"}
            line.request("GET", f"/cgi-bin/sendsms?{urlencode(words)}")
            answer = line.getresponse()
            answer.read()
            assert answer.status == 202, answer.status
        line.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(bare, range(4)))
    ceiling = texts / (time.perf_counter() - started)
    _until(lambda: len(behind.got()) >= texts)
    rate, doubtful = _ours("iam", texts, "worker")
    _until(lambda: len(behind.got()) >= 2 * texts)
    said = f"bare client: {ceiling:,.0f}; {len(behind.got()) - texts:,} came, {doubtful} in doubt"
    print(ROWS.format("out: Kannel", f"{rate:,.0f}", f"{rate / ceiling:.2f}", said))


def _outbound_smpp(port: int, texts: int) -> None:
    from taawon.messaging.gateways import Outbound, routes  # noqa: PLC0415 - needs the apps
    from taawon.messaging.gateways.smpp import Session  # noqa: PLC0415 - needs the apps
    from tests.gateways.centre import open_centre  # noqa: PLC0415 - needs the alphabet

    with open_centre(port=port, reports=False) as centre:
        session = Session(routes.gateway("centre"), lambda *_: None, lambda _: None)
        session.open()
        numbers = iter(range(texts))
        started = time.perf_counter()
        while batch := list(islice(numbers, 50)):
            session.carry(
                [Outbound(f"b{n}", "sms", f"+2127{n:08}", "", f"Texte {n}", "fr") for n in batch]
            )
        ceiling = texts / (time.perf_counter() - started)
        session.close()
        centre.submitted.clear()
        rate, doubtful = _ours("centre", texts, "smpp")
        _until(lambda: len(centre.submitted) >= texts)
        said = f"bare session: {ceiling:,.0f}; {len(centre.submitted):,} came, {doubtful} in doubt"
    print(ROWS.format("out: SMPP", f"{rate:,.0f}", f"{rate / ceiling:.2f}", said))


def _ours(line: str, texts: int, process: str) -> tuple[float, int]:
    """Texts a second from the first that left to the last, as the rows say; and those in doubt."""
    from django.db.models import Max, Min  # noqa: PLC0415 - needs the apps

    from taawon.messaging.models import Message  # noqa: PLC0415 - needs the apps

    Message.objects.all().delete()
    rows = [
        Message(to=f"+2126{n:08}", text=f"Texte {n}", key=f"b{line}{n}", gateway=line)
        for n in range(texts)
    ]
    Message.objects.bulk_create(rows, batch_size=1_000)
    sent = Message.objects.filter(gateway=line, state="sent")
    with _running(process):
        _until(lambda: sent.count() == texts)
    span = sent.aggregate(first=Min("claimed_at"), last=Max("sent_at"))
    return texts / (span["last"] - span["first"]).total_seconds(), sent.filter(
        in_doubt=True
    ).count()


@contextmanager
def _kannel(kannel: Kannel) -> Iterator[FakeCentre]:
    behind = FakeCentre(kannel.fake_port, kannel.folder)
    try:
        kannel.start()
        behind.type(("+212700000000", ""))
        yield behind
    finally:
        behind.stop()
        kannel.stop()


@contextmanager
def _running(*words: str) -> Iterator[None]:
    log = Path(os.environ["TAAWON_HOME"]) / f"{words[0]}.log"
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "taawon.cli", *words], stdout=file, stderr=file
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def _wait_until_ready(port: int) -> None:
    def answers() -> bool:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", "/healthz")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()

    _until(answers)


def _until(true: Callable[[], bool], seconds: float = 180.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise SystemExit("It took too long.")
        time.sleep(0.1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
