"""The product as it is served in production, to be measured: on a port, beside a page of constant bytes."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.places import Place
from cxhub.local import readiness
from faults.stack import Stack

NAME = "site"
NOT_QUESTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "select set_config")


@dataclass(frozen=True)
class Site:
    """The product on a port, with a page that is the same bytes each time, and somebody who is signed in."""

    place: Place
    port: int
    process: psutil.Process
    cookie: str

    @property
    def constant(self) -> str:
        return f"/w/{self.place.slug}/constant/"

    def seconds(self, path: str) -> float:
        """Read a page, compressed, and return how long that took. Raises when it is not there."""
        began = time.perf_counter()
        self.read(path)
        return time.perf_counter() - began

    def read(self, path: str, encoding: str = "gzip") -> bytes:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        named = {"Host": "localhost", "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}"}
        asked.request("GET", path, headers={**named, "Accept-Encoding": encoding})
        answer = asked.getresponse()
        body = answer.read()
        asked.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")
        return body

    def cpu_seconds(self, view: Callable[[], object], times: int) -> float:
        """Return the CPU time of the server's process for so many views."""
        before = sum(self.process.cpu_times()[:2])
        for _ in range(times):
            view()
        return float(sum(self.process.cpu_times()[:2]) - before)


def serve(stack: Stack, place: Place) -> Site:
    """Start the product, and sign the place's member in."""
    arguments = ["--lifespan", "off", "--host", "127.0.0.1", "--port", str(stack.port), "--log-level", "warning"]
    stack.environment["BENCH_CONSTANT"] = str(stack.home / "constant.html")
    stack.spawn(NAME, "uvicorn", "bench.overview_site:application", *arguments)
    while readiness.ask("127.0.0.1", str(stack.port)) != readiness.READY:
        if stack.processes[NAME].poll() is not None:
            raise RuntimeError(f"The server ended; {stack.home}/logs/site.log says why.")
        time.sleep(0.2)
    cookie = signed_in(place).cookies[settings.SESSION_COOKIE_NAME].value
    return Site(place, stack.port, psutil.Process(stack.processes[NAME].pid), cookie)


def signed_in(place: Place) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(place.member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def questions(client: Client, path: str) -> int:
    """Count what a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len([each for each in asked if not each["sql"].startswith(NOT_QUESTIONS)])


def line(what: str, found: float, budget: float, form: str = "6.2f") -> int:
    """Print what was found beside its budget; 1 where it is over."""
    verdict = "" if found <= budget else "   OVER"
    print(f"  {what:58} {found:{form}}   (budget {budget:,}){verdict}", flush=True)
    return int(found > budget)


def told(what: str, found: float) -> None:
    """Print what has no budget."""
    print(f"  {what:58} {found:6.2f}", flush=True)
