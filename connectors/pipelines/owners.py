"""Who answers for a connection, and a mail to them."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from connectors.models import Connection
from cxhub.lib.mail import reaches
from orgs.models import Member
from orgs.roles import Role

log = logging.getLogger(__name__)

MAIL_SECONDS = 15
"""A mail server that hangs must not hold a worker."""


def of(connection: Connection) -> list[Member]:
    """Return who set the connection up; the administrators when that person has left."""
    current = Member.objects.current().filter(user__is_active=True).select_related("user")
    owner = list(current.filter(pk=connection.created_by_id))
    return owner or list(current.filter(roles__role=Role.ADMINISTRATOR).distinct().order_by("pk"))


def mail(owners: list[Member], subject: str, text: str) -> bool:
    """Send one mail to all of them. False: the mail server is away, so that the sweep has to try again."""
    readers = [owner.user.email for owner in owners if reaches(owner.user.email)]
    if not readers:
        return True
    letter = EmailMessage(
        one_line(subject),
        text,
        settings.DEFAULT_FROM_EMAIL,
        readers,
        connection=get_connection(timeout=MAIL_SECONDS),
    )
    try:
        letter.send()
    except OSError as error:  # whatever smtplib raises is one
        log.warning("A mail about a connection could not be sent (%s); the sweep tries again.", type(error).__name__)
        return False
    return True


def one_line(text: str) -> str:
    return " ".join(text.split())
