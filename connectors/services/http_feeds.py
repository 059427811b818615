"""Sets up a feed that reads a JSON API, and changes it. Its secret goes when it would be sent somewhere else."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from connectors.base import Problem
from connectors.models import Connection, Feed
from connectors.queries import secrets as kept
from connectors.services import schedules, secrets
from connectors.systems.http_json.client import SECRET
from connectors.systems.http_json.connector import HttpJsonConnector
from connectors.systems.http_json.problems import problems
from connectors.systems.http_json.settings import Settings
from cxhub.lib.http import Refused, check, origin_of
from insights.services import sources
from orgs.models import Member
from orgs.services import audit

KIND = HttpJsonConnector.kind


class SettingsHaveProblems(Exception):
    """The settings cannot be used; `problems` says why, field by field."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(_("Some settings need a change."))
        self.problems = found


@transaction.atomic
def begin(
    *, name: str, settings: Settings, secret: str, interval_minutes: int | None, now: datetime, by: Member
) -> Feed:
    """Make a connection with one feed, keep its secret, and fetch for the first time. Raises SettingsHaveProblems."""
    plain = " ".join(name.split())
    found = every_problem(settings)
    if Connection.objects.filter(kind=KIND, name=plain).exists():
        found.append(Problem("name", _("A connection has this name already. Choose another.")))
    if not 0 < len(plain) <= 200:
        found.append(Problem("name", _("Give the feed a name of at most 200 characters.")))
    if settings.sign_in != "none" and not secret:
        found.append(Problem("secret", _("Enter the secret to sign in with.")))
    if found:
        raise SettingsHaveProblems(found)
    feed = _make(plain, settings, by)
    if settings.sign_in != "none":
        _keep_secret(feed, settings, secret, by)
    schedules.keep(feed=feed, interval_minutes=interval_minutes, now=now, by=by)
    schedules.run_now(feed=feed, by=by)
    return feed


@transaction.atomic
def change(*, feed: Feed, settings: Settings, secret: str, by: Member) -> Feed:
    """Read with other settings from now on, and from the beginning if what is asked for changes.

    Without a new secret the kept one stays, unless scheme, host or port change. Raises SettingsHaveProblems.
    """
    found = every_problem(settings)
    if found:
        raise SettingsHaveProblems(found)
    origin = origin_of(settings.url) if settings.sign_in != "none" else ""
    if origin and not secret and not kept.are_kept(feed.connection, origin):
        raise SettingsHaveProblems([Problem("secret", _("No secret is kept for this address. Enter it again."))])
    secrets.clear(connection=feed.connection, by=by, unless_for=origin)
    if secret and origin:
        _keep_secret(feed, settings, secret, by)
    before, after = feed.mapping, settings.to_json()
    if before != after:
        feed.mapping, feed.cursor = after, {}
        feed.save()
        audit.record("feed.change", feed, by=by, before={"mapping": before}, after={"mapping": after})
    return feed


def every_problem(settings: Settings) -> list[Problem]:
    """Return what is wrong with the settings, and whether this installation may call their address."""
    found = problems(settings)
    if not any(problem.field == "url" for problem in found):
        try:
            check(settings.url)
        except Refused as refused:
            found.append(Problem("url", refused.sentence))
    return found


def _make(name: str, settings: Settings, by: Member) -> Feed:
    mapping = settings.to_json()
    connection = Connection.objects.create(kind=KIND, name=name, created_by=by)
    audit.record("connection.create", connection, by=by, after={"kind": KIND, "name": name})
    source = sources.create(name, by=by)
    feed = Feed.objects.create(connection=connection, source=source, name=name, mapping=mapping)
    audit.record("feed.create", feed, by=by, after={"name": name, "mapping": mapping})
    return feed


def _keep_secret(feed: Feed, settings: Settings, secret: str, by: Member) -> None:
    secrets.keep(connection=feed.connection, field=SECRET, text=secret, origin=origin_of(settings.url), by=by)
