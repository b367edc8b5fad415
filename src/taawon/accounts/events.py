"""What the floors above can hear from this room: ids and codes, never a name or a phone."""

from __future__ import annotations

from dataclasses import dataclass

from taawon.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEvent(Event):
    person_id: int

    @property
    def subject(self) -> str:
        return f"accounts.person:{self.person_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined(PersonEvent):
    """Proved a phone for the first time, by a code or by a text from it."""

    name = "person-joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSignedIn(PersonEvent):
    """Proved the phone again."""

    name = "person-signed-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChanged(PersonEvent):
    name = "profile-changed"
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailProved(PersonEvent):
    """Typed the code that went to a new e-mail address: messages may go there."""

    name = "email-proved"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased(PersonEvent):
    name = "person-erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLookedAt(PersonEvent):
    """An administrator read somebody's name, phone and address."""

    name = "person-looked-at"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonExported(PersonEvent):
    """An administrator took out all that is known of somebody, at their request."""

    name = "person-exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementsAgreed(PersonEvent):
    """Announcements may come by text."""

    name = "announcements-agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementsStopped(PersonEvent):
    name = "announcements-stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRoleChanged(PersonEvent):
    """Roles as in StaffRole, "" for none; the region is that of the new role."""

    name = "staff-role-changed"
    was: str
    role: str
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyEvent(Event):
    key_id: int

    @property
    def subject(self) -> str:
        return f"accounts.apikey:{self.key_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyCreated(ApiKeyEvent):
    name = "api-key-created"
    scopes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyRevoked(ApiKeyEvent):
    name = "api-key-revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRetried(Event):
    """A message that had failed is queued again by hand."""

    name = "message-retried"
    message_id: int

    @property
    def subject(self) -> str:
        return f"messaging.message:{self.message_id}"
