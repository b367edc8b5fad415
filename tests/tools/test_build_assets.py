"""The files that browsers load are what their sources say, and light."""

from __future__ import annotations

import gzip
import sys

import pytest

from tools import build_assets


def test_the_style_sheet_is_fresh_and_light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["build_assets.py", "--check"])
    assert build_assets.main() == 0


def test_scripts_are_light() -> None:
    scripts = [(build_assets.BUILT / name).read_bytes() for name in ("htmx.min.js", "app.js")]
    own = len(gzip.compress(scripts[1], 9))
    assert own <= 3 * 1024
    assert sum(len(gzip.compress(script, 9)) for script in scripts) <= 20 * 1024


@pytest.mark.parametrize(("script", "budget"), [("fr", 24_000), ("ar", 40_000)])
def test_fonts_are_light(script: str, budget: int) -> None:
    files = (build_assets.BUILT / "fonts").glob(f"plex-{script}-*.woff2")
    assert sum(file.stat().st_size for file in files) <= budget


def test_every_icon_is_in_the_sprite() -> None:
    sprite = (build_assets.BUILT / "icons.svg").read_text()
    assert [name for name in build_assets.ICONS if f'id="{name}"' not in sprite] == []
