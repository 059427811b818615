"""Sets up a feed that a system sends to, changes it, and changes its signing secrets one after the other."""

from datetime import datetime, timedelta

from django.conf import settings as installation
from django.db import transaction
from django.utils.translation import gettext as _

from connectors.base import Problem
from connectors.models import Connection, Feed, PushMessage, SigningSecret, Webhook
from connectors.queries import webhooks as kept
from connectors.services.http_feeds import SettingsHaveProblems
from connectors.systems.push import signatures
from connectors.systems.push.connector import PushConnector
from connectors.systems.push.problems import problems
from connectors.systems.push.settings import FIXED, PushSettings
from cxhub.lib.secrets import Sealed
from cxhub.lib.signatures import new_secret
from insights.services import sources
from orgs import tokens
from orgs.models import Member
from orgs.services import audit

KIND = PushConnector.kind
OVERLAP = timedelta(hours=24)
"""How long the secret before counts beside a new one."""


@transaction.atomic
def begin(
    *, name: str, settings: PushSettings, secret: str, expected_minutes: int | None, by: Member
) -> tuple[Feed, str]:
    """Make a connection with one feed and its address; return it with its first secret, which is not shown again.

    Without a given secret one is made. `expected_minutes`: the feed is stale after twice that without a message.
    Raises SettingsHaveProblems.
    """
    plain = " ".join(name.split())
    found = problems(settings)
    if Connection.objects.filter(kind=KIND, name=plain).exists():
        found.append(Problem("name", _("A connection has this name already. Choose another.")))
    if not 0 < len(plain) <= 200:
        found.append(Problem("name", _("Give the feed a name of at most 200 characters.")))
    chosen = secret.strip() or new_secret()
    if not found and not signatures.is_usable(chosen, settings):
        found.append(Problem("secret", why_unusable(settings)))
    if found:
        raise SettingsHaveProblems(found)
    feed = _make(plain, settings, expected_minutes, by)
    _keep_secret(feed, chosen, by)
    return feed, chosen


@transaction.atomic
def change(*, feed: Feed, settings: PushSettings, expected_minutes: int | None, now: datetime, by: Member) -> Feed:
    """Read what comes from now on with other settings; rows that are here keep what was read.

    Raises SettingsHaveProblems.
    """
    held: Feed = Feed.objects.select_for_update(no_key=True, of=("self",)).select_related("source").get(pk=feed.pk)
    found = problems(settings) or _of_fixed(held, settings)
    if not found and not _fits_secrets(held, settings, now):
        found = [Problem("signature", _("The kept secret does not fit this signature. Set up a new feed."))]
    if found:
        raise SettingsHaveProblems(found)
    before = {"mapping": held.mapping, "expected_minutes": held.source.interval_minutes}
    after = {"mapping": settings.to_json(), "expected_minutes": expected_minutes}
    if before != after:
        held.mapping = after["mapping"]
        held.save()
        sources.repeats(held.source, interval_minutes=expected_minutes)
        audit.record("feed.change", held, by=by, before=before, after=after)
    return held


@transaction.atomic
def change_secret(*, feed: Feed, secret: str, now: datetime, by: Member) -> str:
    """Make a secret the newest one, beside which the one before counts for a day; return it, to be shown once.

    Without a given secret one is made. Raises SettingsHaveProblems.
    """
    _hold(feed)
    settings, chosen = PushSettings.from_json(feed.mapping), secret.strip() or new_secret()
    if not signatures.is_usable(chosen, settings):
        raise SettingsHaveProblems([Problem("secret", why_unusable(settings))])
    SigningSecret.objects.filter(feed=feed).exclude(ends_at=None).delete()  # two count, never three
    SigningSecret.objects.filter(feed=feed).update(ends_at=now + OVERLAP)
    _keep_secret(feed, chosen, by)
    return chosen


@transaction.atomic
def retire_secret(*, feed: Feed, by: Member) -> bool:
    """Let the older secret count no more. Returns whether there was one."""
    _hold(feed)
    gone, _each = SigningSecret.objects.filter(feed=feed).exclude(ends_at=None).delete()
    if gone:
        audit.record("feed.signing_secret", feed, by=by, after={"older": "retired"})
    return bool(gone)


def why_unusable(settings: PushSettings) -> str:
    """Return what a secret of this kind of signature must look like."""
    if settings.signature == "standard":
        return _("Use a secret like whsec_ and 24 to 64 bytes in base64, or leave this empty to get one.")
    return _("Use a secret of %(least)d to %(most)d characters, or leave this empty to get one.") % {
        "least": signatures.LEAST_CHARACTERS,
        "most": signatures.MOST_CHARACTERS,
    }


def _make(name: str, settings: PushSettings, expected_minutes: int | None, by: Member) -> Feed:
    mapping = settings.to_json()
    connection = Connection.objects.create(kind=KIND, name=name, created_by=by)
    audit.record("connection.create", connection, by=by, after={"kind": KIND, "name": name})
    source = sources.create(name, interval_minutes=expected_minutes, by=by)
    feed = Feed.objects.create(connection=connection, source=source, name=name, mapping=mapping)
    audit.record("feed.create", feed, by=by, after={"name": name, "mapping": mapping})
    token = tokens.new(feed.workspace_id)
    sealed = Sealed.of(token, installation.ENCRYPTION_KEYS)
    Webhook.objects.create(feed=feed, token=sealed, token_sha256=tokens.hashed(token))
    return feed


def _keep_secret(feed: Feed, secret: str, by: Member) -> None:
    sealed = Sealed.of(secret, installation.ENCRYPTION_KEYS)
    SigningSecret.objects.create(feed=feed, value=sealed, kept_by=by)
    audit.record("feed.signing_secret", feed, by=by, after={"newest": "changed"})


def _hold(feed: Feed) -> None:
    """Let two people who change a secret at one moment wait for each other."""
    Feed.objects.select_for_update(no_key=True, of=("self",)).get(pk=feed.pk)


def _of_fixed(feed: Feed, settings: PushSettings) -> list[Problem]:
    before, after = PushSettings.from_json(feed.mapping).to_json(), settings.to_json()
    changed = [name for name in FIXED if before[name] != after[name]]
    if not changed or not PushMessage.objects.filter(feed=feed).exists():
        return []
    sentence = _("Messages came with the choice before. For another one, set up a new feed.")
    return [Problem(name, sentence) for name in changed]


def _fits_secrets(feed: Feed, settings: PushSettings, now: datetime) -> bool:
    return all(signatures.is_usable(secret, settings) for secret in kept.valid_secrets(feed, now))
