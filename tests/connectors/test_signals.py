"""Reviews, search and social media, connected as docs/how-to/connect-pre-contact-signals.md says."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from connectors.models import Feed, SyncRun
from connectors.pipelines import sync
from insights.models import Kpi, Reading, Source
from journeys.models import Channel
from journeys.services import channels
from orgs.services import stale
from tests.connectors.file.supplies.conftest import _allowed, serve  # noqa: F401  fixtures
from tests.connectors.file.test_wizard import said
from tests.connectors.http_json.test_page import posted
from tests.days import local_today
from tests.outside import answer, json_answer

PLACES = {"Review sites": "Reviews", "Web search": "Search results", "Social media": "Mentions"}
READY = {"row_is": "ready", "ready_measure": "count", "grain": "day", "replaces": "days"}


def ago(days):
    return local_today() - timedelta(days=days)


def reviews():
    """One review with half a star and one without a day; four that count."""
    rows = [{"stars": stars, "createdAt": f"{ago(day)}T12:00:00Z"} for stars, day in ((2, 1), (1, 1), (4, 2), (3, 2))]
    return [*rows, {"stars": 2.5, "createdAt": f"{ago(1)}T12:00:00Z"}, {"stars": 5}]


def searches():
    lines = ["Date,Clicks,Impressions,CTR,Position"]
    lines += [f"{ago(day)},{10 * day},{1000 * day},1%,7.4" for day in (3, 2, 1)]
    return "\r\n".join([*lines, f"{ago(4)},n/a,n/a,,"]).encode()


def mentions():
    days = [datetime.combine(ago(day), time(), tzinfo=UTC) for day in (2, 1)]
    rows = [
        {"day": str(int(day.timestamp())), "accounts": "3", "uses": uses} for day, uses in zip(days, "57", strict=True)
    ]
    return {"name": "larch", "history": [*rows, {"day": rows[0]["day"], "uses": "many"}]}


@pytest.fixture
def outside(serve):  # noqa: F811
    """Outside: reviews behind a key, an export of a search console, a server of the fediverse."""

    def handle(request):
        path = request.split()[1]
        if path.startswith("/reviews"):
            is_known = "apikey: s3cret" in request
            return json_answer({"reviews": reviews()}) if is_known else answer(b"", "401 Unauthorized")
        return json_answer(mentions()) if path.startswith("/api/v1/tags/") else answer(searches())

    return serve(handle)


@pytest.fixture
def at(world):
    return lambda name, *args: reverse(name, args=[world.acme.slug, *args])


@pytest.fixture
def ivo(world, sign_in):
    return sign_in(world.ivo)


def registered(world, sign_in):
    """The channels, as their kind; a search that is looked after in every way."""
    with world.inside():
        for name in PLACES:
            made, _ = channels.find_or_create(name, by=world.ada)
            is_kept = name == "Web search"
            how = {"kind": "signal", "state": "live", "since": None, "participation_target": None, "name": name}
            who = {"owner": world.service.pk if is_kept else None, "is_monitored": is_kept}
            was = stale.seen(channels.values_of(made))
            channels.describe(channel=made, by=world.ada, was=was, **how, **who)


def work_off(world):
    """Let the worker do every run that waits: those that fetch, and then those of the files that they brought."""
    for _ in ("fetching", "reading"):
        with world.inside():
            waiting = list(SyncRun.objects.unfinished().values_list("pk", flat=True))
        for pk in waiting:
            sync.run(workspace_id=world.acme.pk, run_id=pk, now=timezone.now())


def connected(world, at, ivo, outside):
    """The four feeds, through the pages, and what each tells."""
    plain = {"channel_path": "", "touchpoint_path": ""}
    review = {
        "rows": "reviews",
        "date_path": "createdAt",
        "score_path": "stars",
        "since_parameter": "startDate",
        "first_day": str(ago(30)),
        **plain,
    }
    review |= {"touchpoint": "Reviews", "channel": "Review sites", "sign_in": "header", "sign_in_name": "apikey"}
    review |= {"url": f"{outside.url}/reviews", "name": "Reviews", "secret": "s3cret"}
    social = {
        "rows": "history",
        "date_path": "to_number(day)",
        "value_path": "uses",
        "score_path": "",
        **READY,
        **plain,
    }
    social |= {"touchpoint": "Mentions", "channel": "Social media", "name": "Mentions"}
    social |= {"url": f"{outside.url}/api/v1/tags/larch"}
    for each in (review, social):
        form = posted(outside.url) | each
        tested = ivo.post(at("http_json_new"), form | {"test": "1"})
        assert tested.status_code == 200
        assert "The connection does not work yet" not in tested.content.decode()
        saved = ivo.post(at("http_json_new"), form)
        assert saved.status_code == 302, saved.context["form"].errors
    for column in ("Impressions", "Clicks"):
        looked = ivo.post(at("address_new"), {"url": f"{outside.url}/Dates.csv", "sign_in": "none"})
        about = {"touchpoint": "Search results", "channel": "Web search", "date_column": "Date", "value_column": column}
        accepted = ivo.post(looked.url, said(ivo.get(looked.url), **READY, **about, feed_name=column, interval="1440"))
        assert accepted.status_code == 302, re.findall(r"field-error.*", accepted.content.decode())
    work_off(world)
    with world.inside():
        feeds = {feed.name: feed for feed in Feed.objects.all()}
    for name, feed in feeds.items():
        tells = "use" if name == "Clicks" else "signal"
        assert ivo.post(at("feed_telling", feed.pk), {"tells": tells}).status_code == 302
    return feeds


def day(world, name, days, **about):
    with world.inside():
        kpi = Kpi.objects.get(source__name=name, **about)
        return Reading.objects.get(kpi=kpi, grain="day", starts_on=ago(days), segment=""), kpi.tells


def row(html, name):
    rows = re.findall(r'<tr id="channel-\d+">.*?</tr>', html, re.S)
    found = next(each for each in rows if f"<bdi>{name}</bdi>" in each)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def spots(html):
    """The blind spots: each channel with its reasons, in order."""
    blind = html.split('id="channel-register"')[0]
    found = re.findall(r"<bdi>([^<]+)</bdi>.*?<td data-label=\"Why\">(.*?)</td>", blind.partition("<tbody>")[2], re.S)
    return {name: re.findall(r"<li>([^<]+)</li>", cell) for name, cell in found}


def nobody_else_says_it(world, at, sign_in, feed):
    """What a feed tells is read by everybody, and said by who manages connections."""
    where = at("feed_telling", feed.pk)
    wrong = sign_in(world.ivo).post(where, {"tells": "luck"})
    assert wrong.status_code == 422
    assert "Select a valid choice" in wrong.content.decode()
    page = sign_in(world.vi).get(at("feed", feed.pk)).content.decode()
    assert "Save what it tells" not in page
    assert "<dd>Use</dd>" in page
    assert sign_in(world.vi).post(where, {"tells": ""}).status_code == 403
    assert sign_in(world.ann).post(where, {"tells": ""}).status_code == 404


def test_the_how_to_leads_to_signals_that_the_job_refreshes(world, at, ivo, sign_in, outside):
    registered(world, sign_in)
    feeds = connected(world, at, ivo, outside)
    rated, tells = day(world, "Reviews", 1)
    assert (rated.value, rated.answered, tells) == (1.5, 2, "satisfaction")
    assert [(each.value, what) for each, what in (day(world, "Impressions", 2), day(world, "Clicks", 2))] == [
        (2000, "signal"),
        (20, "use"),
    ]
    assert (day(world, "Mentions", 2)[0].value, day(world, "Mentions", 2)[1]) == (5, "signal")
    for name, reason in {
        "Reviews": ("The score is not a whole number", "No date"),
        "Impressions": ("is not a number",),
        "Mentions": ("The value is not a number",),
    }.items():
        with world.inside():
            run = SyncRun.objects.filter(feed=feeds[name], rows_rejected__gt=0).latest("pk")
        rejected = ivo.get(at("rejected_rows", run.pk)).content.decode()
        assert all(each in rejected for each in reason), name
    page = ivo.get(at("feed", feeds["Reviews"].pk)).content.decode()
    assert "Pre-contact signal (reviews, search, social)</dd>" in page
    html = sign_in(world.vi).get(at("channel_register")).content.decode()
    found = spots(html)
    assert list(found)[:2] == ["Social media", "Review sites"]  # the one that lacks more leads
    assert re.fullmatch(r"Customers are here: \d+ ratings in 30 days", found["Review sites"][0])
    assert found["Review sites"][1:] == ["Nobody monitors it", "No department answers for it"]
    assert found["Social media"][1] == "Only signals come in: no KPI tells what customers get there"
    assert "Web search" not in found  # somebody watches and answers, and its clicks are measured
    assert re.search(r"[\d,]+ Search results, .* Signals: [\d,]+ Search results, ", row(html, "Web search"))
    assert re.search(r"[\d.]+ of 5", row(html, "Review sites"))
    assert re.fullmatch(r"Customers are here: [\d,]+ in 30 days", found["Social media"][0])
    nobody_else_says_it(world, at, sign_in, feeds["Clicks"])
    with world.inside():
        Channel.objects.update(owner=world.service, is_monitored=True)
        Kpi.objects.filter(source__name="Mentions").update(tells="use")
    assert spots(sign_in(world.vi).get(at("channel_register")).content.decode()) == {}  # measured, watched and answered
    with world.inside():
        Source.objects.filter(name="Mentions").update(refreshed_at=timezone.now() - timedelta(days=3))
    html = sign_in(world.vi).get(at("channel_register")).content.decode()
    assert spots(html) == {"Social media": ["No KPI of its touchpoints has a current value"]}  # stale: no signal


def test_what_cannot_be_read_is_explained_before_anything_is_stored(world, at, ivo, serve, settings):  # noqa: F811
    json_of = {"rows": "history", "date_path": "to_number(day)", "value_path": "uses", "score_path": "", **READY}
    json_of |= {"touchpoint": "Mentions", "touchpoint_path": "", "test": "1"}
    for reply, sentence in (
        (json_answer({"error": "no such tag"}), "no rows at “history”"),
        (answer(b"<rss/>", Content_Type="application/rss+xml"), "not JSON"),
        (answer(b"", "429 Too Many", Retry_After="60"), "The connection does not work yet"),
        (json_answer({"history": [{"day": "yesterday", "uses": "5"}]}), "No date"),
    ):
        page = ivo.post(at("http_json_new"), posted(serve(reply).url) | json_of).content.decode()
        assert sentence in page, sentence
    for reply, sentence in (
        (answer(b"", "404 Not Found"), "nothing at this address (404)"),
        (answer(b"%PDF-1.7"), "Save the table as CSV"),
    ):
        page = ivo.post(at("address_new"), {"url": f"{serve(reply).url}/Dates.csv", "sign_in": "none"})
        page = ivo.get(page.url) if page.status_code == 302 else page
        assert sentence in page.content.decode(), sentence
    with world.inside():
        assert not Feed.objects.exists()
