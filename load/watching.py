"""An open page of a map that follows along: it says where its person writes, and takes in what others save."""

import re
import secrets
import time
from collections.abc import Mapping

from load.pages import cells_in
from load.people import Person

EVERY_SECONDS = 4.0  # as static/js/grid/presence.js does while something happens
MOST_ROUNDS = 5


class Watcher(Person):
    """Asks again and again as the page does, beside the person who works."""

    def follow(self, until: float, owner: Person) -> None:
        """Follow until a moment of the clock."""
        self.page, self.told, self.people, self.owner = secrets.token_hex(8), "", "", owner
        self.look()
        while time.monotonic() < until:
            self.beat()
            self.rest()
            time.sleep(EVERY_SECONDS)

    def rest(self) -> None:
        """Give the connection up: the server closes one that is idle for longer than this."""
        if self.connection:
            self.connection.close()
            self.connection = None

    def settle(self) -> None:
        """All is over: take in what is still new."""
        for _round in range(MOST_ROUNDS):
            if not self.beat():
                return
        self.ledger.note(f"The page of {self.name} was told of something new {MOST_ROUNDS} times after the end.")

    def beat(self) -> bool:
        """Ask once, and once more where the server wants to know what the page shows; say whether anything was new."""
        status, text, headers = self._ask(is_whole=not self.told)
        if headers.get("X-Ask"):
            status, text, headers = self._ask(is_whole=True)
        if status not in {200, 204}:
            self.ledger.note(f"{self.name} followed the map and was answered {status}")
            return False
        self.told = headers.get("X-Seen", self.told)
        people = re.search(r'data-people="(\w*)"', text)
        self.people = people[1] if people else self.people
        fresh = cells_in(text)
        self.seen.versions.update(fresh)
        if "data-restructured" in text or "data-cards" in text:  # the page offers to show it, and somebody does
            self.look()
            self.told = ""
            return True
        return bool(fresh)

    def missed(self, cells: Mapping[str, tuple[int, str]]) -> list[str]:
        """Return the cells of which this page does not show what was saved last, by "cell lane/step"."""
        last = {f"cell {lane}/{step}": version for (lane, step), version in self.seen.versions.items()}
        late = [cell for cell, version in last.items() if cells.get(cell, (0, ""))[0] != version]
        return [f"the page of {self.name} shows {cell} as of {last[cell]}, not {cells.get(cell)}" for cell in late]

    def _ask(self, *, is_whole: bool) -> tuple[int, str, dict]:  # type: ignore[type-arg]
        said = {"page": self.page, "at": self.owner.at, "people": self.people, "seen": self.told}
        said |= {"structure": self.seen.structure, "cards": self.seen.cards}
        if is_whole:
            known = self.seen.versions.items()
            said["cells"] = " ".join(f"{lane}-{step}.{version}" for (lane, step), version in known if version)
        return self.ask("follow", f"{self.map}presence/", dict(said))
