"""The contract, seen from the figures: set up on its page, a kind fills KPIs once and never spoils them."""

from dataclasses import replace

import pytest
from django.urls import reverse

from connectors.base import Puller
from connectors.models import Feed, FilePart, SyncRun
from connectors.pipelines import sync
from connectors.registry import CONNECTORS, WAYS, is_made_up
from cxhub.lib.http import Rules
from insights.models import Reading
from journeys.models import Touchpoint
from tests.connectors.desk import daily_counts, fresh
from tests.connectors.faults import FOR_A_PERSON, MENDS_ITSELF
from tests.connectors.http_json.api import NOW
from tests.connectors.vendors import Row, vendor
from tests.outside import Outside, answer

# What is made up calls nobody, so no answer of a vendor can go wrong; tests/connectors/sample says what it keeps.
PULLERS = [kind for kind, one in CONNECTORS.items() if isinstance(one, Puller) and not is_made_up(kind)]
ROWS = [Row("2026-05-11"), Row("2026-05-11", '"x"'), Row("2026-05-12", "5")]
FILLED = {("Desk", "2026-05-11"): {"4": 1}, ("Desk", "2026-05-12"): {"5": 1}}


class Desk:
    """A feed that Ivo set up on its page, and a system whose answers change."""

    def __init__(self, world, kind, client):
        self.world, self.vendor = world, vendor(kind)
        self.handler = self.over(ROWS)
        self.server = Outside(lambda request: self.handler(request) if callable(self.handler) else self.handler)
        self.saved = client.post(self._page(kind), self.vendor.posted(self.server.url))

    def over(self, rows, how="reply"):
        return lambda request: getattr(self.vendor, how)(request, rows)

    def run(self):
        with self.world.inside():
            feed = Feed.objects.get()
            waiting = SyncRun.objects.filter(feed=feed).order_by("-id").first()
            if waiting.is_finished:
                waiting = SyncRun.objects.create(feed=feed, mapping=feed.mapping, asked_by=self.world.ivo)
        sync.run(workspace_id=self.world.acme.pk, run_id=waiting.pk, now=NOW)
        return fresh(self.world, waiting)

    def figures(self):
        with self.world.inside():
            return daily_counts(self.world), list(Reading.objects.order_by("pk").values_list("pk", "value"))

    def feed(self):
        with self.world.inside():
            return Feed.objects.select_related("source").get()

    def _page(self, kind):
        slug = self.world.acme.slug
        return reverse(WAYS[kind][0].new, args=[slug]) if kind in WAYS else reverse("connection_of", args=[slug, kind])


@pytest.fixture
def desk(world, kind, sign_in, settings):
    settings.OUTBOUND = replace(Rules.of(allow=["127.0.0.1/32"]), deadline_seconds=1, most_bytes=1024 * 1024)
    made = Desk(world, kind, sign_in(world.ivo))
    yield made
    made.server.close()


@pytest.mark.parametrize("kind", PULLERS)
def test_set_up_on_its_page_the_first_run_fills_the_kpis(desk, world, sign_in):
    assert desk.saved.status_code == 302, desk.saved.content.decode()
    run = desk.run()
    assert (run.state, run.rows_used, run.rows_rejected) == ("done", 2, 1)
    assert desk.figures()[0] == FILLED
    with world.inside():
        touchpoint = Touchpoint.objects.get(name="Desk")
    page = sign_in(world.vi).get(reverse("touchpoint", args=[world.acme.slug, touchpoint.pk]) + "?period=month")
    assert "4.5" in page.content.decode()


@pytest.mark.parametrize("kind", PULLERS)
def test_the_second_run_writes_nothing_new(desk, world):
    desk.run()
    before = desk.figures()
    assert desk.run().state == "unchanged"
    assert desk.figures() == before
    with world.inside():
        assert FilePart.objects.count() == 1


@pytest.mark.parametrize("kind", PULLERS)
def test_the_next_run_adds_what_is_new_and_keeps_the_rest(desk):
    desk.run()
    desk.handler = desk.over([*ROWS, Row("2026-05-13", "1")])
    desk.run()
    assert desk.figures()[0] == {**FILLED, ("Desk", "2026-05-13"): {"1": 1}}


@pytest.mark.parametrize("kind", PULLERS)
def test_nothing_where_rows_were_leaves_the_figures(desk):
    desk.run()
    before, cursor = desk.figures(), desk.feed().cursor
    desk.handler = desk.over([])
    assert desk.run().state == "unchanged"
    assert desk.figures() == before
    assert desk.feed().cursor == cursor


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize("how", ["renamed", "circle"])
def test_a_changed_vendor_pauses_the_feed_and_leaves_the_figures(desk, how):
    desk.run()
    before = desk.figures()
    desk.handler = desk.over(ROWS, how)
    assert desk.run().state == "failed"
    assert desk.figures() == before
    assert desk.feed().paused_at


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize("fault", [*FOR_A_PERSON, "401"])
def test_trouble_for_a_person_is_said_and_leaves_the_figures(desk, fault):
    desk.run()
    before = desk.figures()
    desk.handler = FOR_A_PERSON.get(fault, answer(b"", "401 Unauthorized"))
    run, feed = desk.run(), desk.feed()
    assert run.state == "failed"
    assert feed.paused_reason == feed.source.trouble == run.message
    assert all(word not in run.message for word in desk.vendor.SECRETS.values())
    assert desk.figures() == before


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize("fault", MENDS_ITSELF)
def test_trouble_that_may_mend_itself_is_waited_for_and_leaves_the_figures(desk, fault):
    desk.run()
    before = desk.figures()
    desk.handler = MENDS_ITSELF[fault]
    assert not desk.run().is_finished
    assert desk.feed().paused_at is None
    assert desk.figures() == before
