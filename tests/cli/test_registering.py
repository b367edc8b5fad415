from __future__ import annotations

import io
import sys
from pathlib import Path

import openpyxl
import pytest

from taawon.cli.registering import import_registry
from taawon.cooperatives.models import Cooperative, ImportBatch
from tests.cooperatives.filing import AMAL, HEADINGS, WAFA, entry, file, ground, without

pytestmark = pytest.mark.django_db
BAD = without(WAFA, femmes="=1+1")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    ground()
    path = tmp_path / "registre.csv"
    path.write_bytes(file(AMAL, BAD).getvalue())
    return path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_shows_what_it_would_do_and_leaves_it(register, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))  # A pipe is nobody who says yes.
    assert import_registry([str(register)]) == 3
    assert not Cooperative.objects.exists()
    said = capsys.readouterr().out
    assert "registration_number   numéro\n" in said
    assert "new                        1\n" in said
    assert "refused                    1\n" in said
    assert "  row 3: femmes: This is not a number. Write it like 12.\n" in said
    assert ImportBatch.objects.get().source == "registre.csv"


@pytest.mark.parametrize(("typed", "code", "entries"), [("yes\n", 0, 1), ("no\n", 3, 0)])
def test_a_typed_yes_applies(register, monkeypatch, typed, code, entries):
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert import_registry([str(register)]) == code
    assert Cooperative.objects.count() == entries


def test_it_is_applied_and_applied_again(register, capsys):
    words = [str(register), "--yes", "--source", "Registre central", "--as-of", "1 mars 2026"]
    assert import_registry(words) == 0
    batch = ImportBatch.objects.get()
    assert (batch.source, batch.as_of.isoformat(), batch.state) == (
        "Registre central",
        "2026-03-01",
        "applied",
    )
    assert entry().women == 12
    assert f"no. {batch.pk}" in capsys.readouterr().out
    assert import_registry(words) == 0
    assert "Nothing to apply." in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_error_file_comes_in_as_it_is(register, tmp_path, ending):
    errors = tmp_path / f"errors.{ending}"
    assert import_registry([str(register), "--yes", "--errors", str(errors)]) == 0
    if ending == "csv":
        text = errors.read_text("utf-8-sig")
        assert text.splitlines()[0] == ";".join((*HEADINGS, "row", "problem"))
        assert ";'=1+1;;3;femmes: This is not a number." in text
        errors.write_text(text.replace("'=1+1", "8"), "utf-8-sig")
    else:
        book = openpyxl.load_workbook(errors)
        page = book.worksheets[0]
        assert (page["G2"].value, page["I2"].value) == ("'=1+1", 3)
        page["G2"] = 8
        book.save(errors)
    assert import_registry([str(errors), "--yes"]) == 0
    assert entry("2/2019").women == 8


def test_what_the_headings_do_not_say(tmp_path, capsys):
    ground()
    path = tmp_path / "r.csv"
    path.write_bytes(file(AMAL, headings=("A", *HEADINGS[1:])).getvalue())
    assert import_registry([str(path), "--yes"]) == 1
    assert "registration_number=HEADING" in capsys.readouterr().err
    assert import_registry([str(path), "--yes", "--columns", "registration_number=A"]) == 0
    assert entry().women == 12


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--columns", "nonsense=A"], 2, "No such field: nonsense."),
        (["--columns", "women=Nulle part"], 1, "Nulle part"),
        (["--as-of", "hier"], 2, "Not a day: hier."),
        (["--as-of", "31/12/2999"], 2, "Not a day"),
    ],
)
def test_words_that_cannot_be_meant(register, capsys, more, code, said):
    assert import_registry([str(register), "--yes", *more]) == code
    assert said in capsys.readouterr().err
    assert not Cooperative.objects.exists()


def test_a_file_that_is_none(tmp_path, capsys):
    (tmp_path / "r.csv").write_bytes(b"%PDF-1.7")
    assert import_registry([str(tmp_path / "r.csv")]) == 1
    assert import_registry([str(tmp_path / "nowhere.csv")]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "This is not a table: send a file in CSV, XLSX or ODS."
    assert "nowhere.csv" in said[1]


def test_a_bar_for_people_who_watch(register, monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    assert import_registry([str(register), "--yes"]) == 0
    assert f"Looking [{'#' * 30}] 2/2" in screen.getvalue()
    assert f"Applying [{'#' * 30}] 1/1" in screen.getvalue()
