"""The day where the companies of the tests are; late in the evening the server, in UTC, still has the day before."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = "Europe/Berlin"


def local_today() -> date:
    return datetime.now(ZoneInfo(ZONE)).date()
