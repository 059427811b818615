"""Reads a map's document part by part into what this version knows; what it does not know is named, never guessed.

One function per part: a new part of the document is one function and one line in PARTS (or in those of its owner).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Map
from journeys.pipelines.map_import.parts.lanes import LANE, lanes
from journeys.pipelines.map_import.parts.paths import PATH, paths
from journeys.pipelines.map_import.parts.pictures import pictures
from journeys.pipelines.map_import.parts.stages import FINDING, STAGE, STEP, TOUCHPOINT, stages
from journeys.pipelines.map_import.parts.values import (
    BadPart,
    Path,
    Reader,
    Seen,
    a_text,
    name,
    names_of,
    one_of,
    read_object,
    read_parts,
    some_name,
    some_text,
    told,
)
from journeys.queries import documents
from journeys.queries.documents import SCHEMA

__all__ = [
    "FINDING",
    "LANE",
    "PARTS",
    "PATH",
    "STAGE",
    "STEP",
    "TOUCHPOINT",
    "BadPart",
    "Path",
    "is_ours",
    "read",
    "same_names",
    "told",
]
FAMILY, _slash, NUMBER = SCHEMA.partition("/")


@dataclass(frozen=True)
class Read:
    """The document as this version writes it, what is not taken over, and the pictures that came along, by name."""

    document: dict[str, Any]
    left_out: list[str]
    pictures: dict[str, bytes]


def read(document: Any) -> Read:
    """Read a document. Raises BadPart."""
    found = read_object(document, ())
    _refuse_other_schemas(found.get("schema"))
    seen = Seen()
    clean = {"schema": SCHEMA, **read_parts({k: v for k, v in found.items() if k != "schema"}, (), seen, PARTS)}
    shown = documents.pictures(clean)
    return Read(clean, list(seen.left_out), {name: body for name, body in seen.pictures.items() if name in shown})


def is_ours(document: Any) -> bool:
    """Say whether a document calls itself a map's, of whichever version."""
    return isinstance(document, dict) and str(document.get("schema", "")).startswith(FAMILY)


def _refuse_other_schemas(schema: Any) -> None:
    family, _slash, number = str(schema).partition("/")
    if family != FAMILY or not number.isascii() or not number.isdecimal() or number.startswith("0"):
        raise BadPart(
            ("schema",), _("This should be “%(schema)s”. Start from “As JSON” below a map.") % {"schema": SCHEMA}
        )
    if len(number) > 9 or int(number) > int(NUMBER):
        words = _(
            "A newer CX Hub wrote this map (form %(number)s; this one reads up to %(known)s). Update this one first."
        )
        raise BadPart(("schema",), words % {"number": number[:9], "known": NUMBER})


PARTS: dict[str, Reader] = {
    "title": name,
    "journey": some_name,
    "scenario": a_text(2000),
    "state": one_of(Map.State.values, Map.State.CURRENT),
    "level": one_of(Map.Level.values),
    "dimension": one_of(Map.Dimension.values),
    "owner": a_text(300),
    "owner_email": some_text(300),
    "sponsor": a_text(300),
    "sponsor_email": some_text(300),
    "personas": names_of,
    "products": names_of,
    "markets": names_of,
    "lanes": lanes,  # before the stages: cells name them
    "pictures": pictures,  # before the stages: cells show them
    "stages": stages,
    "paths": paths,  # after the stages: they join steps
}


def same_names(document: Mapping[str, Any]) -> list[str]:
    """Say which steps have one name: each is kept, and a person may have meant one."""
    count: dict[str, list[str]] = {}
    for stage in document["stages"]:
        for step in stage["steps"]:
            count.setdefault(step["name"].casefold(), []).append(step["name"])
    words = [(listed[0], len(listed)) for listed in count.values() if len(listed) > 1]
    return [
        ngettext("%(n)d step is called “%(name)s”.", "%(n)d steps are called “%(name)s”. All of them are kept.", n)
        % {"n": n, "name": name}
        for name, n in words
    ]
