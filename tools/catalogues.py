"""The catalogues of translations: compiled, brought up to date, checked.

python tools/catalogues.py compile   every .po that is newer than its .mo (needs polib alone)
python tools/catalogues.py extract   add what the code says to the catalogues (needs xgettext)
python tools/catalogues.py check     French and Arabic are complete, and no text lost a value
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import polib

HOUSE = Path(__file__).parents[1] / "src" / "taawon"
COMPLETE = ("fr", "ar")
# Which form a number takes, as Django says it for its own texts; it has none in Tamazight.
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "zgh": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
}
LANGUAGES = tuple(PLURALS)
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]*[\d.]*[a-zA-Z]|(?<!%)%([sdif])|\{(\w*)\}")


def compile_all() -> None:
    for source in sorted(HOUSE.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _catalogue(source).save_as_mofile(str(target))


def extract(house: Path = HOUSE) -> None:
    """Run makemessages over the house. Entries that no code uses any more are dropped."""
    words = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", "--no-wrap"]
    words += ["--add-location", "file", "--extension", "html,txt,py"]
    for language in LANGUAGES:
        (house / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        words += ["--locale", language]
    # Without settings it asks for no database, and writes beside the sources that it reads.
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        words, check=False, cwd=house, env=environment, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)
    for language in LANGUAGES:
        _tidy(house / "locale" / language / "LC_MESSAGES" / "django.po", language)


def _tidy(path: Path, language: str) -> None:
    """Keep a catalogue's head the same from run to run, and drop guessed translations."""
    if not path.exists():
        return
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header = ""
    catalogue.metadata = {
        "Project-Id-Version": "taawon",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    catalogue.metadata_is_fuzzy = []
    for entry in [entry for entry in catalogue if entry.fuzzy]:
        entry.fuzzy = False
        entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
        entry.msgstr = ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    forms = _plural_forms(catalogue)
    for entry in [entry for entry in catalogue if entry.msgid_plural]:
        entry.msgstr_plural = dict.fromkeys(range(forms), "") | entry.msgstr_plural
    catalogue.save()


def check() -> list[str]:
    """What is wrong with the catalogues, one line each; nothing when all is well."""
    spoken = _spoken_by_the_code()
    catalogues = {
        language: _catalogue(HOUSE / "locale" / language / "LC_MESSAGES" / "django.po")
        for language in LANGUAGES
    }
    return [
        *(
            f"{language}: not translated: {entry.msgid!r} ({_place(entry)})"
            for language in COMPLETE
            for entry in _untranslated(spoken, catalogues[language])
        ),
        *(
            f"{language}: {fault}"
            for language, catalogue in catalogues.items()
            for fault in _faults(catalogue)
        ),
    ]


def _spoken_by_the_code() -> list[polib.POEntry]:
    with tempfile.TemporaryDirectory(prefix="taawon-messages-") as folder:
        copy = Path(folder) / "taawon"
        kept_out = shutil.ignore_patterns("*.po", "*.mo", "*.pyc", "static", "drawings", "pictures")
        shutil.copytree(HOUSE, copy, ignore=kept_out)
        extract(copy)
        return list(_catalogue(copy / "locale" / "en" / "LC_MESSAGES" / "django.po"))


def _catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def _untranslated(
    spoken: Sequence[polib.POEntry], catalogue: polib.POFile
) -> Iterator[polib.POEntry]:
    known = {_key(entry) for entry in catalogue if entry.translated()}
    yield from (entry for entry in spoken if _key(entry) not in known)


def _faults(catalogue: polib.POFile) -> Iterator[str]:
    forms = _plural_forms(catalogue)
    for entry in catalogue:
        said = [text for text in entry.msgstr_plural.values() if text]
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        if said and len(said) != forms:
            yield f"{forms} plural forms are wanted: {entry.msgid!r}"
        if not _keeps_its_values(entry):
            yield f"placeholders differ: {entry.msgid!r}"


def _plural_forms(catalogue: polib.POFile) -> int:
    found = re.search(r"nplurals=(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


def _keeps_its_values(entry: polib.POEntry) -> bool:
    """One and two may be said in words ("a product"); no other value may come or go."""
    if not entry.msgid_plural:
        return not entry.msgstr or _values(entry.msgstr) == _values(entry.msgid)
    wanted = _values(entry.msgid) | _values(entry.msgid_plural)
    texts = [text for text in entry.msgstr_plural.values() if text]
    return all(_values(text) <= wanted for text in texts) and (
        not texts or _values(texts[-1]) == wanted
    )


def _values(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text)}


def _key(entry: polib.POEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def _place(entry: polib.POEntry) -> str:
    return entry.occurrences[0][0] if entry.occurrences else "?"


def main(words: Sequence[str]) -> int:
    match words:
        case ["compile"]:
            compile_all()
        case ["extract"]:
            extract()
        case ["check"]:
            faults = check()
            print("\n".join(faults) or "The catalogues are complete.")
            return 1 if faults else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
