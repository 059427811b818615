"""The door that systems send through: finds the feed by the token, answers once the message is committed."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from connectors.base import SetupProblem
from connectors.models import Webhook
from connectors.queries.webhooks import by_token
from connectors.services import webhooks
from connectors.systems.push import bodies
from cxhub.lib.signatures import NotSigned
from cxhub.web.hooks import RETRY_AFTER_SECONDS, Refused, answer, body_of, not_now, not_signed, not_there, refusal
from orgs import tokens
from orgs.scope import scope

PACKED = {"": False, "identity": False, "gzip": True}


@csrf_exempt  # No session stands behind it: each message is signed.
@require_POST
@login_not_required  # A machine sends here: its signature says who it is.
def receive(request: HttpRequest, token: str) -> JsonResponse:
    """Keep a signed message and say what became of each row; it is in the figures within moments."""
    now = timezone.now()
    try:
        return _answer(_kept(request, token, now))
    except Refused as refused:
        return refusal(refused)
    except (OperationalError, InterfaceError):
        return refusal(not_now())


def _kept(request: HttpRequest, token: str, now: datetime) -> webhooks.Receipt:
    """Return the receipt of a message that is committed. Raises Refused."""
    workspace_id = tokens.workspace_of(token)
    if workspace_id is None:
        raise not_there()
    with scope(workspace_id):
        webhook = by_token(token)
    if webhook is None:
        raise not_there()
    try:
        is_gzip, body = _is_gzip(request), _body(request)
        with scope(workspace_id):
            return _received(webhook, request, body, is_gzip=is_gzip, now=now)
    except Refused as refused:
        with scope(workspace_id):
            webhooks.note_refusal(webhook=webhook, reason=refused.noted, now=now)
        raise


def _received(webhook: Webhook, request: HttpRequest, body: bytes, *, is_gzip: bool, now: datetime) -> webhooks.Receipt:
    """Return the receipt, or say in HTTP's words why there is none. Raises Refused."""
    try:
        return webhooks.receive(webhook=webhook, headers=request.headers, body=body, is_gzip=is_gzip, now=now)
    except NotSigned as problem:
        raise not_signed(problem.reason) from None
    except bodies.BadBody as problem:
        raise Refused(400, problem.sentence, "body", path=problem.path) from None
    except bodies.TooLarge:
        raise _too_large() from None
    except webhooks.OverQuota as problem:
        wait = problem.retry_after_seconds
        raise Refused(429, _("Too many messages. Wait, then send on."), "quota", retry_after_seconds=wait) from None
    except SetupProblem as problem:  # a person must mend the feed; the sender keeps the message until then
        raise Refused(503, problem.sentence, "settings", retry_after_seconds=RETRY_AFTER_SECONDS) from None


def _is_gzip(request: HttpRequest) -> bool:
    packed = PACKED.get(request.headers.get("Content-Encoding", "").strip().lower())
    if packed is None:
        raise Refused(415, _("Send the body as it is, or packed with gzip."), "body")
    return packed


def _body(request: HttpRequest) -> bytes:
    """Return the bytes as they came, reading no further than a message may be long. Raises Refused."""
    body = body_of(request, bodies.MOST_BYTES)
    if body is None:
        raise _too_large()
    return body


def _too_large() -> Refused:
    return Refused(413, _("Send at most 1 MiB in a message, unpacked."), "body")


def _answer(receipt: webhooks.Receipt) -> JsonResponse:
    told = {
        "result": receipt.result,
        "id": receipt.message_id,
        "accepted": receipt.accepted,
        "rejected": receipt.rejected,
        "rows": receipt.rows,
    }
    return answer(told, 202 if receipt.result == "accepted" else 200)
