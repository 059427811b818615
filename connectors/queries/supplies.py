"""Where a feed's files come from by themselves, and the first file of it that a person looks at."""

from datetime import datetime

from django.conf import settings as installation
from django.db.models import QuerySet

from connectors.base import Ask
from connectors.models import Connection, Feed, Supply, SyncRun, UploadedFile
from connectors.queries import secrets as kept
from connectors.systems.file import folders
from connectors.systems.file.addresses import Address
from connectors.systems.file.folders import Folder
from orgs.models import Workspace
from orgs.scope import workspace_id


def of(feed: Feed) -> Supply | None:
    """Return the supply of a feed; None for one that people give its files."""
    found: Supply | None = Supply.objects.select_related("connection").filter(feed=feed).first()
    return found


def is_supplied(feed: Feed) -> bool:
    """Say whether files of a feed come by themselves."""
    return Supply.objects.filter(feed=feed).exists()


def of_sample(file: UploadedFile) -> Supply | None:
    """Return the supply that is being set up with this file."""
    found: Supply | None = Supply.objects.select_related("connection", "feed").filter(sample=file).first()
    return found


def settings_of(supply: Supply) -> Folder | Address:
    """Return what a person said about it. Raises SetupProblem."""
    kind = Folder if supply.kind == Supply.Kind.FOLDER else Address
    return kind.from_json(supply.settings)


def room_here() -> str:
    """Return the name of the folder under IMPORT_ROOT that belongs to the workspace in scope: its slug."""
    return str(Workspace.objects.values_list("slug", flat=True).get(pk=workspace_id()))


def folders_here() -> list[str]:
    """Return the folders that this workspace may watch. Raises SetupProblem."""
    return folders.sub_folders(room_here())


def asking(connection: Connection, now: datetime) -> Ask:
    """Return a question outside of any run, with nothing known yet. Raises SetupProblem."""
    return Ask(now=now, secrets=kept.opened(connection))


def file_runs(feed: Feed) -> QuerySet[SyncRun]:
    """Return the runs that read a file of this feed, newest first."""
    return SyncRun.objects.filter(feed=feed, file__isnull=False).select_related("file").order_by("-id")


def looking(feed: Feed) -> SyncRun | None:
    """Return the latest run that looked for files."""
    found: SyncRun | None = SyncRun.objects.fetching().filter(feed=feed).order_by("-id").first()
    return found


def is_busy(feed: Feed) -> bool:
    """Say whether files are looked for or read at this moment."""
    return SyncRun.objects.unfinished().filter(feed=feed).exists()


def internal_addresses() -> list[str]:
    """Return the hosts and networks inside the company that may be called."""
    return installation.OUTBOUND.described()  # type: ignore[no-any-return]
