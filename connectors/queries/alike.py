"""Which feed a new file is likely for: one whose last file had the same columns."""

from collections.abc import Sequence

from connectors.models import Feed, SyncRun


def feed_like(header: Sequence[str]) -> Feed | None:
    """Return the feed that last read a file with exactly these columns, if there is one."""
    same = SyncRun.objects.filter(file__header=list(header), state=SyncRun.State.DONE, feed__connection__kind="file")
    run = same.select_related("feed").order_by("-id").first()
    return run.feed if run else None


def file_feeds() -> list[Feed]:
    """Return the feeds that files are given to, by name."""
    return list(Feed.objects.filter(connection__kind="file").order_by("name", "id"))
