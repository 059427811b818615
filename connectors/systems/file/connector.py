"""The file kind: turns an uploaded file into plain records by its mapping. The reading itself runs in a child."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Data
from typing import Any

from django.utils.translation import gettext_lazy

from connectors.base import Calendar, Plan, Record
from connectors.systems.file import bounded, wire
from connectors.systems.file.contents import require_sound
from connectors.systems.file.data_sheet import DATA_SHEET
from connectors.systems.file.mapping import Mapping
from cxhub.lib.periods import Grain
from insights.measures.registry import measure


class FileConnector:
    kind = "file"
    name = gettext_lazy("Uploaded files")
    data_sheet = DATA_SHEET

    def plan(self, settings: Data[str, Any]) -> Plan:
        mapping = Mapping.from_json(settings)
        require_sound(mapping, list(mapping.columns().values()))
        is_answer = mapping.holds_answers
        return Plan(
            measures=tuple(measure(slug) for slug in mapping.measures),
            scale=mapping.scale,
            holds_answers=is_answer,
            grain=Grain.DAY if is_answer else Grain(mapping.grain),
            is_weighted=is_answer and bool(mapping.weight_column),
            knows_asked=is_answer and mapping.holds_everybody_asked,
            blank_year_is_not_asked=is_answer and mapping.blank_year_is_not_asked,
            replaces_all=mapping.replaces == "feed",
            map_title=mapping.map_title.strip() if mapping.places_on_map else "",
            phase_id=mapping.phase_id,
            same_as={(name.casefold(), channel.casefold()): pk for name, channel, pk in mapping.same_as},
        )

    def records(self, settings: Data[str, Any], content: Iterable[bytes], calendar: Calendar) -> Iterator[Record]:
        task = {"does": "records", "settings": Mapping.from_json(settings).to_json(), "calendar": calendar.to_json()}
        for batch in bounded.ask(task, content, bounded.READING):
            yield from wire.unpacked(batch)
