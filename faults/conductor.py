"""Breaks one thing after the other while feeds refresh, and waits for each to come back by itself."""

import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from celery import current_app
from kombu.exceptions import OperationalError
from redis import RedisError

from cxhub.local import readiness
from faults.evidence import Books, Search
from faults.source import TROUBLES, Source
from faults.stack import Stack
from faults.verdict import READY_SECONDS
from faults.watch import Interruptions

BROKER_AWAY = (OperationalError, RedisError, OSError)
SECONDS_BETWEEN_MOVES = 3
PASS_A_MINUTE = """update connectors_feed set next_due_at = next_due_at - interval '1 minute'
    where next_due_at > now() returning 1"""
END_WAITING = """update connectors_syncrun set lease_until = now()
    where state = 'queued' or (state = 'running' and id = any(%s)) returning 1"""
GIVE_UP_SECONDS = 4 * READY_SECONDS
SETTLE_SECONDS = 420


@dataclass(frozen=True)
class Plan:
    refreshes: int = 50
    seconds_between: float = 12.0
    is_quick: bool = False
    """Clocks are set instead of waited for: no beat, the sweep is sent and leases end at once."""


class Conductor:
    def __init__(self, stack: Stack, source: Source, books: Books, dice: random.Random, plan: Plan) -> None:
        self.stack, self.source, self.books, self.dice, self.plan = stack, source, books, dice, plan
        self.interruptions, self.search = Interruptions(), Search()
        self.ready: list[tuple[str, float | None]] = []
        self.kills = 0
        self.moved: list[float] = []

    # -- what is broken ------------------------------------------------------------------------------------------

    def kill_workers(self, refreshes: int) -> None:
        """Kill -9 the worker at random moments until so many refreshes have ended."""
        while self._ended() < refreshes or not self.kills:
            self.source.asked.clear()
            if not self._wait(self.source.asked.is_set, 15):
                self._move_clocks()
                continue
            self._pause(self.dice.uniform(0, 2.5))
            self.kills += 1
            self._strike("kill -9 of the worker", self._kill_worker)
            self._pause(self.dice.uniform(0, self.plan.seconds_between))

    def others(self) -> list[tuple[str, Callable[[], None]]]:
        """Return every other fault, in an order of chance."""
        quick = [
            ("Redis killed and empty", self.stack.restart_redis),
            ("PostgreSQL restarted at once", lambda: self.stack.restart_postgres(signal.SIGQUIT)),
        ]
        slow = [
            ("Redis killed and empty again", self.stack.restart_redis),
            ("PostgreSQL restarted in order", lambda: self.stack.restart_postgres(signal.SIGINT)),
            ("SIGTERM of all", self._deploy),
            ("kill -9 of beat", self._kill_beat),
            ("beat dead for two hours", self._two_hours),
        ]
        every = quick if self.plan.is_quick else quick + slow
        self.dice.shuffle(every)
        return every

    def break_everything(self) -> None:
        """Break the rest, one by one, with a second beat and an unwell source."""
        if not self.plan.is_quick:
            self.stack.start("beat-2", "beat")
        feeds = sorted(self.source.ledger.versions)
        self.source.troubles |= dict(zip(self.dice.sample(feeds, len(feeds)), TROUBLES, strict=False))
        for name, fault in self.others():
            self.search.broker(self.stack.servers.redis_url)
            self.source.asked.clear()
            self._move_clocks()
            self._wait(self.source.asked.is_set, 70)
            self._pause(self.dice.uniform(0, 1.5))
            self._strike(name, fault)
            self._pause(self.dice.uniform(0, 2 * self.plan.seconds_between))
        if not self.plan.is_quick:
            self.stack.terminate("beat-2")

    def _kill_worker(self) -> None:
        self.stack.kill("worker")
        self.stack.start("worker")

    def _kill_beat(self) -> None:
        self.stack.kill("beat")
        self.stack.start("beat")

    def _two_hours(self) -> None:
        """Without a beat nothing is due; what was missed since is caught up once. The clock is set, not waited for."""
        self.stack.terminate("beat-2")
        self.stack.kill("beat")
        self.books.ask("update connectors_feed set next_due_at = next_due_at - interval '2 hours' returning id")
        self.moved.append(time.time())
        self.stack.start("beat")

    def _deploy(self) -> None:
        self.stack.terminate("web", "worker", "beat")
        for name in ("web", "worker", "beat"):
            self.stack.start(name)

    # -- what is waited for --------------------------------------------------------------------------------------

    def settle(self) -> list[str]:
        """End the faults, and return the feeds that do not refresh once more by themselves."""
        self.source.is_frozen = True
        self.source.troubles.clear()
        since = time.time()
        missing = set(self.source.ledger.versions)

        def all_are_fresh() -> bool:
            self._move_clocks()
            fresh = {
                run.feed for run in self.books.runs() if run.asked_at > since and run.state in {"done", "unchanged"}
            }
            missing.difference_update(fresh)
            return not missing

        self._wait(all_are_fresh, SETTLE_SECONDS)
        return sorted(missing)

    def wait_until_ready(self, fault: str) -> None:
        """Note how long it takes until the web says so and a worker answers."""
        began = time.monotonic()
        is_ready = self._wait(self._is_ready, GIVE_UP_SECONDS)
        self.ready.append((fault, time.monotonic() - began if is_ready else None))

    def _is_ready(self) -> bool:
        try:
            with current_app.connection_for_write() as fresh:  # one of the pool may lead to a server that is gone
                answers = current_app.control.ping(timeout=1.0, connection=fresh)
        except BROKER_AWAY:
            return False
        return bool(answers) and readiness.ask("127.0.0.1", str(self.stack.port)) == readiness.READY

    def _strike(self, name: str, fault: Callable[[], None]) -> None:
        at = time.time()
        fault()
        self.interruptions.struck(self.books.held(), at)
        self.wait_until_ready(name)
        took = self.ready[-1][1]
        print(f"  {name}: {'not ready' if took is None else f'ready after {took:.1f} s'}", flush=True)

    def _ended(self) -> int:
        return sum(run.state in {"done", "unchanged"} for run in self.books.runs())

    def _pause(self, seconds: float) -> None:
        self._wait(lambda: False, seconds)

    def _wait(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Wait for something, and watch the interrupted runs meanwhile."""
        until = time.monotonic() + seconds
        while not (found := is_so()) and (left := until - time.monotonic()) > 0:
            self.interruptions.look(self.books.held())
            time.sleep(min(0.3, left))
        return found

    def _move_clocks(self) -> None:
        """In a quick run: let a minute pass, and with it every lease that nobody renews."""
        if not self.plan.is_quick or (self.moved and time.time() < self.moved[-1] + SECONDS_BETWEEN_MOVES):
            return
        self.books.ask(PASS_A_MINUTE)
        self.moved.append(time.time())
        self.books.ask(END_WAITING, self.interruptions.waiting)
        try:
            with current_app.connection_for_write() as fresh:
                current_app.send_task("connectors.tasks.sweep", connection=fresh)
        except BROKER_AWAY:
            return  # the next one comes in a moment
