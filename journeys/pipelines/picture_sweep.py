"""Removes pictures that no map, version or template shows any more, once nobody can want them back by undo."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Left

from journeys.models import MapCell, MapImport, MapTemplate, MapVersion, Picture
from journeys.queries import documents
from orgs.scope import scope, workspace_ids
from orgs.services import audit

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=30)
NAME = r"^[0-9a-f]{64}\n"  # how the cell of a storyboard begins


def sweep(now: datetime) -> int:
    """Do one workspace after the other; trouble in one does not keep the others waiting. Returns how many went."""
    return sum(_swept(workspace_id, now) for workspace_id in workspace_ids())


def _swept(workspace_id: int, now: datetime) -> int:
    try:
        with scope(workspace_id), transaction.atomic():
            return _remove(now)
    except Exception as error:  # logged by its kind alone, for its message may quote a row
        log.error("Sweeping the pictures of workspace %s failed with %s.", workspace_id, type(error).__name__)
        return 0


def _remove(now: datetime) -> int:
    """Remember since when each is shown nowhere; remove those of long ago.

    Who shows one again clears its mark and holds its row meanwhile (pictures.use): what waits here then sees that.
    """
    idle = _idle()
    Picture.objects.exclude(unused_since=None).exclude(sha256__in=idle).update(unused_since=None)
    Picture.objects.filter(unused_since=None, sha256__in=idle).update(unused_since=now)
    old = Picture.objects.filter(sha256__in=idle, unused_since__lt=now - KEPT_FOR).defer("data")
    gone = list(old.select_for_update())
    for picture in gone:
        audit.record("picture.remove", picture, by=None, origin="Sweep of pictures")
    Picture.objects.filter(pk__in=[picture.pk for picture in gone]).delete()
    return len(gone)


def _idle() -> set[str]:
    """The names of the pictures that nothing shows. Documents are read only where a map leaves some."""
    shown = MapCell.objects.filter(text__regex=NAME).annotate(name=Left("text", 64)).values("name")
    idle = set(Picture.objects.exclude(sha256__in=shown).values_list("sha256", flat=True))
    for told in _documents() if idle else ():
        idle -= set(documents.pictures(told))
    return idle


def _documents() -> Iterator[dict[str, Any]]:
    for model, rows in ((MapVersion, {}), (MapTemplate, {}), (MapImport, {"accepted_at": None})):
        found = model.objects.filter(**rows).order_by().values_list("document", flat=True)  # type: ignore[attr-defined]
        yield from found.iterator(chunk_size=20)
