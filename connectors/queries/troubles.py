"""What is wrong with feeds, put together: the same sentence on several feeds is one trouble."""

from dataclasses import dataclass

from connectors.models import Feed
from connectors.queries.feed_states import with_state

MOST_SHOWN = 8
MOST_NAMED = 5


@dataclass(frozen=True)
class Trouble:
    """A sentence and the feeds that it stands on, the first few by name."""

    sentence: str
    count: int
    feeds: list[tuple[int, str]]
    more: int
    connections: list[str]


def grouped() -> list[Trouble]:
    """Return what is wrong, the trouble of most feeds first. One query."""
    rows = with_state(Feed.objects.all()).exclude(reason="").order_by("connection__name", "name", "id")
    found: dict[str, list[tuple[int, str, str]]] = {}
    for reason, *feed in rows.values_list("reason", "pk", "name", "connection__name"):
        found.setdefault(reason, []).append(tuple(feed))
    return [_trouble(reason, feeds) for reason, feeds in sorted(found.items(), key=lambda item: -len(item[1]))]


def _trouble(sentence: str, feeds: list[tuple[int, str, str]]) -> Trouble:
    named = [(pk, name) for pk, name, _connection in feeds[:MOST_NAMED]]
    connections = list(dict.fromkeys(connection for _pk, _name, connection in feeds))[:MOST_NAMED]
    return Trouble(sentence, len(feeds), named, len(feeds) - len(named), connections)
