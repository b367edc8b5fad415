from __future__ import annotations

from pathlib import Path

import polib
import pytest

from tools import catalogues

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "words.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        '_("Basket of %(name)s")\n'
        'ngettext("%(n)d jar", "%(n)d jars", 2)\n'
    )
    (tmp_path / "page.html").write_text("{% translate 'Honey' %}")
    monkeypatch.setattr(catalogues, "HOUSE", tmp_path)
    return tmp_path


def write(house: Path, language: str, *pairs: tuple[str, str]) -> Path:
    path = house / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "".join(f'msgid "{a}"\nmsgstr "{b}"\n\n' for a, b in pairs))
    return path


JARS = {"msgid": "%(n)d jar", "msgid_plural": "%(n)d jars"}


def fill(house: Path, language: str, forms: list[str]) -> polib.POFile:
    write(house, language, ("Basket of %(name)s", "%(name)s : panier"), ("Honey", "Miel"))
    path = house / "locale" / language / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(path))
    catalogue.append(polib.POEntry(**JARS, msgstr_plural=dict(enumerate(forms))))
    catalogue.metadata["Plural-Forms"] = catalogues.PLURALS[language]
    catalogue.save()
    return catalogue


def test_complete_catalogues_pass(house: Path) -> None:
    fill(house, "fr", ["%(n)d pot", "%(n)d pots"])
    fill(house, "ar", ["لا شيء", "واحد", "اثنان", "%(n)d", "%(n)d", "%(n)d"])
    assert catalogues.check() == []


def test_what_is_not_translated_fails(house: Path) -> None:
    fill(house, "fr", ["%(n)d pot", "%(n)d pots"])
    assert catalogues.check() == [
        "ar: not translated: 'Honey' (page.html)",
        "ar: not translated: 'Basket of %(name)s' (words.py)",
        "ar: not translated: '%(n)d jar' (words.py)",
    ]


def test_a_lost_value_and_a_guess_fail(house: Path) -> None:
    fill(house, "ar", ["لا شيء", "واحد", "اثنان", "%(n)d", "%(n)d", "%(n)d"])
    catalogue = fill(house, "fr", ["%(n)d pot"])
    catalogue.find("Basket of %(name)s").msgstr = "Panier de %(nom)s"
    catalogue.find("Honey").flags.append("fuzzy")
    catalogue.save()
    assert catalogues.check() == [
        "fr: not translated: 'Honey' (page.html)",
        "fr: placeholders differ: 'Basket of %(name)s'",
        "fr: fuzzy: 'Honey'",
        "fr: 2 plural forms are wanted: '%(n)d jar'",
    ]


def test_extract_keeps_what_is_translated_and_is_stable(house: Path) -> None:
    path = write(house, "fr", ("Honey", "Miel"), ("Gone", "Parti"))

    catalogues.extract(house)
    first = path.read_text()
    catalogues.extract(house)

    assert path.read_text() == first
    assert [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(path))] == [
        ("Honey", "Miel"),
        ("Basket of %(name)s", ""),
        ("%(n)d jar", ""),
    ]


def test_compile_writes_what_is_newer(house: Path) -> None:
    path = write(house, "fr", ("Honey", "Miel"))
    catalogues.compile_all()
    compiled = path.with_suffix(".mo")
    assert polib.mofile(str(compiled)).find("Honey").msgstr == "Miel"

    before = compiled.stat().st_mtime_ns
    catalogues.compile_all()
    assert compiled.stat().st_mtime_ns == before
