"""Everything that must hold before a change is good: checks, then tests on both databases.

    python tools/test.py          the whole
    python tools/test.py lint     the checks alone
    python tools/test.py prove    the long proofs, their output kept in docs/proofs

Stops at the first stage that fails. The last line printed adds up what ran.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools import machine  # noqa: E402 - the path is set above

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PROOFS = ROOT / "docs" / "proofs"
WORKERS = str(min(os.cpu_count() or 2, 4))
# They wait for what is in flight on the whole database server: another worker's open transaction
# would hold them up.
ALONE = (
    "tests/search",
    "tests/proofs",
    "tests/web/test_health.py",
    "tests/cli",
    "tests/api/test_opendata.py",
    "tests/observatory/test_changes.py",
    "tests/cooperatives/services/test_importing_races.py",
)


@dataclass
class Tally:
    """What ran: tests counted one by one, and each check that failed as one failure."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    lines: list[str] = field(default_factory=list)

    def note(self, name: str, outcome: str, seconds: float) -> None:
        self.lines.append(f"  {name:<28} {outcome:<34} {seconds:6.1f} s")

    def closing_line(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def checks() -> dict[str, list[str]]:
    python = str(BIN / "python")
    templates = [str(file) for file in sorted((ROOT / "src").rglob("templates/**/*.html"))]
    wanted = {
        "ruff check": [str(BIN / "ruff"), "check", "--quiet", "."],
        "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        "types": [str(BIN / "mypy")],
        "import contracts": [str(BIN / "lint-imports"), "--no-cache"],
        "migrations": [python, "-m", "django", "makemigrations", "--check", "--dry-run"],
        "catalogues": [python, "tools/catalogues.py", "check"],
    }
    if templates:
        wanted["templates"] = [str(BIN / "djade"), "--check", "--target-version=5.2", *templates]
    if (ROOT / "tools" / "build_assets.py").exists():
        wanted["assets"] = [python, "tools/build_assets.py", "--check"]
    return wanted


def run_checks(tally: Tally) -> bool:
    """Run them side by side, and show what each of the failing ones said."""

    def run(command: list[str]) -> tuple[int, str, float]:
        began = time.monotonic()
        done = subprocess.run(
            command,
            check=False,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout, time.monotonic() - began

    wanted = checks()
    good = True
    with ThreadPoolExecutor(int(WORKERS)) as pool:
        for name, (code, said, seconds) in zip(wanted, pool.map(run, wanted.values()), strict=True):
            tally.note(name, "ok" if code == 0 else "FAILED", seconds)
            print(f"{name}: {'ok' if code == 0 else 'FAILED'}", flush=True)
            if code != 0:
                print(said, flush=True)
                tally.failed += 1
                good = False
    return good


def run_pytest(name: str, words: Sequence[str], tally: Tally, *, url: str | None = None) -> bool:
    """One run of pytest on the database at `url` (without one: SQLite), added to the tally."""
    print(f"\n{name}", flush=True)
    environment = {**os.environ, **({"TAAWON_DATABASE_URL": url} if url else {})}
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="taawon-report-") as folder:
        report = Path(folder) / "report.xml"
        command = [str(BIN / "python"), "-m", "pytest", f"--junitxml={report}", *words]
        done = subprocess.run(command, check=False, cwd=ROOT, env=environment)
        passed, failed, skipped = _counted(report)
    good = done.returncode == 0 and failed == 0 and passed > 0
    if not good and failed == 0:
        failed = 1  # It broke before it could count, or it ran nothing.
    tally.passed += passed
    tally.failed += failed
    tally.skipped += skipped
    tally.note(
        name, f"{passed} passed, {failed} failed, {skipped} skipped", time.monotonic() - began
    )
    return good


def _counted(report: Path) -> tuple[int, int, int]:
    """Passed, failed, skipped."""
    if not report.exists():
        return 0, 0, 0
    passed = failed = skipped = 0
    for case in ElementTree.parse(report).iter("testcase"):
        outcomes = {child.tag for child in case}
        if outcomes & {"failure", "error"}:
            failed += 1
        elif "skipped" in outcomes:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def run_all(tally: Tally) -> bool:
    machine.ensure("postgresql", "chromium", "gettext", "kannel")
    side_by_side = ["-n", WORKERS, "--dist", "loadgroup"]
    if not run_checks(tally):
        return False
    if not run_pytest("tests on SQLite", side_by_side, tally):
        return False
    with machine.temporary_postgresql() as url:
        # Pages look the same on both: the browser need not come twice.
        words = [*side_by_side, "-m", "not prove and not browser"]
        words += [f"--ignore={folder}" for folder in ALONE]
        if not run_pytest("tests on PostgreSQL", words, tally, url=url):
            return False
        words = ["-m", "not prove and not browser", *ALONE]
        return run_pytest("tests on PostgreSQL, one by one", words, tally, url=url)


def run_lint(tally: Tally) -> bool:
    machine.ensure("gettext")
    return run_checks(tally)


def run_proofs(tally: Tally) -> bool:
    """Every proof on both databases; one that says nothing about a database skips itself."""
    machine.ensure("postgresql", "chromium", "kannel")
    PROOFS.mkdir(parents=True, exist_ok=True)
    words = ["-m", "prove", "-vv", "-s", "--no-header", "--timeout=3600"]
    with _kept_in(PROOFS / "sqlite.txt"):
        good = run_pytest("proofs on SQLite", words, tally)
    with machine.temporary_postgresql() as url, _kept_in(PROOFS / "postgresql.txt"):
        return run_pytest("proofs on PostgreSQL", words, tally, url=url) and good


@contextmanager
def _kept_in(path: Path) -> Iterator[None]:
    """What is printed meanwhile, also by programs that are started, goes there as well."""
    sys.stdout.flush()
    kept = os.dup(1)
    # The report that is counted lies in a folder of this machine: nobody else needs its name.
    keep = f"grep --line-buffered -v 'generated xml file' | tee {shlex.quote(str(path))}"
    tee = subprocess.Popen(["sh", "-c", keep], stdin=subprocess.PIPE)
    assert tee.stdin is not None
    os.dup2(tee.stdin.fileno(), 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)
        tee.stdin.close()
        tee.wait()


STAGES: dict[str, Callable[[Tally], bool]] = {
    "all": run_all,
    "lint": run_lint,
    "prove": run_proofs,
}


def main(words: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, _leave)
    wanted = words[0] if words else "all"
    if wanted not in STAGES:
        print(__doc__, file=sys.stderr)
        return 2
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="taawon-checks-") as home:
        _set_the_stage(home)
        try:
            good = STAGES[wanted](tally)
        except machine.Missing as missing:
            print(missing, file=sys.stderr)
            return 1
    print("\n" + "\n".join(tally.lines), flush=True)
    if wanted != "lint":
        print(tally.closing_line(), flush=True)
    return 0 if good else 1


def _set_the_stage(home: str) -> None:
    """What this person set for their own server does not count here."""
    for name in [name for name in os.environ if name.startswith("TAAWON_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "taawon.config.settings",
        "TAAWON_HOME": home,
        "TAAWON_SECRET_KEY": "only-for-checks",
    }


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
