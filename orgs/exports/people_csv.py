"""The list of members as CSV."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from orgs.models import Member


def lines(members: Iterable[Member], *, zone: ZoneInfo, with_addresses: bool) -> Iterator[str]:
    """Yield the header and a line per member; addresses and last visits only where the reader may see them."""
    header = [_("Name"), _("Roles"), _("Joined"), _("Left")]
    yield from csv_lines([header + ([_("E-mail address"), _("Last seen")] if with_addresses else [])])
    for member in members:
        roles = "; ".join(sorted(str(held) for held in member.roles.all()))
        own = [str(member), roles, _at(member.joined_at, zone), _at(member.left_at, zone)]
        more = [member.user.email, _at(member.last_seen_at, zone)] if with_addresses else []
        yield from csv_lines([own + more])


def _at(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""
