"""Carries e-mails by SMTP, through the mail settings of Django. What a server says is never kept:
its words may hold an address.
"""

from __future__ import annotations

import smtplib
from contextlib import suppress
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from taawon.messaging.gateways import Accepted, Answer, Failed, Gateway, Outbound, Retry
from taawon.messaging.rules import letter_id

# RFC 5321, 4.2.3: no such mailbox, it has moved, its name is not allowed.
_NO_MAILBOX = frozenset({550, 551, 553})
_RIGHT_TO_LEFT = frozenset({"ar"})
_MARK = "\u200f"


class SmtpGateway(Gateway):
    """Its settings are TAAWON_EMAIL_…; a letter that is sent again bears the same Message-ID."""

    def send(self, message: Outbound) -> Answer:
        connection = get_connection()
        try:
            try:
                connection.open()
            except (smtplib.SMTPException, OSError) as trouble:
                return Retry(_reason(trouble))
            return _hand_over(connection, message)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()


def _hand_over(connection: BaseEmailBackend, message: Outbound) -> Answer:
    try:
        connection.send_messages([_letter(message)])
    except smtplib.SMTPRecipientsRefused as refusal:
        code = next((code for code, _ in refusal.recipients.values()), 0)
        if code >= 500:
            return Failed(f"smtp-{code}", unreachable=code in _NO_MAILBOX)
        return Retry(f"smtp-{code}", line=False)
    except smtplib.SMTPSenderRefused as refusal:
        return Retry(_reason(refusal))  # Ours to mend.
    except smtplib.SMTPDataError as refusal:
        reason = _reason(refusal)
        return Failed(reason) if refusal.smtp_code >= 500 else Retry(reason, line=False)
    except ValueError as trouble:
        return Failed(type(trouble).__name__)
    except (smtplib.SMTPException, OSError) as trouble:
        return Retry(_reason(trouble), in_doubt=True)
    return Accepted()


def _letter(message: Outbound) -> EmailMessage:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    headers = {
        "Message-ID": f"<{letter_id(message.key)}@{address.rpartition('@')[2] or 'localhost'}>",
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        # RFC 8058: the mail program posts there by itself.
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        subject=" ".join(message.subject.split()),
        body=_directed(message),
        from_email=formataddr((name or settings.SITE_NAME, address)),
        to=[message.to],
        reply_to=[settings.EMAIL_REPLY_TO] if settings.EMAIL_REPLY_TO else None,
        headers=headers,
    )


def _directed(message: Outbound) -> str:
    """A line of Arabic that begins with a code or a link still runs from right to left."""
    if message.language not in _RIGHT_TO_LEFT:
        return message.text
    return "\n".join(f"{_MARK}{line}" for line in message.text.split("\n"))


def _reason(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"smtp-{trouble.smtp_code}"
    return type(trouble).__name__
