"""Which kinds of connected systems there are, and the page that sets each up; connectors/apps.py names each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.base import Connector

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
    """Make a kind known by its name; saying it twice is a mistake in apps.py."""
    if connector.kind in CONNECTORS:
        raise ValueError(f"Two connectors call themselves {connector.kind}.")
    CONNECTORS[connector.kind] = connector
    if ways:
        WAYS[connector.kind] = ways


def connector(kind: str) -> Connector:
    """Return the connector of a kind. Raises KeyError for one that does not exist."""
    return CONNECTORS[kind]
