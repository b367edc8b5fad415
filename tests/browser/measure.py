"""What a page is measured by: accessibility, weight, width."""

from __future__ import annotations

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Which images a person sees without scrolling.
BEYOND_THE_FIRST_VIEW = """() => [...document.images].filter(image => {
    const box = image.getBoundingClientRect();
    return box.top >= innerHeight || box.bottom <= 0;
}).map(image => image.currentSrc)"""
# What sticks out on either side, by its tag and classes. A list that scrolls by itself may.
STICKING_OUT = """() => {
    const root = document.scrollingElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const clips = part => part && part !== document.body
        && (getComputedStyle(part).overflowX !== 'visible' || clips(part.parentElement));
    return [...document.body.querySelectorAll('*')].filter(part => {
        const box = part.getBoundingClientRect();
        return box.width && (box.right > root.clientWidth + 1 || box.left < -1)
            && !clips(part.parentElement);
    }).map(part => [part.localName, ...part.classList].join('.')).slice(0, 10);
}"""


def violations(page: Page) -> list[str]:
    """What axe finds, one line each: rule, and where."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {', '.join(str(node['target'][0]) for node in rule['nodes'][:5])}"
        for rule in found
    ]


def sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways; nothing when it does not."""
    out: list[str] = page.evaluate(STICKING_OUT)
    wider: bool = page.evaluate(
        "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"
    )
    return out or (["the page"] if wider else [])


@dataclass
class Weight:
    """Bytes as they travelled, compressed, by kind; pictures count in the first view alone."""

    html: int = 0
    css: int = 0
    js: int = 0
    fonts: int = 0
    pictures: int = 0
    failed: list[str] = field(default_factory=list)


KINDS = {"document": "html", "stylesheet": "css", "script": "js", "font": "fonts"}


def weigh(page: Page, path: str) -> Weight:
    """Visit `path` with an empty cache, and weigh what comes."""
    finished: list[Request] = []
    weight = Weight()
    page.on("requestfinished", lambda request: finished.append(request))
    page.on("requestfailed", lambda request: weight.failed.append(request.url))
    page.goto(path, wait_until="networkidle")
    unseen = set(page.evaluate(BEYOND_THE_FIRST_VIEW))
    for request in finished:
        answer = request.response()
        kind = KINDS.get(request.resource_type, "pictures")
        if answer is None or answer.status >= 400:
            weight.failed.append(request.url)
        elif not request.url.startswith("data:") and request.url not in unseen:
            setattr(weight, kind, getattr(weight, kind) + request.sizes()["responseBodySize"])
    return weight
