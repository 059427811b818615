"""What connectors brings to Home: what is wrong with feeds, what grew stale without a word, which keys end."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from connectors.models import Feed
from connectors.queries import expiries, troubles
from insights.queries import freshness
from insights.queries.freshness import Freshness
from orgs.permissions import Permission
from orgs.registry import FirstStep, HomeList, HomePanel, HomeRow
from orgs.roles import Role

SHOWN = 5
INTEGRATORS = frozenset({Role.INTEGRATOR.value})


def wrong(request: HttpRequest) -> HomeList:
    """Each trouble once, that of most feeds first."""
    found = troubles.grouped()
    rows = [_wrong(request, each) for each in found[:SHOWN]]
    return HomeList(rows, len(found), _connections(request))


def stale(request: HttpRequest) -> HomeList:
    """Feeds past twice their interval that say no trouble."""
    now, zone = timezone.now(), request.workspace.tzinfo  # type: ignore[attr-defined]
    feeds = Feed.objects.filter(paused_at=None, source__trouble="").exclude(source__interval_minutes=None)
    aged = [
        (feed, freshness.age(feed.source, now=now, zone=zone))
        for feed in feeds.select_related("source").order_by("source__refreshed_at", "pk")
    ]
    old = [(feed, age) for feed, age in aged if age.state == Freshness.STALE]
    slug = request.workspace.slug  # type: ignore[attr-defined]
    rows = [
        HomeRow(feed.name, reverse("feed", args=[slug, feed.pk]), age.reason, status="stale")
        for feed, age in old[:SHOWN]
    ]
    return HomeList(rows, len(old), _connections(request))


def expiring(request: HttpRequest) -> HomeList:
    """Secrets that end soon or have ended, the most urgent first."""
    today = request.workspace.today  # type: ignore[attr-defined]
    found = expiries.near(today)
    rows = [
        HomeRow(each.sentence, _connections(request), status="failed" if each.is_over else "watch")
        for each in found[:SHOWN]
    ]
    return HomeList(rows, len(found), _connections(request))


def _wrong(request: HttpRequest, trouble: troubles.Trouble) -> HomeRow:
    words = ngettext("%(n)d feed: %(names)s", "%(n)d feeds: %(names)s", trouble.count)
    names = ", ".join(name for _pk, name in trouble.feeds) + ("…" if trouble.more else "")
    url = reverse("feed", args=[request.workspace.slug, trouble.feeds[0][0]])  # type: ignore[attr-defined]
    return HomeRow(trouble.sentence, url, words % {"n": trouble.count, "names": names}, status="failed")


def _connections(request: HttpRequest) -> str:
    return f"{reverse('connections', args=[request.workspace.slug])}?sort=state"  # type: ignore[attr-defined]


FIRST_STEP = FirstStep(
    _("Upload answers or results"),
    _("CX Hub finds the touchpoints in a file and makes their KPIs. Or connect a system."),
    "upload_new",
    Permission.CONNECTION_MANAGE,
    30,
    lambda: Feed.objects.exists(),
)
PANELS = [
    HomePanel("troubles", _("Feeds with trouble"), INTEGRATORS, 16, wrong, _("No feed has trouble.")),
    HomePanel("expiring", _("Keys that expire"), INTEGRATORS, 18, expiring, _("No key expires soon.")),
    HomePanel("stale-feeds", _("Stale feeds"), INTEGRATORS, 42, stale, _("Every feed is refreshed in time.")),
]
