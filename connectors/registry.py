"""Which kinds of connected systems there are. connectors/apps.py names each in one line."""

from connectors.base import Connector

CONNECTORS: dict[str, Connector] = {}


def register(connector: Connector) -> None:
    """Make a kind known by its name; saying it twice is a mistake in apps.py."""
    if connector.kind in CONNECTORS:
        raise ValueError(f"Two connectors call themselves {connector.kind}.")
    CONNECTORS[connector.kind] = connector


def connector(kind: str) -> Connector:
    """Return the connector of a kind. Raises KeyError for one that does not exist."""
    return CONNECTORS[kind]
