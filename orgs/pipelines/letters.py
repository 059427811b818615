"""Writes and sends the letters of invitations. A letter gets its token as it is written: none waits in any queue."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cxhub.lib import jobs
from orgs import tokens
from orgs.models import Invitation
from orgs.scope import scope, workspace_ids

MAIL_SECONDS = 15
log = logging.getLogger(__name__)


def send(*, workspace_id: int, invitation_id: int, now: datetime) -> None:
    """Send one letter, unless that was done or is not wanted any more. A mail server that is away is tried again."""
    with scope(workspace_id):
        waiting = Invitation.objects.awaiting_letter().filter(expires_at__gt=now)
        # Held until the token is written, so that two workers do not both send.
        held = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("workspace", "created_by__user")
        invitation = held.filter(pk=invitation_id).first()
        if invitation is None:
            return
        token = tokens.new(workspace_id)
        invitation.token_hash = tokens.hashed(token)
        invitation.letter_sent_at = now
        if _is_sent(_letter(invitation, token)):
            invitation.save(update_fields=["token_hash", "letter_sent_at"])


def sweep() -> None:
    """Wake each letter that waits: its message was lost, or the mail server was away."""
    for workspace_id in workspace_ids():
        with scope(workspace_id):
            for pk in Invitation.objects.awaiting_letter().order_by("pk").values_list("pk", flat=True)[:200]:
                jobs.wake("orgs.tasks.send_letter", workspace_id=workspace_id, invitation_id=pk)


def _letter(invitation: Invitation, token: str) -> EmailMessage:
    by = invitation.created_by.user
    with override(by.language or None):
        words = {
            "name": invitation.name or invitation.email,
            "by": " ".join(str(by).split()),
            "workspace": " ".join(invitation.workspace.name.split()),
            "note": f"{invitation.note}\n\n" if invitation.note else "",
            "link": invitation.site + reverse("join", args=[token]),
            "until": invitation.expires_at.astimezone(invitation.workspace.tzinfo).date().isoformat(),
        }
        subject = _("%(by)s invites you to %(workspace)s") % words
        text = _(
            "Hello %(name)s,\n\n%(by)s invites you to the workspace %(workspace)s in CX Hub.\n\n%(note)s"
            "Join here:\n%(link)s\n\n"
            "The link is for you alone and works until %(until)s. If you do not know why you got this, ignore it.\n"
        )
        mail = get_connection(timeout=MAIL_SECONDS)
        return EmailMessage(subject, text % words, settings.DEFAULT_FROM_EMAIL, [invitation.email], connection=mail)


def _is_sent(mail: EmailMessage) -> bool:
    try:
        mail.send()
    except OSError as error:  # whatever smtplib raises is one
        log.warning("An invitation could not be mailed (%s); the sweep tries again.", type(error).__name__)
        return False
    return True
