"""The first text of a number that an agent has checked opens a shop, and no other text does."""

from __future__ import annotations

import pytest

from taawon.conversations.models import Ticket
from taawon.cooperatives.models import Invitation, Membership, Shop
from taawon.cooperatives.services import opening
from taawon.cooperatives.states import CooperativeStatus
from taawon.journal.models import Entry
from taawon.messaging import consent
from taawon.messaging.rules import segments
from taawon.sms import line
from tests.factories import CooperativeFactory, InvitationFactory, PersonFactory, staff
from tests.sms.talk import Phone, stall

pytestmark = pytest.mark.django_db
NUMBER = "+212655000000"
QUESTION = "Taawon: voulez-vous ouvrir la boutique de Tifaout? Repondez OUI ou NON."
JOINED = "Bienvenue! Tifaout est ouverte sur Taawon. Envoyez AIDE pour commencer."


@pytest.fixture
def phone() -> Phone:
    return Phone(NUMBER)


def invited(name: str = "Tifaout", **more) -> Invitation:
    coop = {"cooperative__name_fr": name, "cooperative__name_ar": "تيفاوت"}
    return InvitationFactory(**{"phone": NUMBER, **coop, **more})


def state(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return invitation.state


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("oui", JOINED),
        ("OUI !", JOINED),
        ("oui merci", JOINED),
        ("ok", JOINED),
        ("wakha", "Mer7ba! Tifaout 3la Taawon. Kteb 3AWNI bach tbda."),
        ("نعم", "مرحبا! تيفاوت على تعاون. أرسل مساعدة للبدء."),
        ("YES", "Welcome! Tifaout is open on Taawon. Send HELP to begin."),
        ("ⵢⴰⵀ", JOINED),
    ],
)
def test_a_plain_yes_in_any_language_opens_it(phone, text, answer):
    invitation = invited()

    assert phone.says(text) == answer

    membership = Membership.objects.get()
    assert (membership.person.phone, membership.role) == (NUMBER, "president")
    assert Shop.objects.get().pk == invitation.cooperative_id
    assert state(invitation) == "confirmed"
    entries = Entry.objects.order_by("pk").values_list("name", "channel", "person_id")
    who = membership.person_id
    assert list(entries) == [
        ("person-joined", "sms", who),
        ("invitation-confirmed", "sms", who),
        ("member-joined", "sms", who),
        ("shop-opened", "sms", who),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "bonjour",
        "oui 47",
        "oui non",
        "pas oui",
        "ouii",
        "accepterr",
        "47",
        "1",
        "stop 3 12",
        "stock 3 12",
        "ouvrir",
        "aide",
        "xyzzy",
        "?",
    ],
)
def test_anything_else_gets_the_question_again(phone, text):
    invitation = invited()

    assert phone.says(text) == QUESTION

    assert (state(invitation), Membership.objects.count(), Shop.objects.count()) == (
        "waiting",
        0,
        0,
    )
    assert phone.says("oui") == JOINED


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "non",
            "C'est note: la boutique de Tifaout reste fermee. Vous changez d'avis? "
            "Appelez la delegation.",
        ),
        ("لا", "حسنا، لن يفتح متجر تيفاوت. لتغيير الرأي: المندوبية"),
        (
            "la",
            "Wakha, l7anout dyal Tifaout ghayb9a msdoud. Beddeltou rayekoum? 3eyto l delegation.",
        ),
    ],
)
def test_a_no_declines(phone, text, answer):
    invitation = invited()
    assert phone.says(text) == answer
    assert (state(invitation), Membership.objects.count()) == ("declined", 0)
    # From now on the number is a stranger's.
    assert phone.says("oui").startswith("Taawon, la ligne des cooperatives.")
    assert Membership.objects.count() == 0


def test_a_stop_is_still_a_stop_and_a_call_a_call(phone):
    invitation = invited()
    assert phone.says("STOP").startswith("Vous ne recevrez plus d'annonces.")
    assert phone.says("agent").startswith("Bien recu.")
    assert Ticket.objects.get().phone == NUMBER
    code = phone.code("stop tout")
    assert phone.says(code) == "Vous ne recevrez plus de SMS. Pour reprendre: START"
    assert consent.stopped_all(NUMBER)
    assert state(invitation) == "waiting"


def test_a_customer_is_asked_like_a_stranger(phone):
    customer = PersonFactory(phone=NUMBER, name="Aïcha")
    invitation = invited()
    assert phone.says("bonjour") == QUESTION
    assert phone.says("oui") == JOINED
    assert (state(invitation), Membership.objects.get().person) == ("confirmed", customer)


def test_asked_in_the_language_that_the_agent_chose(phone):
    invited(language="ar")
    assert phone.says("...") == "تعاون: هل تفتحون متجر تيفاوت؟ أرسلوا نعم أو لا"


def test_two_cooperatives_and_which_one_is_meant(phone):
    one, two = invited(), invited("Argan Tiwi")

    assert phone.says("oui") == "Ouvrir quelle boutique? 1 Tifaout, 2 Argan Tiwi"
    assert Membership.objects.count() == 0
    assert (
        phone.says("2")
        == "Bienvenue! Argan Tiwi est ouverte sur Taawon. Envoyez AIDE pour commencer."
    )

    assert (state(one), state(two)) == ("waiting", "confirmed")
    # Who speaks for one may mean an order by a yes.
    assert phone.says("oui") == (
        "Ouvrir aussi la boutique de Tifaout? 1 oui, 2 non. Pour une commande: OUI et son numero."
    )
    phone.says("1")
    assert (state(one), Membership.objects.count()) == ("confirmed", 2)


def test_which_one_is_declined(phone):
    one, two = invited(), invited("Argan Tiwi")
    assert phone.says("non") == "Refuser quelle boutique? 1 Tifaout, 2 Argan Tiwi"
    phone.says("1")
    assert (state(one), state(two)) == ("declined", "waiting")
    phone.says("oui")
    assert state(two) == "confirmed"


def test_a_member_of_another_cooperative_is_never_guessed_at():
    shop = stall(phone=NUMBER)
    order = shop.order(47)
    invitation = invited()

    for text in ("oui", "oui", "non"):
        answer = shop.phone.says(text)
        assert answer.startswith("Ouvrir aussi la boutique de Tifaout? 1 oui, 2 non.")
    order.refresh_from_db()
    assert (order.state, state(invitation)) == ("placed", "waiting")

    assert shop.phone.says("oui 47").startswith("Cmd 47 acceptee.")
    assert state(invitation) == "waiting"
    shop.phone.says("non")
    shop.phone.says("2")
    assert state(invitation) == "declined"


def test_a_yes_answers_what_a_member_was_asked_before():
    shop = stall(phone=NUMBER)
    product = shop.product(on_hand=5)
    invitation = invited()
    assert shop.phone.says("stop 3 12").startswith("Vouliez-vous STOCK 3 12?")
    shop.phone.says("oui")
    product.refresh_from_db()
    assert (product.on_hand, state(invitation)) == (12, "waiting")


def test_a_digit_that_comes_too_late(phone):
    one = invited()
    invited("Argan Tiwi")
    phone.says("oui")
    opening.withdraw(one.pk, by=staff())
    assert phone.says("1") not in ("", JOINED)
    assert Membership.objects.count() == 0


def test_a_cooperative_that_was_dissolved_since(phone):
    invitation = invited(cooperative__status=CooperativeStatus.DISSOLVED)
    assert "dissoute" in phone.says("oui")
    assert (state(invitation), Membership.objects.count()) == ("waiting", 0)


def test_after_thirty_days_it_is_a_strangers_text(phone, clock):
    invited(expires_at=clock.now())
    assert phone.says("oui").startswith("Taawon, la ligne des cooperatives.")
    assert Membership.objects.count() == 0


def test_the_same_text_twice_is_one_yes(phone):
    invited()
    phone.says("oui", provider_id="same")
    phone.says("oui", provider_id="same")
    assert Membership.objects.count() == 1
    assert Entry.objects.filter(name="shop-opened").count() == 1


def test_explain_changes_nothing():
    invitation = invited()
    assert line.explain(NUMBER, "oui") == {
        "intent": "JOIN",
        "args": {"invitation": invitation.pk},
        "question": None,
        "reply": JOINED,
    }
    assert line.explain(NUMBER, "bonjour")["question"] == QUESTION
    assert (state(invitation), Membership.objects.count()) == ("waiting", 0)


@pytest.mark.parametrize("text", ["bonjour", "oui", "non", "salam chokran", "سلام", "نعم", "لا"])
@pytest.mark.parametrize("many", [1, 4])
def test_one_segment(phone, text, many):
    for _ in range(many):
        coop = CooperativeFactory(
            name_fr="Coopérative agricole féminine de l’arganier du Haut-Atlas",
            name_ar="التعاونية الفلاحية النسوية لأركان بالأطلس الكبير والنباتات العطرية",
        )
        InvitationFactory(phone=NUMBER, cooperative=coop)
    assert segments(phone.says(text)) == 1
