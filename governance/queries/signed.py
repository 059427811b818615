"""Signed addresses: found by token for the door, described for the page of their expectation."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxhub.lib.secrets import Sealed, WrongKey
from governance.models import Expectation, SignedAddress
from orgs import tokens

REFUSALS = {
    "headers": gettext_lazy("It had no webhook-id, webhook-timestamp and webhook-signature. Check how the tool signs."),
    "time": gettext_lazy("It was signed more than 5 minutes ago, or ahead. Check the clock of the tool."),
    "signature": gettext_lazy("None of the secrets fits its signature. Give the tool the newest secret."),
    "quota": gettext_lazy("It came beyond the results that are taken in a minute. Post one when a run ends."),
    "over": gettext_lazy("The touchpoint is archived. Restore it, or end this expectation."),
    "body": gettext_lazy("Its body could not be taken. Check that it is JSON, with the outcome of the run."),
}


@dataclass(frozen=True)
class Signed:
    """What those who may set the tool up see of an address. `token` is empty when its encryption key is gone."""

    token: str
    kept_at: datetime
    kept_by: str
    older_until: datetime | None
    refused_at: datetime | None
    refusal: str


def by_token(token: str) -> SignedAddress | None:
    """Return what an address names, with its expectation. Needs the scope of the workspace that it names."""
    rows = SignedAddress.objects.select_related("expectation")
    found: SignedAddress | None = rows.filter(token_sha256=tokens.hashed(token)).first()
    return found


def valid_secrets(address: SignedAddress, now: datetime) -> list[str]:
    """Return the secrets that a result may be signed with now; one whose encryption key is gone signs nothing."""
    older = address.older if address.older_until and address.older_until > now else None
    return [text for sealed in (address.secret, older) if sealed and (text := _opened(sealed))]


def of(expectation: Expectation, now: datetime) -> Signed | None:
    """Describe the address of an expectation; None while it has none. One query."""
    found = SignedAddress.objects.filter(expectation=expectation).select_related("kept_by__user").first()
    if found is None:
        return None
    until = found.older_until if found.older_until and found.older_until > now else None
    why = str(REFUSALS.get(found.refusal, "")) or _("It was not taken.")
    return Signed(_opened(found.token), found.kept_at, str(found.kept_by), until, found.refused_at, why)


def _opened(sealed: Sealed) -> str:
    try:
        return sealed.open(settings.ENCRYPTION_KEYS)
    except WrongKey:
        return ""
