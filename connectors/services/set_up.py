"""Sets up a feed of any kind that fetches, and changes it. Its secrets go when they would be sent somewhere else."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from connectors import registry, tokens
from connectors.base import Problem, SetUp
from connectors.models import Connection, Feed
from connectors.queries import secrets as kept
from connectors.queries.calendars import calendar_here
from connectors.services import schedules, secrets
from cxhub.lib.http import Refused, check, origin_of
from insights.services import sources
from orgs.models import Member
from orgs.services import audit


class SettingsHaveProblems(Exception):
    """The settings cannot be used; `problems` says why, field by field."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(_("Some settings need a change."))
        self.problems = found


@transaction.atomic
def begin(
    *,
    kind: SetUp,
    name: str,
    settings: Mapping[str, Any],
    typed: Mapping[str, str],
    interval_minutes: int | None,
    expires_on: date | None = None,
    now: datetime,
    by: Member,
) -> Feed:
    """Make a connection with one feed, keep the secrets that were typed, and fetch for the first time.

    Raises SettingsHaveProblems.
    """
    plain = " ".join(name.split())
    found = every_problem(kind, settings)
    if registry.is_made_up(kind.kind) and not by.workspace.is_example:
        found.append(Problem("name", _("Made-up numbers belong into a workspace that is marked as example data.")))
    if Connection.objects.filter(kind=kind.kind, name=plain).exists():
        found.append(Problem("name", _("A connection has this name already. Choose another.")))
    if not 0 < len(plain) <= 200:
        found.append(Problem("name", _("Give the feed a name of at most 200 characters.")))
    if not found:
        missing = [field for field in kind.secrets(settings) if not typed.get(field)]
        found += [Problem(field, _("Enter the secret to sign in with.")) for field in missing]
    if found:
        raise SettingsHaveProblems(found)
    feed = _make(kind, plain, settings, by)
    _keep_secrets(feed, kind, settings, typed, expires_on, by)
    schedules.keep(feed=feed, interval_minutes=interval_minutes, now=now, by=by)
    schedules.run_now(feed=feed, by=by, now=now)
    return feed


@transaction.atomic
def change(
    *,
    feed: Feed,
    kind: SetUp,
    settings: Mapping[str, Any],
    typed: Mapping[str, str],
    expires_on: date | None = None,
    by: Member,
) -> Feed:
    """Read with other settings from now on, and from the beginning if what is asked for changes.

    Without a new secret the kept one stays, unless scheme, host or port change. Raises SettingsHaveProblems.
    """
    found = every_problem(kind, settings)
    if found:
        raise SettingsHaveProblems(found)
    needed = kind.secrets(settings)
    origin = origin_of(kind.address(settings)) if needed else ""
    known = kept.names(feed.connection, origin)
    missing = [field for field in needed if not typed.get(field) and field not in known]
    if missing:
        words = _("No secret is kept for this address. Enter it again.")
        raise SettingsHaveProblems([Problem(field, words) for field in missing])
    secrets.clear(connection=feed.connection, by=by, unless_for=origin)
    _keep_secrets(feed, kind, settings, typed, expires_on, by)
    before, after = feed.mapping, dict(settings)
    if before != after:
        feed.mapping, feed.cursor = after, {}
        feed.save()
        audit.record("feed.change", feed, by=by, before={"mapping": before}, after={"mapping": after})
    return feed


def every_problem(kind: SetUp, settings: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with the settings, and whether this installation may call their address."""
    found = kind.problems(settings)
    if kind.address(settings) and not any(problem.field == "url" for problem in found):
        try:
            check(kind.address(settings))
        except Refused as refused:
            found.append(Problem("url", refused.sentence))
    return found


def _make(kind: SetUp, name: str, settings: Mapping[str, Any], by: Member) -> Feed:
    mapping = dict(settings)
    connection = Connection.objects.create(kind=kind.kind, name=name, created_by=by)
    audit.record("connection.create", connection, by=by, after={"kind": kind.kind, "name": name})
    source = sources.create(name, by=by)
    feed = Feed.objects.create(connection=connection, source=source, name=name, mapping=mapping)
    audit.record("feed.create", feed, by=by, after={"name": name, "mapping": mapping})
    return feed


def _keep_secrets(
    feed: Feed,
    kind: SetUp,
    settings: Mapping[str, Any],
    typed: Mapping[str, str],
    expires_on: date | None,
    by: Member,
) -> None:
    """Keep those that these settings need, for the address they are sent to, until the day typed or the token's own."""
    zone = calendar_here().zone
    for field in kind.secrets(settings):
        text = typed.get(field)
        if text:
            where = {"field": field, "origin": origin_of(kind.address(settings))}
            until = expires_on or tokens.last_day(text, zone)
            secrets.keep(connection=feed.connection, text=text, expires_on=until, by=by, **where)
        else:
            secrets.date_anew(connection=feed.connection, field=field, expires_on=expires_on, by=by)
