"""One person at one map, through HTTP and a session: looks, opens, thinks, saves, and writes down what was answered."""

import http.client
import random
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from load import pages
from load.ledger import FAILED, REFUSED, SAVED, UNHEARD, Edit, Ledger

PATIENCE_SECONDS = 60
FORM = "application/x-www-form-urlencoded"
# How often each deed is done. Most of what people do on a map is writing in it.
DEEDS = {
    "write": 60,
    "write_where_all_write": 6,
    "rename": 6,
    "add_a_step": 4,
    "move_a_step": 4,
    "delete_a_step": 3,
    "add_a_stage": 1,
    "move_a_stage": 2,
    "delete_a_stage": 1,
    "add_a_lane": 1,
    "move_a_lane": 2,
    "delete_a_lane": 1,
    "place": 6,
    "take_off": 3,
    "publish": 2,
}
FEELINGS = ("2", "1", "0", "-1", "-2")
FEW_STAGES, MANY_STAGES, FEW_STEPS, MANY_STEPS, FEW_LANES, MANY_LANES = 3, 6, 8, 18, 3, 7


@dataclass(frozen=True)
class About:
    """What a change touches and what it may meet (see ledger.Edit), and what it was made on."""

    touches: set[str] | Callable[[], set[str]]
    meets: set[str]
    seen_at: float = 0.0
    text: str = ""
    was: str = ""


class Person:
    """Does one deed after the other until told to stop."""

    def __init__(self, name: str, port: int, home: str, map_id: int, cookies: dict[str, str], ledger: Ledger) -> None:
        self.name, self.port, self.ledger = name, port, ledger
        self.base, self.map = home, f"{home}maps/{map_id}/"
        self.token = secrets.token_hex(16)
        self.cookies = "; ".join(f"{key}={value}" for key, value in {**cookies, "csrftoken": self.token}.items())
        self.connection: http.client.HTTPConnection | None = None
        self.count, self.seen, self.looked_at = 0, pages.Seen(), 0.0
        self.at = ""  # the cell that is open: "lane-step"

    def work(self, until: float, dice: random.Random, pause: float) -> None:
        """Work until a moment of the clock."""
        self.dice, self.pause = dice, pause
        self.look()
        while time.monotonic() < until:
            self.think()
            deed = dice.choices(list(DEEDS), weights=list(DEEDS.values()))[0]
            getattr(self, deed)()

    def think(self) -> None:
        time.sleep(self.dice.uniform(0, 2 * self.pause))

    # asking

    def ask(self, what: str, path: str, data: dict[str, object] | None = None, **headers: str) -> tuple[int, str, dict]:  # type: ignore[type-arg]
        """Return status, text and headers of an answer; 0 for none. Notes what nobody should be answered."""
        method, body = ("POST", urlencode(data)) if data is not None else ("GET", None)
        sent = {"Host": "localhost", "Cookie": self.cookies, "X-CSRFToken": self.token, "HX-Request": "true", **headers}
        began = time.monotonic()
        try:
            self.connection = self.connection or http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=PATIENCE_SECONDS
            )
            self.connection.request(
                method, path, body, {**sent, **({"Content-Type": FORM} if body is not None else {})}
            )
            answer = self.connection.getresponse()
            status, text, told = answer.status, answer.read().decode(), dict(answer.getheaders())
        except (OSError, http.client.HTTPException) as error:
            self.connection = None
            self.ledger.note(f"{method} {path}: {type(error).__name__}")
            return 0, "", {}
        self.ledger.took(what, time.monotonic() - began)
        if status >= 500 or status == 403:
            self.ledger.note(f"{method} {path}: {status}")
        return status, text, told

    def look(self) -> None:
        """Draw the grid anew, as the page does after each change of its structure."""
        moment = time.monotonic()
        status, text, _told = self.ask("page", self.map)
        if status == 200:
            self.seen, self.looked_at = pages.grid(text), moment

    def name_of(self, what: str) -> str:
        self.count += 1
        return f"{what} {self.name}-{self.count}"

    def one(self, found):  # type: ignore[no-untyped-def]
        rows = list(found)
        return self.dice.choice(rows) if rows else None

    # cells

    def write(self) -> None:
        cell = self.one(self.seen.cells)
        if cell:
            self.save(cell, self.name_of("Text"))

    def write_where_all_write(self) -> None:
        if self.seen.cells:
            self.save(self.seen.cells[0], self.name_of("Text"))

    def save(self, cell: tuple[int, int], text: str) -> None:
        """Open a cell, type or choose, save; where somebody was faster, keep mine or theirs."""
        path = f"{self.base}lanes/{cell[0]}/cells/{cell[1]}/"
        seen_at = time.monotonic()
        status, form, _told = self.ask("open a cell", path)
        if status == 404:
            self.look()
            return
        self.at = f"{cell[0]}-{cell[1]}"
        self.think()
        version, again, is_choice = pages.version_in(form), 0, "<select" in form
        text = self.dice.choice(FEELINGS) if is_choice else text
        while status in {200, 409} and again < 3:
            edit, answer = self.deliver(path, cell, text, version, seen_at, is_choice=is_choice)
            if edit.outcome != REFUSED or edit.status != 409 or self.dice.random() < 0.5:
                if edit.status in {404, 422}:
                    self.look()
                return
            seen_at, version, again = edit.answered_at, pages.version_in(answer), again + 1
            self.think()

    def deliver(self, path, cell, text, version, seen_at, *, is_choice):  # type: ignore[no-untyped-def]
        """Send a save, now and then twice, as over a bad line; the first answer counts."""
        token = secrets.token_hex(8)
        values = [("value", part) for part in ([text, "", "", ""] if is_choice else [text])]
        data = [*values, ("version", version), ("save", token)]
        sent_at = time.monotonic()
        status, answer, _told = self.ask("save a cell", path, data)  # type: ignore[arg-type]
        edit = Edit(
            who=self.name,
            kind="write",
            thing=f"cell {cell[0]}/{cell[1]}",
            seen_at=seen_at,
            sent_at=sent_at,
            answered_at=time.monotonic(),
            outcome=_outcome(status),
            status=status,
            touches=frozenset({f"cell {cell[0]}/{cell[1]}"}),
            meets=frozenset({f"cell {cell[0]}/{cell[1]}", f"no lane {cell[0]}", f"no step {cell[1]}"}),
            text=text,
            version=version,
            answered_version=pages.version_in(answer) if status == 200 else -1,
            shown=pages.both_texts(answer) if status == 409 else ("", ""),
            token=token,
        )
        self.ledger.add(edit)
        if status == 200 and self.dice.random() < 0.02:
            self.ask("the same save again", path, data)  # type: ignore[arg-type]
        return edit, answer

    # structure: a menu is opened, one thinks, one presses

    def change(self, kind: str, thing: str, path: str, data: dict[str, object], about: About) -> dict[str, Any]:
        """Ask for a change of structure, draw the page anew, and write down what became of it."""
        seen_at, sent_at = about.seen_at or self.looked_at, time.monotonic()
        status, text, headers = self.ask(kind, path, {**data, "at": "map"})
        answered_at = time.monotonic()
        if "map-changed" in headers.get("HX-Trigger", "") or status in {404, 409}:
            self.look()
        outcome = _outcome(status)
        touches = about.touches() if callable(about.touches) else about.touches
        moments = (seen_at, sent_at, answered_at)
        sets = (frozenset(touches), frozenset(about.meets))
        self.ledger.add(Edit(self.name, kind, thing, *moments, outcome, status, *sets, text=about.text, was=about.was))
        return {"text": text, "is_saved": outcome == SAVED}

    def menu(self, path: str) -> tuple[float, str, str]:
        """Open a menu; returns when it was asked for, its text, and the version that its forms carry."""
        moment = time.monotonic()
        status, text, _told = self.ask("menu", path)
        if status != 200:
            self.look()
            return moment, "", ""
        self.think()
        return moment, text, pages.field_of(text, "version")

    def rename(self) -> None:
        kind = self.dice.choice(["step", "step", "stage", "lane"])
        key = self.one({"step": self.seen.steps, "stage": self.seen.stages, "lane": self.own_lanes()}[kind])
        path = f"{self.map}lanes/{key}/" if kind == "lane" else f"{self.base}{kind}s/{key}/"
        seen_at, text, _version = self.menu(f"{path}menu/") if key else (0.0, "", "")
        if text:
            was, name, touched = pages.field_of(text, "was"), self.name_of(kind.title()), {f"name of {kind} {key}"}
            phase = re.search(r'<option value="(\d+)" selected', text)
            extra = {"phase": phase[1]} if kind == "stage" and phase else {}
            about = About(touched, touched | {f"no {kind} {key}"}, seen_at, name, was)
            self.change("rename", f"{kind} {key}", path, {"was": was, "name": name, **extra}, about)

    def add_a_step(self) -> None:
        stage = self.one(self.seen.stages)
        if stage and len(self.seen.steps) < MANY_STEPS:
            name, place = self.name_of("Step"), self.dice.randrange(3)
            about = About({f"steps of {stage}"}, {f"no stage {stage}"}, text=name)
            self.change("add", "step", f"{self.base}stages/{stage}/steps/", {"name": name, "place": place}, about)

    def move_a_step(self) -> None:
        step = self.one(self.seen.steps)
        seen_at, text, version = self.menu(f"{self.base}steps/{step}/menu/") if step else (0.0, "", "")
        if not text:
            return
        here, way = pages.stage_in(text), self.dice.choice(["up", "down", "away"])
        there = self.one(self.seen.stages) if way == "away" else here
        path, data = f"{self.base}steps/{step}/position/", {"to": there if way == "away" else way, "version": version}
        met = {f"steps of {each}" for each in {here, there, *(self.beside(here) if way != "away" else ())}}
        met |= {f"no step {step}", f"no stage {there}", f"place of {step}"} | ({"order"} if way != "away" else set())
        touched = lambda: {f"place of {step}", f"steps of {here}", f"steps of {self.seen.stage_of.get(step, there)}"}  # noqa: E731
        self.change("move", f"step {step}", path, data, About(touched, met, seen_at))

    def beside(self, stage: int) -> list[int]:
        """The stages to both sides, over whose border a step may go."""
        order = list(self.seen.stages)
        place = order.index(stage) if stage in order else 0
        return order[max(place - 1, 0) : place + 2]

    def delete_a_step(self) -> None:
        step = self.one(self.seen.steps)
        if step and len(self.seen.steps) > FEW_STEPS:
            of = self.seen.stage_of[step]
            about = About(
                {f"steps of {of}", f"no step {step}"}, {f"steps of {of}", f"no step {step}", f"place of {step}"}
            )
            self.delete(f"step {step}", f"{self.base}steps/{step}/", about)

    def add_a_stage(self) -> None:
        if len(self.seen.stages) < MANY_STAGES:
            name = self.name_of("Stage")
            self.change(
                "add", "stage", f"{self.map}stages/", {"name": name, "place": 1}, About({"order"}, set(), text=name)
            )

    def move_a_stage(self) -> None:
        stage = self.one(self.seen.stages)
        seen_at, text, version = self.menu(f"{self.base}stages/{stage}/menu/") if stage else (0.0, "", "")
        if text:
            data = {"to": self.dice.choice(["up", "down"]), "version": version}
            about = About({"order"}, {"order", f"no stage {stage}"}, seen_at)
            self.change("move", f"stage {stage}", f"{self.base}stages/{stage}/position/", data, about)

    def delete_a_stage(self) -> None:
        stage = self.one(self.seen.stages)
        if stage and len(self.seen.stages) > FEW_STAGES and len(self.seen.steps) > FEW_STEPS:
            about = About({"order", f"no stage {stage}"}, {f"steps of {stage}", f"no stage {stage}"})
            self.delete(f"stage {stage}", f"{self.base}stages/{stage}/", about)

    def add_a_lane(self) -> None:
        if len(self.own_lanes()) < MANY_LANES:
            name, kind = self.name_of("Lane"), self.dice.choice(["actions", "thoughts", "notes"])
            self.change(
                "add", "lane", f"{self.map}lanes/", {"kind": kind, "name": name}, About(set(), set(), text=name)
            )

    def own_lanes(self) -> list[str]:
        """Those that people write in; they are named by a number."""
        return [key for key in self.seen.lanes if key.isdecimal()]

    def move_a_lane(self) -> None:
        lane = self.one(self.seen.lanes)
        if lane:
            path, data = f"{self.map}lanes/{lane}/position/", {"to": self.dice.choice(["up", "down"])}
            self.change("move", f"lane {lane}", path, data, About(set(), {f"no lane {lane}"}))

    def delete_a_lane(self) -> None:
        """One that somebody added: those that all write in stay."""
        lane = self.one(key for key in self.own_lanes() if self.seen.lanes[key].startswith("Lane"))
        if lane and len(self.own_lanes()) > FEW_LANES:
            self.delete(f"lane {lane}", f"{self.map}lanes/{lane}/", About({f"no lane {lane}"}, {f"no lane {lane}"}))

    def delete(self, thing: str, path: str, about: About) -> None:
        """Delete, and in half of the cases regret it."""
        seen_at, text, version = self.menu(f"{path}menu/")
        if not text:
            return
        done = self.change("delete", thing, f"{path}deletion/", {"version": version}, replace(about, seen_at=seen_at))
        entry = pages.field_of(done["text"], "entry")
        if done["is_saved"] and self.dice.random() < 0.5:
            self.think()
            self.change(
                "undo", thing, f"{self.map}outline/undo/", {"entry": entry}, About(about.touches, {"undo"}, text=entry)
            )

    # what is placed

    def place(self) -> None:
        step, is_finding = self.one(self.seen.steps), self.dice.random() < 0.7
        if not step:
            return
        path = f"{self.base}steps/{step}/{'findings/pain' if is_finding else 'touchpoints'}/"
        seen_at, text, _version = self.menu(path)
        field = "finding" if is_finding else "touchpoint"
        record = self.one(pages.options(text, field))
        if record:
            to = path if is_finding else f"{self.base}steps/{step}/placements/"
            about = About({f"{field} {record} at {step}"}, {f"no step {step}"}, seen_at)
            self.change("place", f"{field} {record} at {step}", to, {field: record}, about)

    def take_off(self) -> None:
        step = self.one(self.seen.steps)
        seen_at, text, _version = self.menu(f"{self.base}steps/{step}/findings/pain/") if step else (0.0, "", "")
        placement = self.one(pages.removals(text))
        if placement:
            found = re.search(rf"placements/{placement}/removal/.*?/findings/(\d+)/", text, re.DOTALL)
            thing = f"finding {found[1] if found else 0} at {step}"
            path = f"{self.base}finding-placements/{placement}/removal/"
            self.change("take off", thing, path, {}, About({thing}, {thing, f"no step {step}"}, seen_at))

    def publish(self) -> None:
        sent_at = time.monotonic()
        note = self.name_of("Note")
        status, _text, _told = self.ask("publish", f"{self.map}versions/", {"note": note}, **{"HX-Request": "false"})
        outcome = SAVED if status == 302 else _outcome(status)
        moments = (sent_at, sent_at, time.monotonic())
        self.ledger.add(Edit(self.name, "publish", "version", *moments, outcome, status, text=note))


def _outcome(status: int) -> str:
    if status in {200, 302}:
        return SAVED
    return UNHEARD if status == 0 else REFUSED if status in {404, 409, 422} else FAILED
