"""The touchpoints a source names, with all that it says about them. Bounded, since columns get mixed up."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from connectors.base import Place, SetupProblem

MOST_SUBJECTS = 1000
MOST_NAMES = 500


@dataclass(eq=False)
class Subject:
    """A touchpoint in a channel, as the source names them."""

    touchpoint: str
    channel: str
    departments: Counter[str] = field(default_factory=Counter)

    @property
    def department(self) -> str:
        """Return the department that most rows name, the first of equals; empty when none does."""
        return self.departments.most_common(1)[0][0] if self.departments else ""


class Subjects:
    """Everything that was named so far. Letter case does not tell names apart."""

    def __init__(self) -> None:
        self._by_place: dict[Place, Subject] = {}
        self._by_key: dict[tuple[str, str], Subject] = {}
        self._stages: dict[str, dict[Subject, None]] = defaultdict(dict)
        self._departments: set[str] = set()

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def at(self, place: Place) -> Subject:
        """Return the subject of a row, and note what the row says about it. Raises SetupProblem."""
        subject = self._by_place.get(place) or self._meet(place)
        if place.department:
            subject.departments[place.department] += 1
        return subject

    def stages(self) -> list[tuple[str, list[Subject]]]:
        """Return the stages in order with their touchpoints: by their numbers if all have one, else as they came."""
        names = list(self._stages)
        numbered = {name: _leading_number(name) for name in names}
        if all(number is not None for number in numbered.values()):
            names.sort(key=lambda name: numbered[name] or 0)
        return [(name, list(self._stages[name])) for name in names]

    def _meet(self, place: Place) -> Subject:
        key = (place.touchpoint.casefold(), place.channel.casefold())
        subject = self._by_key.get(key)
        if subject is None:
            subject = self._by_key[key] = Subject(place.touchpoint, place.channel)
        if place.stage:
            self._stages[place.stage][subject] = None
        self._departments.add(place.department)
        self._by_place[place] = subject
        self._refuse_mix_up()
        return subject

    def _refuse_mix_up(self) -> None:
        most = {"subjects": MOST_SUBJECTS, "names": MOST_NAMES}
        if len(self._by_key) > MOST_SUBJECTS:
            raise SetupProblem(_("More than %(subjects)d touchpoints are named. Is it the right column?") % most)
        if len(self._departments) > MOST_NAMES:
            raise SetupProblem(_("More than %(names)d departments are named. Is it the right column?") % most)
        if len(self._stages) > MOST_NAMES:
            raise SetupProblem(_("More than %(names)d stages are named. Is it the right column?") % most)


def _leading_number(name: str) -> int | None:
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return int(digits) if digits and len(digits) < 6 else None
