"""Gives an expectation an address for signed results, changes its secret, and says who signed what comes there."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from cxhub.lib import limits, signatures
from cxhub.lib.secrets import Sealed
from governance.models import Expectation, SignedAddress
from governance.queries import signed
from governance.services.expectations import ExpectationError, IsOver
from orgs import tokens
from orgs.models import Member
from orgs.services import audit

log = logging.getLogger(__name__)
OVERLAP = timedelta(hours=24)
"""How long the secret before counts beside a new one."""
RESULTS, SECONDS = 60, 60
"""So many signed results of an expectation are taken in so many seconds."""
BETWEEN_NOTES = timedelta(seconds=10)
"""Refusals of one address are noted no more often, whoever sends how much."""


class NotPosted(ExpectationError):
    """CX Hub checks this by itself."""


class OverQuota(Exception):
    """The address got as many signed results as it takes in a minute."""


@transaction.atomic
def change_secret(*, expectation: Expectation, by: Member, now: datetime) -> str:
    """Make a new secret and return it, to be shown once; the one before counts for a day. The first makes the address.

    Raises NotPosted, IsOver.
    """
    held = Expectation.objects.select_for_update(of=("self",)).get(pk=expectation.pk)
    if held.kind != Expectation.Kind.POSTED:
        raise NotPosted(_("CX Hub checks this expectation by itself. Make one that a test tool keeps."))
    if held.ended_at:
        raise IsOver(_("This was ended meanwhile."))
    secret = signatures.new_secret()
    kept = {"secret": _sealed(secret), "kept_at": now, "kept_by": by, "refused_at": None, "refusal": ""}
    found = SignedAddress.objects.filter(expectation=held).first()
    if found is None:
        token = tokens.new(held.workspace_id)
        named = {"token": _sealed(token), "token_sha256": tokens.hashed(token)}
        SignedAddress.objects.create(expectation=held, **named, **kept)
    else:
        before = {"older": found.secret, "older_until": now + OVERLAP}
        SignedAddress.objects.filter(pk=found.pk).update(**kept, **before)
    audit.record("expectation.signing_secret", held, by=by, after={"newest": "changed"})
    return secret


@transaction.atomic
def retire_older(*, expectation: Expectation, by: Member) -> bool:
    """Let the older secret count no more. Returns whether there was one."""
    rows = SignedAddress.objects.filter(expectation=expectation).exclude(older=None)
    if not rows.update(older=None, older_until=None):
        return False
    audit.record("expectation.signing_secret", expectation, by=by, after={"older": "retired"})
    return True


def run_of(*, address: SignedAddress, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Return the id that somebody with a valid secret signed. `body` is as it came.

    Raises cxhub.lib.signatures.NotSigned, OverQuota.
    """
    run = signatures.check(headers, body, signed.valid_secrets(address, now), now)
    _refuse_flood(address)
    return run


def note_refusal(*, address: SignedAddress, reason: str, now: datetime) -> None:
    """Note that a result was turned away, for the page; not each, or strangers could keep us busy."""
    stale = SignedAddress.objects.filter(pk=address.pk).exclude(refused_at__gt=now - BETWEEN_NOTES)
    stale.update(refused_at=now, refusal=reason)


def forget_refusal(*, address: SignedAddress) -> None:
    """Say nothing of what was turned away any more, now that a result was taken."""
    if address.refused_at:
        SignedAddress.objects.filter(pk=address.pk).update(refused_at=None, refusal="")


def _refuse_flood(address: SignedAddress) -> None:
    """Count what was signed alone, so that strangers use up nobody's minute. Without the cache all are let in."""
    try:
        count = limits.count(limits.key_of("signed-results", str(address.pk)), seconds=SECONDS)
    except RedisError:
        log.warning("The cache is away: signed results are not counted.")
        return
    if count > RESULTS:
        raise OverQuota


def _sealed(text: str) -> Sealed:
    return Sealed.of(text, settings.ENCRYPTION_KEYS)
