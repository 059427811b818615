"""Which kinds of connected systems there are, and the page that sets each up; connectors/apps.py names each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.base import Connector, DataSheet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Way:
    """Pages of a kind's own, by URL name, where the common one does not fit, and what it reads in a sentence.

    A kind may have several ways in; each but the first has a title of its own.
    """

    new: str
    lead: "StrOrPromise"
    edit: str = ""
    title: "StrOrPromise" = ""


CONNECTORS: dict[str, Connector] = {}
WAYS: dict[str, tuple[Way, ...]] = {}


def register(connector: Connector, *ways: Way) -> None:
    """Make a kind known by its name; saying it twice, or without its data sheet, is a mistake in apps.py."""
    if connector.kind in CONNECTORS:
        raise ValueError(f"Two connectors call themselves {connector.kind}.")
    if not isinstance(getattr(connector, "data_sheet", None), DataSheet):
        raise ValueError(f"The connector {connector.kind} needs a data_sheet: what a security review asks about it.")
    CONNECTORS[connector.kind] = connector
    if ways:
        WAYS[connector.kind] = ways


def connector(kind: str) -> Connector:
    """Return the connector of a kind. Raises KeyError for one that does not exist."""
    return CONNECTORS[kind]


def data_sheet(kind: str) -> DataSheet | None:
    """Return what a security review asks about a kind; None for one that does not exist."""
    return getattr(CONNECTORS.get(kind), "data_sheet", None)


def is_made_up(kind: str) -> bool:
    """Say whether a kind makes its numbers up: such are kept to workspaces marked as example data."""
    return bool(getattr(CONNECTORS.get(kind), "is_made_up", False))


def name_of(kind: str) -> str:
    """Return what people call a kind; one that is gone keeps its bare name."""
    return str(CONNECTORS[kind].name) if kind in CONNECTORS else kind
