"""Who gets what from every address of the desk. An address that stands in no row fails."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from taawon.backoffice import urls
from tests.backoffice.build import VISITORS, World

# By visitor: anonymous, customer, seller, agent elsewhere, agent, editor, administrator.
EVERYBODY = (302, 404, 404, 200, 200, 200, 200)
AGENTS = (302, 404, 404, 200, 200, 403, 200)
AGENTS_HERE = (302, 404, 404, 404, 200, 403, 200)
HERE = (302, 404, 404, 404, 200, 200, 200)
# Of the whole country: agents of a region know nothing of it.
COUNTRY = (302, 404, 404, 404, 404, 200, 200)
COUNTRY_POST = (302, 404, 404, 404, 404, 302, 302)
EDITORS = (302, 404, 404, 403, 403, 200, 200)
ADMINISTRATORS = (302, 404, 404, 403, 403, 403, 200)
ALL_POST = (302, 404, 404, 302, 302, 302, 302)
AGENTS_POST = (302, 404, 404, 302, 302, 403, 302)
# The service refuses the agent of another region.
SERVED_HERE = (302, 404, 404, 403, 302, 403, 302)
# What another region's agent may not know of is not there.
AGENTS_HERE_POST = (302, 404, 404, 404, 302, 403, 302)
EDITORS_POST = (302, 404, 404, 403, 403, 302, 302)
ADMINISTRATORS_POST = (302, 404, 404, 403, 403, 403, 302)

INVITED = {
    "name": "Rahma",
    "phone": "0677889900",
    "role": "president",
    "language": "fr",
    "checked": "Papiers vus",
}
# Of a colleague who looks after the whole country.
FILE = (302, 404, 404, 404, 404, 403, 200)
FILE_POST = (302, 404, 404, 404, 404, 403, 302)
ROWS = [
    ("home", [], "get", {}, EVERYBODY),
    ("language", [], "post", {"language": "ar"}, ALL_POST),
    ("claims", [], "get", {}, AGENTS),
    ("claim", ["claim"], "get", {}, AGENTS_HERE),
    ("approve", ["claim"], "post", {}, SERVED_HERE),
    ("refuse", ["claim"], "post", {"reason": "Non"}, SERVED_HERE),
    ("paper", ["paper"], "get", {}, AGENTS_HERE),
    ("cooperatives", [], "get", {}, AGENTS),
    ("add-cooperative", [], "get", {}, AGENTS),
    ("cooperative", ["coop"], "get", {}, AGENTS_HERE),
    ("correct-entry", ["coop"], "get", {}, AGENTS_HERE),
    ("take-back", ["coop", "correction"], "post", {}, AGENTS_HERE_POST),
    ("suspend", ["coop"], "post", {"reason": "Non"}, SERVED_HERE),
    ("reinstate", ["coop"], "post", {}, SERVED_HERE),
    ("exempt", ["coop"], "post", {"why": "Miel"}, SERVED_HERE),
    ("invite", ["coop"], "post", INVITED, SERVED_HERE),
    ("invite-again", ["coop", "invitation"], "post", {}, SERVED_HERE),
    ("withdraw-invitation", ["coop", "invitation"], "post", {}, SERVED_HERE),
    ("behalf-begin", ["coop"], "post", {}, SERVED_HERE),
    ("confirm-member", ["coop", "newcomer"], "post", {}, SERVED_HERE),
    ("duplicates", [], "get", {}, AGENTS),
    ("scan-duplicates", [], "post", {}, AGENTS_POST),
    ("find-duplicate", [], "get", {"one": "coop", "other": "twin"}, AGENTS_POST),
    ("tell-apart", ["pair"], "post", {}, SERVED_HERE),
    ("compare", ["coop", "twin"], "get", {}, AGENTS_HERE),
    ("merge", ["coop", "twin"], "post", {"sure": "1"}, SERVED_HERE),
    ("merges", [], "get", {}, AGENTS),
    ("undo-merge", ["merge"], "post", {}, SERVED_HERE),
    ("reports", [], "get", {}, AGENTS),
    ("settle-report", ["report"], "post", {"answer": "Merci"}, SERVED_HERE),
    ("decline-report", ["report"], "post", {"answer": "Non"}, SERVED_HERE),
    ("behalf-end", [], "post", {}, ALL_POST),
    ("register-files", [], "get", {}, AGENTS),
    ("register-file", ["batch"], "get", {}, FILE),
    (
        "match-register-file",
        ["batch"],
        "post",
        {"column-0": "registration_number"},
        FILE_POST,
    ),
    ("check-register-file", ["batch"], "post", {}, FILE_POST),
    ("decide-row", ["batch", "row"], "post", {"decision": "new"}, FILE_POST),
    ("decide-rows", ["batch"], "post", {"decision": "new"}, FILE_POST),
    ("apply-register-file", ["batch"], "post", {}, FILE_POST),
    ("discard-register-file", ["batch"], "post", {}, FILE_POST),
    ("revert-register-file", ["batch"], "post", {}, FILE_POST),
    ("products", [], "get", {}, EVERYBODY),
    ("product", ["product"], "get", {}, HERE),
    ("hold", ["product"], "post", {"reason": "Non"}, SERVED_HERE),
    ("lift", ["product"], "post", {}, SERVED_HERE),
    ("feature", ["product"], "post", {"selection": "selection"}, EDITORS_POST),
    ("orders", [], "get", {}, AGENTS),
    ("find-order", [], "get", {"code": "nothing"}, AGENTS_POST),
    ("order", ["order"], "get", {}, AGENTS_HERE),
    ("look-at-order", ["order"], "post", {}, AGENTS_HERE),
    ("moderation", [], "get", {}, EVERYBODY),
    ("moderate", {"kind": "reviews", "verb": "hide"}, "post", {"id": "review"}, ALL_POST),
    ("tickets", [], "get", {}, AGENTS),
    ("ticket", ["ticket"], "get", {}, AGENTS_HERE),
    ("take-ticket", ["ticket"], "post", {}, AGENTS_HERE_POST),
    ("give-back-ticket", ["ticket"], "post", {}, AGENTS_HERE_POST),
    ("settle-ticket", ["ticket"], "post", {"outcome": "Rappelée"}, AGENTS_HERE_POST),
    ("conversations", [], "get", {}, AGENTS),
    (
        "find-conversation",
        [],
        "post",
        {"phone": "0655443322"},
        (302, 404, 404, 302, 200, 403, 200),
    ),
    ("conversation", ["dialogue"], "get", {}, AGENTS_HERE),
    ("read-conversation", ["dialogue"], "post", {}, AGENTS_HERE),
    ("try-conversation", ["dialogue"], "post", {"text": "aide"}, AGENTS_HERE),
    ("campaigns", [], "get", {}, EVERYBODY),
    ("new-campaign", [], "get", {}, EVERYBODY),
    ("campaign", ["campaign"], "get", {}, COUNTRY),
    ("try-campaign", ["campaign"], "post", {}, COUNTRY_POST),
    ("submit-campaign", ["campaign"], "post", {}, COUNTRY_POST),
    ("approve-campaign", ["campaign"], "post", {}, COUNTRY_POST),
    ("send-back-campaign", ["campaign"], "post", {}, COUNTRY_POST),
    ("pause-campaign", ["campaign"], "post", {}, COUNTRY_POST),
    ("resume-campaign", ["campaign"], "post", {}, COUNTRY_POST),
    ("stop-campaign", ["campaign"], "post", {}, COUNTRY_POST),
    ("remove-campaign", ["campaign"], "post", {}, COUNTRY_POST),
    ("vocabulary", [], "get", {}, EVERYBODY),
    (
        "teach-word",
        ["unclear"],
        "post",
        {"word": "kbaltha", "intent": "ACCEPT", "voice": "ary"},
        ALL_POST,
    ),
    ("put-text-aside", ["unclear"], "post", {}, ALL_POST),
    ("approve-word", ["word"], "post", {}, ALL_POST),
    ("refuse-word", ["word"], "post", {}, ALL_POST),
    ("withdraw-word", ["word"], "post", {}, ALL_POST),
    ("categories", [], "get", {}, EDITORS),
    ("new-category", [], "get", {}, EDITORS),
    ("category", ["category"], "get", {}, EDITORS),
    ("labels", [], "get", {}, EDITORS),
    ("new-label", [], "get", {}, EDITORS),
    ("label", ["label"], "get", {}, EDITORS),
    ("selections", [], "get", {}, EDITORS),
    ("new-selection", [], "get", {}, EDITORS),
    ("selection", ["selection"], "get", {}, EDITORS),
    ("remove-selection", ["selection"], "post", {}, EDITORS_POST),
    ("rates", [], "get", {}, EDITORS),
    ("change-rates", ["zone"], "post", {"grams": "1000", "fee": "40"}, EDITORS_POST),
    ("people", [], "get", {}, ADMINISTRATORS),
    ("add-colleague", [], "post", {"phone": "0661234567", "role": "agent"}, ADMINISTRATORS_POST),
    ("find-person", [], "post", {"phone": "0661234567"}, ADMINISTRATORS),
    ("person", ["person"], "get", {}, ADMINISTRATORS),
    ("change-role", ["person"], "post", {"role": "editor"}, ADMINISTRATORS_POST),
    ("dismiss", ["person"], "post", {}, ADMINISTRATORS_POST),
    ("look-at-person", ["person"], "post", {}, ADMINISTRATORS),
    ("agree-for-person", ["person"], "post", {}, ADMINISTRATORS_POST),
    ("decline-for-person", ["person"], "post", {}, ADMINISTRATORS_POST),
    ("export-person", ["person"], "post", {}, ADMINISTRATORS),
    ("erase-person", ["person"], "post", {"asked": "yes"}, ADMINISTRATORS_POST),
    ("keys", [], "get", {}, ADMINISTRATORS),
    ("revoke-key", ["key"], "post", {}, ADMINISTRATORS_POST),
    ("messages", [], "get", {}, ADMINISTRATORS),
    ("retry-message", ["message"], "post", {}, ADMINISTRATORS_POST),
    ("gateways", [], "get", {}, ADMINISTRATORS),
    ("audit", [], "get", {}, EVERYBODY),
]


def test_no_address_is_without_a_row():
    assert [row[0] for row in ROWS] == [pattern.name for pattern in urls.urlpatterns]


def address(house: World, name, args):
    if isinstance(args, dict):
        return reverse(f"backoffice:{name}", kwargs=args)
    return reverse(f"backoffice:{name}", args=[getattr(house, arg).pk for arg in args])


@pytest.mark.parametrize(("name", "args", "method", "data", "wanted"), ROWS, ids=lambda one: one)
def test_who_gets_what(house, name, args, method, data, wanted):
    path = address(house, name, args)
    typed = {key: getattr(getattr(house, value, None), "pk", value) for key, value in data.items()}
    statuses = {}
    for visitor in VISITORS:
        client = house.browser(visitor)
        with transaction.atomic():
            answer = getattr(client, method)(path, typed)
            statuses[visitor] = answer.status_code
            if answer.streaming:
                answer.getvalue()
            transaction.set_rollback(True)

    assert statuses == dict(zip(VISITORS, wanted, strict=True))


@pytest.mark.parametrize(("name", "args", "method", "data", "wanted"), ROWS, ids=lambda one: one)
def test_nobody_is_sent_to_the_login_page(house, name, args, method, data, wanted):
    path = address(house, name, args)

    answer = getattr(Client(), method)(path, data)

    there = path if method == "get" else "/backoffice/"
    assert answer.headers["Location"].startswith("/fr/login/?next=" + there.replace("/", "%2F"))


@pytest.mark.parametrize(("name", "args", "method", "data", "wanted"), ROWS, ids=lambda one: one)
def test_only_the_right_method(house, name, args, method, data, wanted):
    client = house.browser("administrator")
    forms = ("new-category", "category", "new-label", "label", "new-selection", "selection", "keys")
    forms += ("add-cooperative", "new-campaign", "campaign", "register-files", "correct-entry")

    other = (
        client.post(address(house, name, args))
        if method == "get"
        else client.get(address(house, name, args))
    )

    assert other.status_code == (422 if name in forms else 405)
    assert other.headers["Cache-Control"] == "private, no-store"
