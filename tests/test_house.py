"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import tokenize
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "taawon"
CHANNELS = ("web", "api", "sms", "backoffice")
LONGEST_MODULE = 300
LONGEST_VIEW = 30
WRITES = {"save", "delete", "bulk_create", "get_or_create", "update_or_create"}
TEXT = {".py", ".html", ".css", ".js", ".md", ".toml", ".sh", ".txt", ".yml", ".yaml", ".cfg", ""}


@cache
def tree() -> tuple[Path, ...]:
    """Every file of the checkout that is or will be committed."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(path for name in names.split("\0") if name and (path := ROOT / name).is_file())


def modules(*folders: str) -> list[Path]:
    wanted = [ROOT / folder for folder in folders]
    return [
        path
        for path in tree()
        if path.suffix == ".py" and any(path.is_relative_to(folder) for folder in wanted)
    ]


def own_text() -> Iterator[tuple[Path, str]]:
    """What we wrote ourselves: neither this list of words, nor others' files and data."""
    for path in tree():
        if path.suffix in TEXT and path != Path(__file__) and ".min." not in path.name:
            yield path, path.read_text()


def where(path: Path, line: int | None = None) -> str:
    name = str(path.relative_to(ROOT))
    return name if line is None else f"{name}:{line}"


def found(pattern: str, flags: int = 0) -> list[str]:
    searched = re.compile(pattern, flags)
    return [
        f"{where(path, text.count(chr(10), 0, match.start()) + 1)}: {match[0]}"
        for path, text in own_text()
        for match in searched.finditer(text)
    ]


def walk(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text()))


def comments(path: Path) -> dict[int, str]:
    with path.open("rb") as source:
        return {
            token.start[0]: token.string
            for token in tokenize.tokenize(source.readline)
            if token.type == tokenize.COMMENT
        }


def test_channels_neither_query_nor_write() -> None:
    folders = [f"src/taawon/{channel}" for channel in CHANNELS]
    assert [fault for path in modules(*folders) for fault in _reaches_down(path)] == []


def _reaches_down(path: Path) -> Iterator[str]:
    parsed = ast.parse(path.read_text())
    # "@router.delete(...)" declares a route.
    routes = {
        id(part)
        for node in ast.walk(parsed)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for decorator in node.decorator_list
        for part in ast.walk(decorator)
    }
    for node in ast.walk(parsed):
        match node:
            case ast.Attribute(attr="objects" | "_default_manager" | "atomic" as word):
                yield f"{where(path, node.lineno)}: {word}"
            case ast.Name(id="atomic" as word) | ast.alias(name="atomic" as word):
                yield f"{where(path, node.lineno)}: {word}"
            case ast.Call(func=ast.Attribute(attr=word)) if word in WRITES:
                if id(node) not in routes:
                    yield f"{where(path, node.lineno)}: {word}"


def test_a_module_is_short() -> None:
    # Django writes the migrations.
    long = {
        where(path): lines
        for path in modules("src", "tools", "tests")
        if path.parent.name != "migrations"
        and (lines := len(path.read_text().splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_a_view_is_short() -> None:
    long = {
        where(path, node.lineno): lines
        for path in modules(*(f"src/taawon/{channel}" for channel in CHANNELS))
        for node in walk(path)
        if isinstance(node, ast.FunctionDef)
        and _answers_a_request(node)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_VIEW
    }
    assert long == {}


def _answers_a_request(function: ast.FunctionDef) -> bool:
    return any(argument.arg == "request" for argument in function.args.args[:2])


def test_every_process_has_its_tests() -> None:
    wanted = {
        path: ROOT / "tests" / path.parent.relative_to(HOUSE) / f"test_{path.name}"
        for path in modules("src/taawon")
        if "services" in (path.parent.name, path.stem) and path.stem != "__init__"
    }
    assert [where(path) for path, tests in wanted.items() if not tests.exists()] == []


def test_every_room_keeps_its_floors() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [rooms] = [each for each in contracts["contracts"] if "room" in each["name"]]
    with_tables = {f"taawon.{path.parent.name}" for path in HOUSE.glob("*/models.py")}
    # The journal is what the listeners of every room stand on, and has a plan of its own.
    assert with_tables - set(rooms["containers"]) == {"taawon.journal"}


def test_what_is_switched_off_says_why() -> None:
    reason = re.compile(r"(noqa: [A-Z]+\d+(, [A-Z]+\d+)*|type: ignore\[[\w, -]+\])\W+\w.{4}")
    silent = [
        where(path, line)
        for path in modules("src", "tools", "tests")
        for line, comment in comments(path).items()
        if re.match(r"#\s*(noqa|type: ignore)", comment) and not reason.search(comment)
    ]
    assert silent == []


def test_an_inline_import_says_why() -> None:
    silent = [
        where(path, inner.lineno)
        for path in modules("src", "tools")
        for node in walk(path)
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
        and not set(range(inner.lineno, (inner.end_lineno or 0) + 1)) & comments(path).keys()
    ]
    assert silent == []


def test_nothing_is_left_for_later() -> None:
    assert found(r"\b(TODO|FIXME|HACK)\b") == []


def test_the_tree_speaks_of_the_product_alone() -> None:
    assert found(r"(?i)\bissues? ?#?\d+\b") == []
    assert found(r"/work/|\.\./shared|/opt/|/root/") == []
    assert found(r"\b(AI|LLM|GPT|Claude|Copilot|subagent)\b") == []


def test_every_dependency_says_why() -> None:
    """A comment stands above each, or above the group that it serves with its neighbours."""
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    silent = [
        line.strip()
        for above, line in zip(lines, lines[1:], strict=False)
        if re.match(r'\s+"[\w.\[\]-]+~=', line) and not re.match(r'\s+(#|"[\w.\[\]-]+~=)', above)
    ]
    assert silent == []


def test_the_locks_hold_what_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run, dev = _locked("run"), _locked("dev")
    asked = {_name(line) for line in project["project"]["dependencies"]}
    asked_for_tests = {_name(line) for line in project["dependency-groups"]["dev"]}

    assert asked - run.keys() == set()
    assert asked_for_tests - dev.keys() == set()
    assert run.items() - dev.items() == set()


def test_the_locks_name_no_index() -> None:
    locks = ROOT.glob("requirements/*.lock")
    assert [path.name for path in locks if "//" in path.read_text()] == []


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text()
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def _name(requirement: str) -> str:
    return re.split(r"[\[~=<>]", requirement)[0].lower()


def test_templates_hold_no_code_and_no_style() -> None:
    faults = []
    for path in tree():
        if path.suffix == ".html" and path.is_relative_to(HOUSE):
            text = path.read_text()
            faults += [f"{where(path)}: {match[0]}" for match in _INLINE.finditer(text)]
    assert faults == []


# A script that is data (JSON-LD) runs nothing, and one with a source stands in a file.
_INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))[^>]*>"
    r"|<style\b"
    r"|<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*|style)\s*=",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("<script>x</script>", True),
        ("<script defer src='a.js'></script>", False),
        ('<script type="application/ld+json">{}</script>', False),
        ("<style>", True),
        ('<a onclick="x">', True),
        ('<p style="color: red">', True),
        ('<option value="on" selected>', False),
    ],
)
def test_the_rule_for_templates(text: str, caught: bool) -> None:
    assert bool(_INLINE.search(text)) is caught
