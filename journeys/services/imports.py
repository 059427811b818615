"""Keeps a file of touchpoints or of a map until its uploader accepts what it would change."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from journeys.models import MapImport, TouchpointImport
from journeys.services import pictures as picture_service
from orgs.models import Member
from orgs.services import audit


@transaction.atomic
def keep(*, name: str, text: str, by: Member) -> TouchpointImport:
    """Keep the text of a file. One that the same person left unaccepted is dropped."""
    TouchpointImport.objects.filter(by=by, accepted_at=None).delete()
    kept = TouchpointImport.objects.create(by=by, name=name[:255], text=text)
    audit.record("touchpoint_import.upload", kept, by=by, after={"name": kept.name})
    return kept


@transaction.atomic
def keep_map(
    *,
    name: str,
    document: dict[str, Any],
    left_out: list[str],
    foreign: Any,
    pictures: Sequence[bytes] = (),
    by: Member,
) -> MapImport:
    """Keep what a file of a map says, and its pictures. One that the same person left unaccepted is dropped.

    Pictures that no map comes to show are swept like any other (pipelines/picture_sweep.py).
    """
    MapImport.objects.filter(by=by, accepted_at=None).delete()
    told = {"document": document, "left_out": left_out, "foreign": foreign}
    kept = MapImport.objects.create(by=by, name=name[:255], **told)
    for body in pictures:
        picture_service.keep(body)
    audit.record("map_import.upload", kept, by=by, after={"name": kept.name})
    return kept


def keep_meaning(*, kept: MapImport, meaning: dict[str, Any], document: dict[str, Any]) -> None:
    """Keep what a person says the parts of another program's file mean, and the map that this makes of it."""
    kept.meaning, kept.document = {**kept.meaning, **meaning}, document
    kept.save(update_fields=["meaning", "document"])


def keep_choices(*, kept: MapImport, title: str, chosen: dict[str, Any]) -> None:
    """Keep what was chosen for a map that is not made yet, while its maker looks again at what the parts mean."""
    kept.meaning = {**kept.meaning, "chosen": chosen}
    if title:
        kept.meaning["title"] = title
        kept.document = {**kept.document, "title": title}
    kept.save(update_fields=["meaning", "document"])
