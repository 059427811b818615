"""The door for results that a test tool signs: finds the expectation by the token, answers once it is committed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cxhub.lib import plain_json
from cxhub.lib.signatures import NotSigned
from cxhub.web.hooks import Refused, answer, body_of, not_now, not_signed, not_there, refusal
from governance.api.serializers import Result
from governance.models import SignedAddress
from governance.models.expectations import LONGEST_RUN
from governance.queries.signed import by_token
from governance.services import posting, signed
from orgs import tokens
from orgs.scope import scope

MOST_BYTES = 16 * 1024
MOST_DEPTH = 3


@csrf_exempt  # No session stands behind it: each result is signed.
@require_POST
@login_not_required  # A test tool posts here: its signature says who it is.
def receive(request: HttpRequest, token: str) -> JsonResponse:
    """Note a signed result. The webhook-id names the run: the same one again counts once."""
    now = timezone.now()
    try:
        result, run = _taken(request, token, now)
    except Refused as refused:
        return refusal(refused)
    except (OperationalError, InterfaceError):
        return refusal(not_now())
    return answer({"result": result, "id": run}, 202 if result == "accepted" else 200)


def _taken(request: HttpRequest, token: str, now: datetime) -> tuple[str, str]:
    """Return what became of a result that is committed, and its run. Raises Refused."""
    workspace_id = tokens.workspace_of(token)
    if workspace_id is None:
        raise not_there()
    with scope(workspace_id):
        address = by_token(token)
    if address is None:
        raise not_there()
    try:
        body = body_of(request, MOST_BYTES)
        if body is None:
            raise Refused(413, _("Send at most 16 KiB in a result."), "body")
        with scope(workspace_id):
            return _noted(address, request.headers, body, now)
    except Refused as refused:
        with scope(workspace_id):
            signed.note_refusal(address=address, reason=refused.noted, now=now)
        raise


def _noted(address: SignedAddress, headers: Mapping[str, str], body: bytes, now: datetime) -> tuple[str, str]:
    """Say whether it was accepted, is here already (duplicate), or with another result (conflict: the first stays)."""
    run, told = _run(address, headers, body, now), _said(body)
    try:
        _check, is_new = posting.post(expectation=address.expectation, run=run, by=None, now=now, **told)
    except posting.IsAnother:
        return "conflict", run
    except posting.BadMoment as problem:
        raise Refused(400, str(problem), "body", path="at") from None
    except posting.PostingError as problem:
        raise Refused(410, str(problem), "over") from None
    signed.forget_refusal(address=address)
    return "accepted" if is_new else "duplicate", run


def _run(address: SignedAddress, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Return the id that a valid secret signed, before anything of the body is read. Raises Refused."""
    try:
        run = signed.run_of(address=address, headers=headers, body=body, now=now)
    except NotSigned as problem:
        raise not_signed(problem.reason) from None
    except signed.OverQuota:
        wait = signed.SECONDS
        raise Refused(429, _("Too many results. Wait, then send on."), "quota", retry_after_seconds=wait) from None
    if len(run) > LONGEST_RUN or not (run.isascii() and run.isprintable()):
        words = _("The webhook-id has 1 to %(most)d plain characters.") % {"most": LONGEST_RUN}
        raise Refused(400, words, "body", path="webhook-id")
    return run


def _said(body: bytes) -> dict[str, Any]:
    """Return the fields of a result, checked. Raises Refused."""
    try:
        found = plain_json.read(body, most_depth=MOST_DEPTH)
    except plain_json.NotKept as problem:
        raise Refused(400, problem.sentence, "body", path=problem.path) from None
    checked = Result(data=found)
    if not checked.is_valid():
        field, problems = next(iter(checked.errors.items()))
        path = "$" if field == "non_field_errors" else field
        raise Refused(400, str(problems[0]), "body", path=path)
    return dict(checked.validated_data)
