"""Carries e-mails by SMTP, through the mail settings of Django."""

from __future__ import annotations

import smtplib

from django.core.mail import EmailMessage

from taawon.messaging.gateways import Accepted, Answer, Failed, Gateway, Outbound, Retry


class SmtpGateway(Gateway):
    def send(self, message: Outbound) -> Answer:
        letter = EmailMessage(
            subject=" ".join(message.subject.split()),
            body=message.text,
            to=[message.to],
            headers={"Content-Language": message.language, "Auto-Submitted": "auto-generated"},
        )
        try:
            letter.send()
        except (smtplib.SMTPRecipientsRefused, ValueError) as refusal:
            return Failed(type(refusal).__name__)
        except (smtplib.SMTPException, OSError) as trouble:
            return Retry(type(trouble).__name__)
        return Accepted()
