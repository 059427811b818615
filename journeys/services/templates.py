"""Keeps maps as templates of the workspace, names them and removes them. What was begun with one stays."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Map, MapTemplate
from journeys.queries import documents, maps
from journeys.services import names, structures
from orgs.models import Member, Workspace
from orgs.scope import workspace_id
from orgs.services import audit


class NameIsTaken(Exception):
    """Another template has this name."""

    def __init__(self) -> None:
        super().__init__(_("There is a template of this name. Choose another."))


@transaction.atomic
def keep(*, drawn: Map, name: str, with_texts: bool, by: Member, now: datetime) -> MapTemplate:
    """Keep what a map is made of as a template: stages, steps and lanes, its texts if wanted, none of its records.

    Raises names.BadName, NameIsTaken.
    """
    clean = _free(name)
    told = documents.template(documents.document(maps.one().get(pk=drawn.pk)), with_texts=with_texts)
    made: MapTemplate = MapTemplate.objects.create(name=clean, document=told, has_texts=with_texts, by=by, at=now)
    audit.record("template.create", made, by=by, after={"name": clean, "map": drawn.title, "has_texts": with_texts})
    return made


@transaction.atomic
def rename(*, template: MapTemplate, was: str, name: str, by: Member) -> MapTemplate:
    """Give a template another name. `was` is the one the person saw.

    Raises names.BadName, NameIsTaken, structures.NameChanged.
    """
    clean = _free(name, template)
    held: MapTemplate = MapTemplate.objects.select_for_update().get(pk=template.pk)
    if held.name not in {was, clean}:
        raise structures.NameChanged(held.name, clean)
    if held.name != clean:
        before, held.name = held.name, clean
        held.save(update_fields=["name"])
        audit.record("template.rename", held, by=by, before={"name": before}, after={"name": clean})
    return held


@transaction.atomic
def remove(*, template: MapTemplate, by: Member) -> None:
    """Take a template away."""
    audit.record("template.remove", template, by=by, before={"name": template.name})
    template.delete()


def _free(name: str, own: MapTemplate | None = None) -> str:
    """Return the name in its plain form. Two who take one at once take turns. Raises names.BadName, NameIsTaken."""
    clean = names.clean(name)
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id())
    others = MapTemplate.objects.filter(name__iexact=clean)
    if (others.exclude(pk=own.pk) if own else others).exists():
        raise NameIsTaken
    return clean
