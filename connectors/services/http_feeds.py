"""Sets up a feed that reads a JSON API, and changes it: connectors/services/set_up.py, said in this kind's words."""

from datetime import date, datetime

from connectors.base import Problem
from connectors.calls import SECRET
from connectors.models import Feed
from connectors.services import set_up
from connectors.services.set_up import SettingsHaveProblems
from connectors.systems.http_json.connector import HttpJsonConnector
from connectors.systems.http_json.settings import Settings
from orgs.models import Member

__all__ = ["KIND", "SettingsHaveProblems", "begin", "change", "every_problem"]
JSON_API = HttpJsonConnector()
KIND = JSON_API.kind


def begin(
    *,
    name: str,
    settings: Settings,
    secret: str,
    interval_minutes: int | None,
    expires_on: date | None = None,
    now: datetime,
    by: Member,
) -> Feed:
    """Make a connection with one feed, keep its secret, and fetch for the first time. Raises SettingsHaveProblems."""
    how = {"settings": settings.to_json(), "typed": {SECRET: secret}, "interval_minutes": interval_minutes}
    return set_up.begin(kind=JSON_API, name=name, expires_on=expires_on, now=now, by=by, **how)


def change(*, feed: Feed, settings: Settings, secret: str, expires_on: date | None = None, by: Member) -> Feed:
    """Read with other settings from now on, and from the beginning if what is asked for changes.

    Without a new secret the kept one stays, unless scheme, host or port change. Raises SettingsHaveProblems.
    """
    how = {"settings": settings.to_json(), "typed": {SECRET: secret}, "expires_on": expires_on}
    return set_up.change(feed=feed, kind=JSON_API, by=by, **how)


def every_problem(settings: Settings) -> list[Problem]:
    """Return what is wrong with the settings, and whether this installation may call their address."""
    return set_up.every_problem(JSON_API, settings.to_json())
