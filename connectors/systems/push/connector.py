"""The push kind: turns a message that was sent into plain records."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from connectors.base import Answer, Calendar, Plan, Ready, Rejected, SetupProblem
from connectors.rows.reading import Rows
from connectors.systems.push import bodies
from connectors.systems.push.data_sheet import DATA_SHEET
from connectors.systems.push.problems import problems
from connectors.systems.push.settings import PushSettings


class PushConnector:
    kind = "push"
    name = gettext_lazy("Sent by a system")
    data_sheet = DATA_SHEET

    def plan(self, settings: Mapping[str, Any]) -> Plan:
        return _sound(settings).plan()

    def receive(
        self, settings: Mapping[str, Any], document: Any, calendar: Calendar
    ) -> Iterator[Answer | Ready | Rejected]:
        """Yield each row of a message, in order. Raises SetupProblem, bodies.BadBody."""
        given = _sound(settings)
        rows = Rows(given, calendar)
        yield from map(rows.record, bodies.rows(document, given.rows))


def _sound(settings: Mapping[str, Any]) -> PushSettings:
    """Return the settings if they can be used. Raises SetupProblem."""
    given = PushSettings.from_json(settings)
    found = problems(given)
    if found:
        raise SetupProblem(found[0].sentence)
    return given
