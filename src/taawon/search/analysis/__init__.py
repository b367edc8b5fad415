"""Words made comparable, in every script: the same for documents and for what people type.

`folding` (case, accents, vowel marks, letter forms), then `latin` and `arabic` (plural, gender,
what is attached), `sounds` (one word in two scripts) and `thesaurus` (one thing in five languages).
`forms` puts them together.
"""

from taawon.search.analysis.folding import LONGEST_WORD, fold

__all__ = ["LONGEST_WORD", "fold"]
