from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction
from django.utils import translation

from taawon.accounts.errors import CodeExpired, WrongCode
from taawon.accounts.models import LoginCode
from taawon.accounts.services import codes
from taawon.core.actor import Actor, Channel
from taawon.core.errors import TooMany
from taawon.core.phone import InvalidPhone, NoTexts
from taawon.messaging import sending
from taawon.messaging.models import Lane, Message
from taawon.messaging.rules import plain, segments

PHONE = "+212661234567"
GUEST = Actor(person_id=None, channel=Channel.WEB)


def send(phone: str = PHONE, purpose: str = "login", language: str = "en", **more: str) -> None:
    codes.send_code(phone, purpose=purpose, language=language, by=GUEST, **more)


def last(post_box) -> str:
    """The six digits of the text that was sent last."""
    sending.send_pending()
    return re.findall(r"\b\d{6}\b", post_box[-1].text)[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.django_db
def test_one_segment_in_the_first_lane_bound_to_the_site(settings, post_box):
    settings.SITE_URL = "https://taawon.example"
    send("06 61 23 45 67")

    code = last(post_box)
    assert [(message.to, message.text) for message in post_box] == [
        (
            PHONE,
            f"{code} is your Taawon code, valid for 5 minutes."
            " Tell it to nobody: we never ask for it by phone."
            f"\n@taawon.example #{code}",
        )
    ]
    assert segments(post_box[0].text) == 1
    assert Message.objects.get().lane == Lane.CODE
    codes.check_code(PHONE, code, purpose="login")


@pytest.mark.django_db
def test_the_last_line_stays_away_where_it_does_not_fit(settings, post_box):
    settings.SITE_URL = f"https://{'long-' * 20}name.example"
    send()
    assert "@" not in post_box[0].text


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_in_the_language_of_the_reader(language, post_box):
    send(language=language)
    with translation.override(language):
        words = translation.gettext(
            "%(code)s is your %(site)s code, valid for 5 minutes."
            " Tell it to nobody: we never ask for it by phone."
        ) % {"code": last(post_box), "site": "Taawon"}
    assert post_box[0].text.startswith(plain(words))
    assert post_box[0].language == language


@pytest.mark.django_db
def test_only_a_keyed_hash_is_kept(settings, post_box):
    send()
    code, row = last(post_box), LoginCode.objects.get()
    assert code not in row.digest
    assert len(row.digest) == 64
    assert Message.objects.get().text == ""
    settings.SECRET_KEY = "another"
    with pytest.raises(WrongCode):
        codes.check_code(PHONE, code, purpose="login")


@pytest.mark.django_db
def test_digits_of_any_script(post_box):
    send()
    arabic = last(post_box).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    codes.check_code("٠٦٦١٢٣٤٥٦٧", f" {arabic[:3]} {arabic[3:]} ", purpose="login")


@pytest.mark.django_db
@pytest.mark.parametrize("phone", ["0522123456", "+212522123456"])
def test_no_text_can_reach_a_landline(phone, post_box):
    with pytest.raises(NoTexts) as refusal:
        send(phone)
    assert refusal.value.field == "phone"
    assert (LoginCode.objects.count(), post_box) == (0, [])


@pytest.mark.django_db
def test_not_a_phone(post_box):
    with pytest.raises(InvalidPhone):
        send("12")
    assert post_box == []


@pytest.mark.django_db
def test_works_once(post_box):
    send()
    codes.check_code(PHONE, last(post_box), purpose="login")
    with pytest.raises(CodeExpired):
        codes.check_code(PHONE, last(post_box), purpose="login")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phone", "purpose", "subject"),
    [
        ("+212600000000", "claim", "12"),
        (PHONE, "login", "12"),
        (PHONE, "claim", "13"),
        (PHONE, "claim", ""),
    ],
)
def test_bound_to_phone_purpose_and_subject(phone, purpose, subject, post_box):
    send(purpose="claim", subject="12")
    with pytest.raises(CodeExpired):
        codes.check_code(phone, last(post_box), purpose=purpose, subject=subject)
    codes.check_code(PHONE, last(post_box), purpose="claim", subject="12")


@pytest.mark.django_db
def test_five_minutes_and_not_a_second_more(post_box, clock):
    send()
    clock.forward(minutes=4, seconds=59)
    with pytest.raises(WrongCode):
        codes.check_code(PHONE, wrong(last(post_box)), purpose="login")
    clock.forward(seconds=1)
    with pytest.raises(CodeExpired):
        codes.check_code(PHONE, last(post_box), purpose="login")


@pytest.mark.django_db
def test_a_newer_code_replaces_the_older(post_box):
    send()
    older = last(post_box)
    send(purpose="claim")
    send()
    newer = last(post_box)
    if older != newer:
        with pytest.raises(WrongCode):
            codes.check_code(PHONE, older, purpose="login")
    codes.check_code(PHONE, newer, purpose="login")
    with pytest.raises(CodeExpired):
        codes.check_code(PHONE, newer, purpose="login")


@pytest.mark.django_db(transaction=True)
def test_a_wrong_try_counts_although_it_is_refused(post_box):
    send()
    code, left = last(post_box), []
    for _ in range(5):
        with pytest.raises(WrongCode) as refusal:
            codes.check_code(PHONE, wrong(code), purpose="login")
        left.append((refusal.value.facts["left"], LoginCode.objects.get().tries))
    with pytest.raises(CodeExpired):
        codes.check_code(PHONE, code, purpose="login")

    assert left == [(4, 1), (3, 2), (2, 3), (1, 4), (0, 5)]
    assert LoginCode.objects.get().used_at is None


@pytest.mark.django_db(transaction=True)
def test_never_inside_a_transaction_that_would_forget_the_try(post_box):
    send()
    with pytest.raises(RuntimeError), transaction.atomic():
        codes.check_code(PHONE, last(post_box), purpose="login")
    codes.check_code(PHONE, last(post_box), purpose="login")


@pytest.mark.django_db
def test_three_in_a_quarter_of_an_hour(settings, clock):
    settings.RATE_LIMIT = True
    for _ in range(3):
        send()
        clock.forward(minutes=4)
    with pytest.raises(TooMany) as refusal:
        send(purpose="claim")  # Whatever it is for.

    assert refusal.value.facts == {"wait_seconds": 180, "wait_minutes": 3}
    assert LoginCode.objects.count() == Message.objects.count() == 3
    clock.forward(minutes=2, seconds=59)
    with pytest.raises(TooMany) as refusal:
        send()
    assert refusal.value.facts == {"wait_seconds": 1, "wait_minutes": 1}
    send("+212600000000")
    clock.forward(seconds=1)
    send()


@pytest.mark.django_db
def test_ten_in_a_day(settings, clock):
    settings.RATE_LIMIT = True
    for _ in range(10):
        send()
        clock.forward(minutes=15)
    with pytest.raises(TooMany) as refusal:
        send()
    assert refusal.value.facts["wait_seconds"] == 24 * 3600 - 150 * 60
    clock.forward(seconds=24 * 3600 - 150 * 60)
    send()


@pytest.mark.django_db
def test_thirty_in_an_hour_from_one_address(settings, clock):
    settings.RATE_LIMIT = True
    for number in range(30):
        send(f"+2126000000{number:02d}", address="203.0.113.7")
    with pytest.raises(TooMany) as refusal:
        send(address="203.0.113.7")
    assert refusal.value.facts == {"wait_seconds": 3600, "wait_minutes": 60}
    send(address="203.0.113.8")
    send()
    clock.forward(hours=1)
    send(address="203.0.113.7")


@pytest.mark.django_db
def test_limits_can_be_switched_off(settings, clock):
    settings.RATE_LIMIT = False
    for _ in range(12):
        send()
    assert LoginCode.objects.count() == 12


@pytest.mark.django_db
def test_pruned_a_day_after_it_expired(clock):
    send()
    clock.forward(days=1, minutes=5)
    assert codes.prune_codes() == 0
    clock.forward(seconds=1)
    assert codes.prune_codes() == 1


def at_once(times: int, work) -> list:
    ready = Barrier(times)

    def run(_: int) -> object:
        ready.wait()
        try:
            return work()
        except Exception as error:
            return type(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_asked_ten_times_at_once_three_are_sent(settings, post_box):
    settings.RATE_LIMIT = True
    answers = at_once(10, send)
    assert sorted(map(str, answers)) == sorted(map(str, [None] * 3 + [TooMany] * 7))
    assert LoginCode.objects.count() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_used_ten_times_at_once_works_once(post_box):
    send()
    code = last(post_box)
    answers = at_once(10, lambda: codes.check_code(PHONE, code, purpose="login"))
    assert sorted(map(str, answers)) == sorted(map(str, [None] + [CodeExpired] * 9))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_guessed_ten_times_at_once_five_are_counted(post_box):
    send()
    code = wrong(last(post_box))
    answers = at_once(10, lambda: codes.check_code(PHONE, code, purpose="login"))
    assert sorted(map(str, answers)) == sorted(map(str, [WrongCode] * 5 + [CodeExpired] * 5))
    assert LoginCode.objects.get().tries == 5
