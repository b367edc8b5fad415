from __future__ import annotations

import pytest

from taawon.conversations import queries
from taawon.conversations.errors import OwnProposal, WordDecided, WordTaken
from taawon.conversations.models import Unclear
from taawon.conversations.services import words
from taawon.core.errors import NotFound
from taawon.sms.language import lexicon, understand
from tests import trail
from tests.factories import CooperativeFactory, member, staff

pytestmark = pytest.mark.django_db


def test_a_word_counts_once_a_second_person_has_read_it():
    words.note_unclear(1, "kbalt 47", "ary")
    words.note_unclear(1, "kbalt 47", "ary")
    unclear = Unclear.objects.get()
    one, two = staff("agent"), staff("editor")
    word = words.propose("kbaltha", "ACCEPT", "ary", unclear_id=unclear.pk, by=one)
    assert queries.taught() == []
    assert list(queries.unclear()) == []
    with pytest.raises(OwnProposal):
        words.approve(word.pk, by=one)
    words.approve(word.pk, by=two)
    assert queries.taught() == [("kbaltha", "ACCEPT", "ary")]
    assert understand("kbaltha 47", lexicon.with_taught(queries.taught())).intent == "ACCEPT"
    with pytest.raises(WordDecided):
        words.refuse(word.pk, by=two)


def test_a_word_means_one_thing():
    words.propose("kbaltha", "ACCEPT", "ary", by=staff())
    with pytest.raises(WordTaken):
        words.propose("kbaltha", "REFUSE", "ary", by=staff())


def test_a_refused_word_may_be_proposed_again():
    word = words.propose("kbaltha", "REFUSE", "ary", by=staff())
    words.refuse(word.pk, by=staff())
    words.propose("kbaltha", "ACCEPT", "ary", by=staff())
    assert queries.taught() == []


def test_an_approved_word_is_taken_back():
    word = words.propose("kbaltha", "REFUSE", "ary", by=staff())
    with pytest.raises(WordDecided):
        words.withdraw(word.pk, by=staff())
    words.approve(word.pk, by=staff())
    words.withdraw(word.pk, by=staff())
    assert queries.taught() == []
    assert trail.names() == ["word-proposed", "word-approved", "word-withdrawn"]
    with pytest.raises(NotFound):
        words.withdraw(word.pk, by=member(CooperativeFactory()))


def test_only_the_team_teaches():
    stranger = member(CooperativeFactory())
    words.note_unclear(1, "kbalt 47", "ary")
    for deed in (
        lambda: words.propose("kbaltha", "ACCEPT", "ary", by=stranger),
        lambda: words.dismiss(Unclear.objects.get().pk, by=stranger),
    ):
        with pytest.raises(NotFound):
            deed()
    assert queries.unclear().count() == 1
    words.dismiss(Unclear.objects.get().pk, by=staff())
    assert queries.unclear().count() == 0
