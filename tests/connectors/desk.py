"""What tests of files share: small files, mappings, and giving a file to a feed as Ivo would."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models.functions import Now
from django.utils import timezone

from connectors.base import Calendar, Record
from connectors.models import Feed, FilePart, SyncRun, UploadedFile
from connectors.pipelines import sync
from connectors.pipelines.leases import claim
from connectors.services import feeds, runs, uploads
from connectors.systems.file.contents import records_in
from connectors.systems.file.mapping import Mapping
from insights.models import ReadingPart
from journeys.models import Touchpoint

BERLIN = Calendar(ZoneInfo("Europe/Berlin"))
HEADER = ("touchpoint", "date", "score")
ANSWERS = Mapping(
    touchpoint_column="touchpoint",
    date_column="date",
    score_column="score",
    scale_low=1,
    scale_high=5,
    measures=("csat_mean",),
)
VALUES = Mapping(
    row_is="ready",
    touchpoint_column="touchpoint",
    date_column="month",
    value_column="value",
    measures=("total",),
    grain="month",
)


def csv_of(*rows: Sequence[object], header: Sequence[str] = HEADER, **dialect: str) -> bytes:
    """Write a file as a spreadsheet program would."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n", **dialect).writerows([header, *rows])
    return text.getvalue().encode()


def read(data: bytes, mapping: Mapping = ANSWERS, calendar: Calendar = BERLIN) -> list[Record]:
    """Read a whole file as the child does, in this process."""
    return list(records_in(mapping, [data], calendar))


def in_pieces(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def keep(world, data: bytes, *, name: str = "answers.csv") -> UploadedFile:
    with world.inside():
        return uploads.store(name=name, content=[data], by=world.ivo)


def give(world, data: bytes, mapping: Mapping = ANSWERS, *, name: str = "Survey", feed: Feed | None = None) -> SyncRun:
    """Upload a file and accept it into a feed, in Acme as Ivo."""
    file = keep(world, data)
    with world.inside():
        return feeds.accept(file=file, mapping=mapping, feed_name=name, feed=feed, by=world.ivo)


def work(world, run: SyncRun, **how: float) -> SyncRun:
    """Do what the worker does, and return the run as it then is."""
    sync.run(workspace_id=world.acme.pk, run_id=run.pk, now=timezone.now(), **how)
    return fresh(world, run)


def fresh(world, run: SyncRun) -> SyncRun:
    with world.inside():
        return SyncRun.objects.select_related("feed__source", "file", "asked_by__user").get(pk=run.pk)


def bring(world, data: bytes, mapping: Mapping = ANSWERS, *, name: str = "Survey", feed: Feed | None = None) -> SyncRun:
    """Upload, accept and work: the whole way of a file."""
    return work(world, give(world, data, mapping, name=name, feed=feed))


def daily_counts(world, measure: str = "csat_mean") -> dict[tuple[str, str], dict[str, int]]:
    """Return what is stored: the score counts of each touchpoint and day, over all parts."""
    with world.inside():
        rows = ReadingPart.objects.filter(kpi__measure=measure).order_by("id")
        found: dict[tuple[str, str], dict[str, int]] = {}
        for name, day, parts in rows.values_list("kpi__touchpoint__name", "starts_on", "parts"):
            counts = found.setdefault((name, day.isoformat()), {})
            for score, count in parts["counts"].items():
                counts[score] = counts.get(score, 0) + count
    return found


ROWS = [("Desk", f"2026-05-{n % 28 + 1:02}", n % 7) for n in range(300)]
FILE = csv_of(*ROWS)


class Crash(BaseException):
    """The worker dies here: nothing that handles errors sees it."""


def ledger():
    """What must be stored, counted from the rows themselves."""
    counts = {}
    for name, day, score in ROWS:
        if 1 <= score <= 5:
            cell = counts.setdefault((name, day), {})
            cell[str(score)] = cell.get(str(score), 0) + 1
    return counts


def let_the_lease_run_out(world, run):
    with world.inside():
        SyncRun.objects.filter(pk=run.pk).update(lease_until=Now() - timedelta(seconds=1))


def nothing_landed(world):
    with world.inside():
        return not (ReadingPart.objects.exists() or Touchpoint.objects.exists() or FilePart.objects.exists())


def crash() -> None:
    raise Crash


def take_over(world, run):
    let_the_lease_run_out(world, run)
    assert claim(world.acme.pk, run.pk)


def cancel(world, run):
    with world.inside():
        return runs.cancel(run=run, by=world.ivo)
