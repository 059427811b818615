"""A folder of Acme under IMPORT_ROOT, a clock by which files have settled, and feeds that take files by themselves."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from connectors.models import SyncRun
from connectors.pipelines import sync
from connectors.queries.supplies import Address, Folder
from connectors.services import supplies
from cxhub.lib.http import Rules
from tests.connectors.desk import ANSWERS, csv_of
from tests.outside import Outside


def settled() -> datetime:
    """A moment at which every file written so far has been left alone for long enough."""
    return datetime.now(UTC) + timedelta(seconds=60)


class Room:
    """The workspace's folder, with files of a given age."""

    def __init__(self, path):
        self.path = path

    def put(self, name, *rows, age_days=0, data=None):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(csv_of(*rows) if data is None else data)
        then = time.time() - age_days * 86_400
        os.utime(path, (then, then))
        return path


@pytest.fixture
def import_root(tmp_path, settings):
    settings.IMPORT_ROOT = str(tmp_path / "import")
    (tmp_path / "import" / "acme").mkdir(parents=True)
    return tmp_path / "import"


@pytest.fixture
def room(world, import_root):
    return Room(import_root / world.acme.slug)


@pytest.fixture
def watch(world):
    """Returns a function that sets a watched folder up as Ivo would; its first look waits."""

    def _watch(folder="", pattern="*.csv", mapping=ANSWERS):
        with world.inside():
            supply = supplies.begin(settings=Folder(folder, pattern), now=settled(), by=world.ivo)
            how = {"feed_name": "Drops", "interval_minutes": 60, "now": settled(), "by": world.ivo}
            return supplies.accept(supply=supply, mapping=mapping, **how).feed

    return _watch


@pytest.fixture
def _allowed(settings):
    settings.OUTBOUND = Rules.of(allow=["127.0.0.1/32"])


@pytest.fixture
def serve(_allowed):
    """Returns a function that starts a server; all of them end with the test."""
    servers = []

    def _serve(handler):
        servers.append(Outside(handler))
        return servers[-1]

    yield _serve
    for server in servers:
        server.close()


@pytest.fixture
def fetching(world):
    """Returns a function that sets an address up as Ivo would; its first look waits."""

    def _fetching(url, sign_in="none", sign_in_name="", secret="", mapping=ANSWERS):
        with world.inside():
            given = Address(url, sign_in, sign_in_name)
            supply = supplies.begin(settings=given, secret=secret, now=settled(), by=world.ivo)
            how = {"feed_name": "Drops", "interval_minutes": 60, "now": settled(), "by": world.ivo}
            return supplies.accept(supply=supply, mapping=mapping, **how).feed

    return _fetching


@pytest.fixture
def work_off(world):
    """Returns a function that looks for files, and reads all that were taken. It gives back the run that looked."""

    def _work_off(feed):
        with world.inside():
            looking = SyncRun.objects.unfinished().fetching().filter(feed=feed).first()
            looking = looking or SyncRun.objects.create(feed=feed, mapping=feed.mapping, asked_by=world.ivo)
        sync.run(workspace_id=world.acme.pk, run_id=looking.pk, now=settled())
        for run in waiting(world, feed):
            sync.run(workspace_id=world.acme.pk, run_id=run.pk, now=settled())
        with world.inside():
            looking.refresh_from_db()
        return looking

    return _work_off


def waiting(world, feed):
    with world.inside():
        return list(SyncRun.objects.unfinished().filter(feed=feed, file__isnull=False).order_by("id"))


@pytest.fixture
def read_files(world):
    """Returns a function that tells which files of a feed were read, in order, and how each run ended."""

    def _read_files(feed):
        with world.inside():
            runs = SyncRun.objects.filter(feed=feed, file__isnull=False).select_related("file").order_by("id")
            return [(run.file.name, run.state) for run in runs]

    return _read_files
