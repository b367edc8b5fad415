"""The pages of the desk, and who is shown which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taawon.accounts import rules as team
from taawon.accounts.models import Person

May = Callable[[Person], bool]
# Name of the page, icon, label, who, and what is counted beside it.
PAGES: tuple[tuple[str, str, Promise, May, tuple[str, ...]], ...] = (
    ("home", "list-todo", _("Desk"), team.is_staff, ()),
    ("claims", "clipboard-list", _("Requests"), team.is_agent, ("claims",)),
    ("cooperatives", "store", _("Cooperatives"), team.is_agent, ()),
    ("register-files", "upload", _("Register files"), team.is_agent, ()),
    ("duplicates", "copy", _("Duplicates"), team.is_agent, ("duplicates",)),
    ("reports", "circle-alert", _("Reported errors"), team.is_agent, ("reports",)),
    ("products", "tag", _("Products"), team.is_staff, ("holds",)),
    ("orders", "package", _("Orders"), team.is_agent, ("orders",)),
    ("moderation", "flag", _("Moderation"), team.is_staff, ("reviews", "questions")),
    ("tickets", "phone", _("Call-backs"), team.is_agent, ("tickets",)),
    ("conversations", "message-circle", _("Conversations"), team.is_agent, ()),
    ("campaigns", "send", _("Campaigns"), team.is_staff, ("campaigns",)),
    ("vocabulary", "graduation-cap", _("Vocabulary"), team.is_staff, ("words",)),
    ("categories", "layout-grid", _("Categories"), team.may_edit_content, ()),
    ("labels", "award", _("Labels"), team.may_edit_content, ()),
    ("selections", "star", _("Home page"), team.may_edit_content, ()),
    ("rates", "truck", _("Delivery fees"), team.may_edit_content, ()),
    ("people", "users", _("People"), team.may_manage_people, ()),
    ("keys", "key-round", _("Partners’ keys"), team.may_manage_people, ()),
    ("messages", "mail", _("Messages"), team.may_manage_people, ("failed",)),
    ("gateways", "chart-column", _("SMS lines"), team.may_manage_people, ()),
    ("audit", "history", _("Audit trail"), team.may_read_audit, ()),
)


def menu(person: Person, here: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": reverse(f"backoffice:{name}"),
            "icon": icon,
            "current": name == here,
            "count": sum(counts.get(what, 0) for what in counted),
        }
        for name, icon, label, may, counted in PAGES
        if may(person)
    ]


def may_open(person: Person, page: str) -> bool:
    return any(name == page and may(person) for name, _icon, _label, may, _counted in PAGES)
