"""What a question asks of the index: which terms answer each of its words, and how well.

A word in the name counts more than one in the text, as it is typed more than its stem, that more
than another word for the same thing, that more than how it sounds. Scores are constant, so that
equal hits are equal and the better product or the nearer one comes first among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from taawon.search import vocabulary
from taawon.search.analysis import fold, forms, thesaurus
from taawon.search.analysis.forms import Asked
from taawon.search.readers import Reader

MOST_WORDS = 12
LONGEST_QUERY = 400
# (in the name, in the text)
EXACT = (10.0, 3.0)
STEM = (8.0, 2.5)
THING = (6.0, 2.0)
# Another spelling in the same letters (kouskous), and another script.
ALIKE, SOUND = 7.0, 4.5
# Where it is, or who makes it, by how that sounds.
PROPER_ALIKE, PROPER_SOUND = 2.8, 2.2
# What a word is only taken for, by its sound.
HEARD = (4.2, 1.5)
BEGINNING = (4.0, 1.0)
# So many words that an unfinished one may become are asked for one by one.
MOST_COMPLETIONS = 24
# The name begins with it: "Miel de thym" before "Nougat au miel".
FIRST = 1.0
CORRECTED = 0.3


@dataclass(frozen=True, slots=True)
class Clause:
    """A term of a field, and what it is worth; `is_prefix`: whatever begins with it."""

    field: str
    term: str
    score: float
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """One word or phrase: the best of its clauses counts; or all `parts` answer it together.

    `terms` of the field "all" are answered by the same documents as the `clauses`. An unfinished
    word has `completions` too.
    """

    clauses: tuple[Clause, ...] = ()
    terms: tuple[str, ...] = ()
    completions: tuple[Clause, ...] = ()
    first: tuple[str, ...] = ()
    parts: tuple[Unit, ...] = ()
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """`also`: other words that were searched; `meant`: the question, corrected, or ""."""

    units: tuple[Unit, ...] = ()
    also: tuple[str, ...] = ()
    meant: str = ""


def understand(reader: Reader, text: str) -> Understood:
    """The last word may be unfinished."""
    key = ("understood", text)
    known: Understood | None = reader.recall(key)
    if known is None:
        known = _understand(reader, forms.of_question(text[:LONGEST_QUERY], MOST_WORDS))
        reader.keep(key, known)
    return known


def _understand(reader: Reader, asked: Sequence[Asked]) -> Understood:
    units: list[Unit] = []
    typed: list[str] = []
    meant: list[str] = []
    for place, one in enumerate(asked):
        is_last = place == len(asked) - 1
        unit, correction = _unit(reader, one, is_last)
        units.append(unit)
        typed += one.words
        meant += [correction] if correction else one.words
    if all(unit.is_weak for unit in units):
        units = [replace(unit, is_weak=False) for unit in units]
    return Understood(
        units=tuple(units),
        also=_also(units, typed),
        meant=" ".join(meant) if meant != typed else "",
    )


def _unit(reader: Reader, asked: Asked, is_last: bool) -> tuple[Unit, str]:
    """The unit, and what the word was corrected to ("" for no need)."""
    if len(asked.words) > 1:
        return _phrase(reader, asked, is_last), ""
    unit = _word(asked)
    if is_last:
        unit = replace(unit, completions=_completions(reader, asked))
    written = replace(unit, clauses=tuple(one for one in unit.clauses if not _is_sound(one)))
    if asked.is_weak or _is_known(reader, written):
        return unit, ""
    begun = tuple(f"§{code}" for code in thesaurus.codes_begun(asked.words[0])) if is_last else ()
    for things in filter(None, (asked.heard, begun)):
        heard = _both(things, HEARD)
        if _is_known(reader, Unit(clauses=heard)):
            more = replace(unit, clauses=(*unit.clauses, *heard), terms=(*unit.terms, *things))
            return more, ""
    corrected, meant = _corrected(reader, unit, asked)
    return corrected, "" if _is_known(reader, unit) else meant


def _word(asked: Asked) -> Unit:
    clauses = (
        *_in_words(asked.exact, EXACT),
        *_both(asked.stems, STEM),
        *_in_words((stem for stem in asked.stems if stem not in asked.exact), STEM),
        *_both(asked.things, THING),
        *_by_sound(asked.sounds),
    )
    return Unit(
        clauses=tuple(dict.fromkeys(clauses)),
        terms=tuple(dict.fromkeys((*_stems(asked), *asked.things, *asked.sounds))),
        first=tuple(f"^{key}" for key in (*asked.stems, *asked.things)),
        is_weak=asked.is_weak,
    )


def _completions(reader: Reader, asked: Asked) -> tuple[Clause, ...]:
    """What the last word may become; the words themselves where they are few."""
    found: list[Clause] = []
    for begun in asked.exact:
        if len(begun) < 2:
            continue
        for field, score in zip(("name", "body"), BEGINNING, strict=True):
            words = reader.searcher.terms_with_prefix(field, begun, limit=MOST_COMPLETIONS + 1)
            if len(words) > MOST_COMPLETIONS:
                found.append(Clause(field, begun, score, is_prefix=True))
            else:
                found += [Clause(field, word, score) for word, _ in words if word != begun]
    return tuple(dict.fromkeys(found))


def _phrase(reader: Reader, asked: Asked, is_last: bool) -> Unit:
    """The thing that the phrase names, or else all its words."""
    words = [forms.of_word(word) for word in asked.words]
    parts = tuple(_unit(reader, word, is_last and word is words[-1])[0] for word in words)
    things = [
        Clause(clause.field, clause.term, clause.score * len(parts))
        for clause in _both(asked.things, THING)
    ]
    return Unit(clauses=tuple(things), terms=asked.things, parts=parts)


def _stems(asked: Asked) -> Iterator[str]:
    """Whatever bears one of the exact forms bears its stem."""
    yield from asked.stems
    for word in asked.exact:
        yield thesaurus.stems(word)[0]


def _is_sound(clause: Clause) -> bool:
    return clause.term[0] in "#="


def _by_sound(terms: Iterable[str]) -> Iterator[Clause]:
    for term in terms:
        alike = term.startswith("=")
        yield Clause("name_keys", term, ALIKE if alike else SOUND)
        yield Clause("proper_keys", term, PROPER_ALIKE if alike else PROPER_SOUND)


def _in_words(terms: Iterable[str], scores: tuple[float, float]) -> Iterator[Clause]:
    for term in terms:
        yield Clause("name", term, scores[0])
        yield Clause("body", term, scores[1])


def _both(terms: Iterable[str], scores: tuple[float, float]) -> tuple[Clause, ...]:
    return tuple(
        clause
        for term in terms
        for clause in (
            Clause("name_keys", term, scores[0]),
            # Whoever has it in the name is worth more by that.
            Clause("all", term, scores[1]),
        )
    )


def _is_known(reader: Reader, unit: Unit) -> bool:
    return bool(unit.completions) or any(
        reader.searcher.doc_freq(clause.field, clause.term) for clause in unit.clauses
    )


def _corrected(reader: Reader, unit: Unit, asked: Asked) -> tuple[Unit, str]:
    """Nothing bears this word: the nearest words that something bears, worth less."""
    nearest = vocabulary.nearest(reader, asked.words[0])
    clauses, terms = list(unit.clauses), list(unit.terms)
    for word in nearest:
        found = _word(forms.of_word(word))
        clauses += [replace(one, score=one.score * CORRECTED) for one in found.clauses]
        terms += found.terms
    corrected = replace(
        unit, clauses=tuple(dict.fromkeys(clauses)), terms=tuple(dict.fromkeys(terms))
    )
    return corrected, nearest[0] if nearest else ""


def _also(units: Sequence[Unit], typed: Sequence[str]) -> tuple[str, ...]:
    """How the things that were asked for are called elsewhere; not the words that were typed."""
    codes = [
        clause.term.removeprefix("§")
        for unit in units
        for clause in unit.clauses
        if clause.term.startswith("§") and clause.field == "name_keys"
    ]
    known = {stem for word in typed for stem in thesaurus.plain_forms(word)}
    words = dict.fromkeys(thesaurus.shown(dict.fromkeys(codes)))
    return tuple(
        word
        for word in words
        if known.isdisjoint(form for part in fold(word) for form in thesaurus.stems(part))
    )
