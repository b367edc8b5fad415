"""Whatever is written: no error, the same answer twice, and nothing that cannot be done."""

from __future__ import annotations

import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from taawon.sms.language import understand
from taawon.sms.language.normalise import MOST, normalise
from taawon.sms.language.understanding import INTENTS, NEVER, STOPS
from tests.sms.language.test_messages import rows

KNOWN = {*INTENTS, *STOPS, NEVER, None}
WORDS = sorted({word for row in rows() for word in row.text.split()})
# Words of real messages in any order, glued together or apart, and signs that nobody expects.
jumbled = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(max_size=6), st.integers().map(str)), max_size=12
).map(" ".join)
anything = st.one_of(st.text(), st.text(st.characters(categories=None)), jumbled)


@settings(deadline=None)  # the first text reads the lexicon
@given(anything)
@example("\ud83d\ude00 47")
@example("\ud83d 47")
@example("oui\x0047")
@example("\u202eoui 47\u2066")
@example("٣" * 500)
@example("stock 3 " + "9" * 400)
@example("½ ² ① ௧ 47")
@example("ﷺ" * 200)
def test_no_text_breaks_the_parser(text):
    found = understand(text)
    assert found == understand(text)
    assert found.intent in KNOWN
    assert {option.intent for option in found.options} <= KNOWN
    for args in (found.args, *(option.args for option in found.options)):
        whole = [args[name] for name in ("order", "product", "quantity") if name in args]
        assert all(0 <= number <= 999_999 for number in whole)
        assert args.get("price_centimes", 0) in range(100_000_000)


@given(anything)
def test_normalising_twice_is_normalising_once(text):
    once = normalise(text)
    assert len(once) <= MOST
    assert normalise(once) == once
    assert not any(sign.isupper() or sign < " " for sign in once)


@settings(deadline=None)
@given(jumbled)
def test_a_question_mark_never_does_anything(text):
    """Whoever asks changes nothing: no order, no stock, no price."""
    found = understand(f"{text} ?")
    assert found.intent in {"SALES", "PRODUCTS", "HELP", "AGENT", "LANGUAGE", "CALLS", "LESSON"} | {
        "NEXT", NEVER, None, *STOPS
    }  # fmt: skip


def test_how_long_a_text_takes() -> None:
    """Less than 300 microseconds of a processor on the average; the best of three."""
    texts = [row.text for row in rows()]
    understand(texts[0])
    taken = []
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            understand(text)
        taken.append((time.process_time() - start) / len(texts))
    assert min(taken) < 300e-6
