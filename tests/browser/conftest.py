"""A real browser before a real server with a small world of demonstration data."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.people import log_in
from tools import machine

PHONE = (360, 740)
DESK = (1280, 900)
PATIENCE = 100.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker takes them all: one browser, one server."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site") / "server.log"


@pytest.fixture(scope="session")
def site(server_log: Path) -> Iterator[str]:
    """The address of a server that runs until the last test."""
    home = server_log.parent
    port = machine.free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TAAWON_", "DJANGO_"))}
    environment |= {"TAAWON_HOME": str(home), "TAAWON_RATE_LIMIT": "no", "PORT": str(port)}
    command = [str(Path(sys.executable).with_name("taawon")), "demo", "--small"]
    with server_log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=home, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_ready(address, server, server_log)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The server did not get ready:\n{log.read_text()[-4000:]}")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of a new visitor: `open_page(PHONE)`, and what Playwright's contexts take."""
    contexts = []

    def new_page(size: tuple[int, int], **words: object) -> Page:
        width, height = size
        settings: dict[str, object] = {
            "viewport": {"width": width, "height": height},
            "service_workers": "block",
            "locale": "fr-MA",
            "timezone_id": "Africa/Casablanca",
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**{**settings, **words})  # type: ignore[arg-type]  # one call for all settings
        contexts.append(context)
        return context.new_page()

    yield new_page
    for context in contexts:
        context.close()


@pytest.fixture
def phone_page(open_page: Callable[..., Page], site: str) -> Page:
    return open_page(PHONE, base_url=site, is_mobile=True, has_touch=True)


@pytest.fixture
def desk_page(open_page: Callable[..., Page], site: str) -> Page:
    return open_page(DESK, base_url=site)


@pytest.fixture(scope="session")
def known() -> dict[str, Any]:
    """Cookies of who is logged in already."""
    return {}


@pytest.fixture
def logged_in(
    open_page: Callable[..., Page], site: str, known: dict[str, Any]
) -> Callable[[str], Any]:
    """Cookies of a person, by phone."""

    def cookies(phone: str) -> Any:
        if phone not in known:
            page = open_page(PHONE, base_url=site)
            known[phone] = log_in(page, phone)
        return known[phone]

    return cookies
