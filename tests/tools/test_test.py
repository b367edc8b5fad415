"""The command that runs the tests counts what ran, and calls nothing a success that was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import test as runner


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n")
    return tmp_path


@pytest.mark.parametrize(
    ("source", "good", "line"),
    [
        ("def test_a(): pass\ndef test_b(): pass\n", True, "2 passed, 0 failed"),
        ("def test_a(): pass\ndef test_b(): assert False\n", False, "1 passed, 1 failed"),
        (
            "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip()\n",
            True,
            "1 passed, 0 failed, 1 skipped",
        ),
        ("import pytest\ndef test_b(): pytest.skip()\n", False, "0 passed, 1 failed, 1 skipped"),
        ("", False, "0 passed, 1 failed"),
        ("import nowhere\n", False, "0 passed, 1 failed"),
    ],
)
def test_a_run_is_counted(suite: Path, source: str, good: bool, line: str) -> None:
    (suite / "test_it.py").write_text(source)
    tally = runner.Tally()
    assert runner.run_pytest("a run", [], tally) is good
    assert tally.closing_line() == line


def test_runs_add_up(suite: Path) -> None:
    (suite / "test_it.py").write_text("def test_a(): pass\n")
    tally = runner.Tally()
    runner.run_pytest("one", [], tally)
    runner.run_pytest("two", [], tally)
    assert tally.closing_line() == "2 passed, 0 failed"
