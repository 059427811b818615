"""Writes one cell of a map. Each has its own version: edits of different cells never meet, nor do they move the map."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import MapCell, MapLane, Picture, Step
from journeys.queries.lanes import text_kind
from journeys.registry import TextLane
from journeys.services import pictures
from journeys.services.structures import MapIsArchived
from orgs.models import AuditEntry, Member
from orgs.services import audit

LONGEST = 2000


class CellChanged(Exception):
    """Somebody else wrote this cell meanwhile; `cell` is it now, `mine` was not saved."""

    def __init__(self, cell: MapCell, mine: str) -> None:
        super().__init__(_("Somebody changed this meanwhile."))
        self.cell, self.mine = cell, mine


class BadText(Exception):
    """The text is no text for a cell."""


class CellIsGone(Exception):
    """The lane or the step was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This lane or step was deleted meanwhile. Your text was not saved."))


@dataclass(frozen=True)
class Saved:
    """The cell as it is now, and the version from which its page may go on editing it."""

    cell: MapCell
    version: int
    changed_since: bool = False  # a repeated save was heard before, and somebody has changed the cell since then


@transaction.atomic
def write(*, lane: MapLane, step: Step, text: str, version: int, by: Member, token: str = "") -> Saved:
    """Write a cell. `version` is the one the person saw; the same `token` a second time changes nothing.

    Raises CellChanged, BadText, CellIsGone, structures.MapIsArchived.
    """
    clean = cleaned(text, lane.kind)
    cell = _held(lane, step)
    entry = _heard(cell, token, by)
    if entry is not None:
        is_mine = entry.after.get("text") == cell.text
        return Saved(cell, cell.version if is_mine else version, changed_since=not is_mine)
    if cell.text == clean:
        return Saved(cell, cell.version)
    if cell.version != version:
        raise CellChanged(cell, clean)
    before, cell.text, cell.version = cell.text, clean, cell.version + 1
    cell.save()
    _use_picture(clean, lane.kind)
    about = {"lane": str(lane.uid), "step": step.name, "map": lane.map_id}
    told: dict[str, Any] = {"before": {"text": before}, "after": {"text": clean, **about}}
    audit.record("cell.write", cell, by=by, origin=_origin(token), **told)
    return Saved(cell, cell.version)


def cleaned(text: str, kind: str, *, brought: Collection[str] = ()) -> str:
    """Return the text as a cell of this kind of lane keeps it; `brought` are pictures that will be kept with it.

    Raises BadText.
    """
    plain = text.replace("\0", "").replace("\r\n", "\n").strip()
    known = text_kind(kind)
    if plain and known and known.choices:
        plain = _chosen(plain, known)
    if plain and known and known.picture and (known.picture(plain) is None or lacks_picture(plain, known, brought)):
        raise BadText(_("Choose a picture, and say what is to be seen."))
    if len(plain) > LONGEST:
        words = _("Use at most %(most)d characters; this has %(count)d.")
        raise BadText(words % {"most": LONGEST, "count": len(plain)})
    return plain


def lacks_picture(text: str, kind: TextLane, brought: Collection[str] = ()) -> bool:
    """Whether a cell names a picture that this workspace does not keep and that nobody brought."""
    found = kind.picture(text) if kind.picture else None
    return found is not None and found[0] not in brought and not Picture.objects.filter(sha256=found[0]).exists()


def _use_picture(text: str, kind: str) -> None:
    known = text_kind(kind)
    if known and known.picture and (found := known.picture(text)):
        pictures.use(found[0])


def _chosen(plain: str, kind: TextLane) -> str:
    """Return choices as a cell keeps them: nothing stands behind the last. Raises BadText."""
    each = [part.strip() for part in plain.split("/")] if kind.parts else [plain]
    if len(each) > max(len(kind.parts), 1) or not set(each) <= {"", *dict(kind.choices)}:
        raise BadText(_("Choose one of what is offered."))
    return "/".join(each).rstrip("/")


def _held(lane: MapLane, step: Step) -> MapCell:
    """Lock a cell, there or not yet. Who deletes a lane or step locks that first: no text falls between the two."""
    found = MapLane.objects.select_related("map").select_for_update(no_key=True, of=("self",)).filter(pk=lane.pk)
    held = found.first()
    if held is None or not Step.objects.select_for_update(no_key=True).filter(pk=step.pk, stage__map=held.map).exists():
        raise CellIsGone
    if held.map.archived_at is not None:
        raise MapIsArchived
    MapCell.objects.bulk_create([MapCell(lane=held, step=step)], ignore_conflicts=True)
    cell: MapCell = MapCell.objects.select_for_update(no_key=True).get(lane=held, step=step)
    cell.lane, cell.step = held, step
    return cell


def _heard(cell: MapCell, token: str, by: Member) -> AuditEntry | None:
    """The entry that this save wrote already."""
    if not token:
        return None
    about = AuditEntry.objects.filter(subject_type="mapcell", subject_id=cell.pk, action="cell.write")
    return about.filter(actor=by, origin=_origin(token)).first()


def _origin(token: str) -> str:
    return f"Save {token}" if token else ""
