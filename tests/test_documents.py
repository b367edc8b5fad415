"""What the documents say exists: files, headings, settings, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from taawon import cli
from tests.test_house import ROOT, tree

DOCUMENTS = [path for path in tree() if path.suffix == ".md"]
# Not for whoever runs it: the processes tell each other (config/lifeline.py).
INTERNAL = {"PARENT_PROCESS"}
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_READ = re.compile(r"\benv\.(?:text|flag|number|hours|words|tables)\(\s*\"([A-Z_]+)\"")
_BLOCK = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
_NAMED = re.compile(r"\bTAAWON_([A-Z_]+)\b")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(document: Path) -> None:
    lost = []
    for link in _LINK.findall(document.read_text()):
        if link.startswith(("http://", "https://")):
            continue
        file, _, anchor = link.partition("#")
        target = (document.parent / file).resolve() if file else document
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            lost.append(link)
    assert lost == []


def _anchors(document: Path) -> set[str]:
    """The names of headings, as they are linked to: small letters, hyphens, no marks."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_anchors_are_made_of_headings(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Is it well?\n\n## One order's way\n\ntext\n\n### فتح متجركم\n")
    assert _anchors(page) == {"is-it-well", "one-orders-way", "فتح-متجركم"}


def test_every_setting_is_told_and_every_one_told_exists() -> None:
    read = {
        name
        for path in tree()
        if path.suffix == ".py" and path.is_relative_to(ROOT / "src")
        for name in _READ.findall(path.read_text())
    }
    told = set(_NAMED.findall((ROOT / "docs" / "operate.md").read_text()))
    named = {name.removesuffix("_FILE") for text in _texts() for name in _NAMED.findall(text)}

    assert read - told - INTERNAL == set()
    assert named - read - INTERNAL == set()


def _texts() -> Iterator[str]:
    """The documents, and what operators copy."""
    for path in tree():
        if path.suffix == ".md" or path.is_relative_to(ROOT / "deploy"):
            yield path.read_text()


def test_commands_exist() -> None:
    goals = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    ours = set(cli.PLAIN | cli.WITH_MODELS) | {"help", "migrate", "shell", "makemigrations"}
    made, run = set(), set()
    for text in _texts():
        for code in [*re.findall(r"`([^`\n]+)`", text), *_BLOCK.findall(text)]:
            made |= set(re.findall(r"^(?:\w+=\S+ )?make ([a-z-]+)", code, re.MULTILINE))
            run |= set(re.findall(r"^(?:\w+=\S+ )*(?:\S+/)?taawon ([a-z-]+)", code, re.MULTILINE))

    assert made - goals == set()
    assert run - ours == set()
    assert {"demo", "test"} <= made
    assert {"serve", "worker", "migrate", "check"} <= run


def test_units_start_what_exists() -> None:
    started = re.findall(
        r"^ExecStart=\S+/taawon (\S+)$",
        "\n".join(path.read_text() for path in sorted((ROOT / "deploy").glob("*.service"))),
        re.MULTILINE,
    )
    assert started == ["serve", "worker"]
    assert set(started) <= set(cli.PLAIN | cli.WITH_MODELS)


def test_pictures_are_light() -> None:
    pictures = [path for path in tree() if path.is_relative_to(ROOT / "docs" / "pictures")]
    shown = {_name(path) for path in pictures}
    assert sum(path.stat().st_size for path in pictures) < 1_500_000
    assert shown == {f"docs/pictures/{name}" for name in _pictures_of_the_readme()}


def _pictures_of_the_readme() -> set[str]:
    text = (ROOT / "README.md").read_text()
    return set(re.findall(r"\(docs/pictures/([\w.-]+)\)", text))


# Each room has its own.
EVERYWHERE = {"queries.py", "rules.py", "events.py", "errors.py"}


def test_files_that_contributing_names_are_there() -> None:
    house = ROOT / "src" / "taawon"
    text = (ROOT / "CONTRIBUTING.md").read_text() + "".join(
        path.read_text() for path in (ROOT / "docs" / "adr").glob("*.md")
    )
    named = re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.py)(?:: ([\w, .]+))?`", text)
    lost = []
    for file, words in set(named):
        if file in EVERYWHERE:
            continue
        path = house / file if (house / file).exists() else ROOT / file
        source = path.read_text() if path.exists() else ""
        wanted = [word.strip().rpartition(".")[2] for word in words.split(",") if word.strip()]
        if not path.exists() or any(not re.search(rf"\b{word}\b", source) for word in wanted):
            lost.append((file, words))
    assert lost == []
