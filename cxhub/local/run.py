"""`make run`: servers, migrations, then web, worker and beat until somebody stops them."""

import os
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from cxhub.local import environment, home, locks, ports, readiness, servers, settings_file
from cxhub.local.environment import Environment
from cxhub.local.problems import Problem
from cxhub.local.servers import Running, Servers
from cxhub.local.steps import Step, Stopped
from cxhub.local.stopping import Terminal, stop_flag
from cxhub.local.team import Team, commands, say

TOGETHER = ("web", "worker", "beat")
PATIENCE_SECONDS = 60
RUNNING_ALREADY = "CX Hub runs already from this folder (process {holder}). Stop it first: Ctrl-C in its terminal."


def run() -> int:
    """Run the product until it is asked to stop; 0 then. Raises Problem when it cannot start or go on."""
    os.umask(0o077)  # what the product writes here is for its user alone
    with stop_flag() as stop, ExitStack() as stack:
        folder = home.prepare(home.chosen(os.environ))
        stack.callback(os.close, locks.take(folder / "run.lock", RUNNING_ALREADY))
        settings = environment.local(os.environ, settings_file.load(folder), folder)
        outside = environment.outside_servers(settings)
        ports.check(settings["BIND"], settings["PORT"])
        say("Starting CX Hub. Stop it with Ctrl-C.")
        addresses, embedded = _addresses(stack, outside, folder)
        try:
            sign_in = _prepare(settings, addresses, stop)
            product = Product(environment.for_application(settings, addresses), sign_in, embedded)
            product.serve(stop)
        except Stopped:
            pass
    say("CX Hub has stopped.")
    return 0


def _addresses(stack: ExitStack, outside: Servers | None, folder: Path) -> tuple[Servers, Running | None]:
    if outside:
        return outside, None
    embedded = servers.start(folder)
    stack.callback(embedded.stop)
    return embedded.servers, embedded


def _prepare(settings: Environment, addresses: Servers, stop: threading.Event) -> str:
    """Bring the tables up to date as their owner, gather the static files, build the example on a first start.

    Returns how to sign in, when this start made the first administrator.
    """
    application = environment.for_application(settings, addresses)
    with ExitStack() as stack:
        migration = Step(stack, environment.for_owner(settings, addresses), "migrate", "--no-input", "--verbosity=0")
        collection = Step(stack, application, "collectstatic", "--no-input", "--verbosity=0")
        migration.finish(stop)
        first = Step(stack, application, "create_demo", "--first")
        collection.finish(stop)
        return first.finish(stop).strip()


class Product:
    """Web, worker and beat, watched together with the servers under them."""

    def __init__(self, settings: Environment, sign_in: str, embedded: Running | None) -> None:
        self.settings = settings
        self.sign_in = sign_in
        self.embedded = embedded
        self.team = Team()
        self.terminal = Terminal()
        self.is_announced = False

    def serve(self, stop: threading.Event) -> None:
        procfile = commands(home.ROOT / "Procfile")
        try:
            for name in TOGETHER:
                self.team.start(name, procfile[name], self.settings, home.ROOT)
            self._watch(stop)
        finally:
            if not self.is_announced and self.sign_in:
                say(self.sign_in)  # the password is shown once: never lose it
            say("Stopping.")
            self.team.stop()

    def _watch(self, stop: threading.Event) -> None:
        complain_at = time.monotonic() + PATIENCE_SECONDS
        while not stop.wait(0.2) and not self.terminal.is_gone():
            if dead := self.team.died() or (self.embedded and self.embedded.died()):
                raise Problem(f"{dead} ended by itself, so everything was stopped. Its last lines are above.")
            if self.is_announced:
                continue
            answer = readiness.ask(self.settings["BIND"], self.settings["PORT"])
            if answer == readiness.READY:
                self._announce()
            elif time.monotonic() > complain_at:
                say(f"CX Hub is not ready yet: {answer}. Still trying.")
                complain_at = time.monotonic() + PATIENCE_SECONDS

    def _announce(self) -> None:
        self.is_announced = True
        address = readiness.address(self.settings["BIND"], self.settings["PORT"])
        lines = [f"CX Hub is ready: {address}", *self.sign_in.splitlines(), "Stop it with Ctrl-C."]
        say("\n" + "\n".join(f"  {line}" for line in lines) + "\n")
