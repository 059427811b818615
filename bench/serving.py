"""Compares ways to serve Django's pages: `make bench`. bench/README.md says how to read it.

Only loopback, a fixed number of requests, and ratios within one run: absolute times on shared machines mean
nothing. All servers run at once and take turns in short bursts, so that the neighbours disturb all alike.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil
import psycopg2

from cxhub.local.home import chosen
from cxhub.local.servers import running

REQUESTS, CLIENTS, ROUNDS = 320, 16, 15
CROWD = 40
PATIENCE_SECONDS = 20
ROOT = Path(__file__).resolve().parent.parent
HALF_A_POST = b"POST /form/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nabc"
NO_READER = b"GET /large/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@dataclass(frozen=True)
class Way:
    name: str
    command: list[str]
    conn_max_age: int
    needs: str = ""


UVICORN = [sys.executable, "-m", "uvicorn", "--log-level", "error", "--lifespan", "off", "--factory"]
GUNICORN = [sys.executable, "-m", "gunicorn", "--log-level", "error", "--worker-class", "gthread", "--threads", "32"]
WAYS = [
    Way("gunicorn gthread", [*GUNICORN, "bench.serving_site:wsgi()"], 600, "gunicorn"),
    Way("uvicorn, our front", [*UVICORN, "bench.serving_site:front"], 600),
    Way("uvicorn, a2wsgi", [*UVICORN, "bench.serving_site:a2wsgi"], 600, "a2wsgi==1.10.10"),
    Way("uvicorn, plain ASGI", [*UVICORN, "bench.serving_site:plain_asgi"], 0),
]


@dataclass
class Measured:
    """One way's numbers: a burst each for speed and CPU, then what is left and what it withstood."""

    pages_per_second: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    connections: int = 0
    withstood: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Server:
    way: Way
    port: int
    process: psutil.Popen

    def cpu_seconds(self) -> float:
        family = [self.process, *self.process.children(recursive=True)]
        return float(sum(sum(member.cpu_times()[:2]) for member in family))


@contextmanager
def served(way: Way, environment: dict[str, str]) -> Iterator[Server]:
    """Run one server on a free port, and stop it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    where = ["--bind", f"127.0.0.1:{port}"] if way.needs == "gunicorn" else ["--port", str(port)]
    own = {"CONN_MAX_AGE": str(way.conn_max_age), "PGAPPNAME": way.name}
    process = psutil.Popen([*way.command, *where], cwd=ROOT, env=environment | own)
    try:
        wait_until(lambda: is_answering(port))
        yield Server(way, port, process)
    finally:
        for member in [*process.children(recursive=True), process]:
            member.kill()
        process.wait()


def burst(server: Server, measured: Measured) -> None:
    """Ask for the page REQUESTS times over CLIENTS kept connections."""
    started, cpu_before = time.perf_counter(), server.cpu_seconds()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda _: one_client(server.port), range(CLIENTS)))
    measured.pages_per_second.append(REQUESTS / (time.perf_counter() - started))
    measured.cpu_seconds.append(server.cpu_seconds() - cpu_before)


def one_client(port: int) -> None:
    """Raises when an answer is not 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(REQUESTS // CLIENTS):
        connection.request("GET", "/page/")
        response = connection.getresponse()
        if response.status != 200:
            raise RuntimeError(f"The page answered {response.status}.")
        response.read()
    connection.close()


def withstands(port: int, sent: bytes) -> bool:
    """Say whether the page still answers while CROWD clients have sent `sent` and do nothing more."""
    crowd = [socket.create_connection(("127.0.0.1", port)) for _ in range(CROWD)]
    for client in crowd:
        client.sendall(sent)
    time.sleep(2)
    answered = is_answering(port)
    for client in crowd:
        client.close()
    return answered


def is_answering(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/page/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def wait_until(claim: Callable[[], bool]) -> None:
    for _ in range(200):
        if claim():
            return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")


def connections_held(url: str, way: Way) -> int:
    with psycopg2.connect(url) as database, database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [way.name])
        return int(cursor.fetchone()[0])


def measure(ways: list[Way], environment: dict[str, str]) -> dict[str, Measured]:
    results = {way.name: Measured() for way in ways}
    with ExitStack() as stack:
        servers = [stack.enter_context(served(way, environment)) for way in ways]
        for server in servers:
            burst(server, Measured())  # Warms it up; not counted.
        for _ in range(ROUNDS):
            for server in servers:
                burst(server, results[server.way.name])
        for server in servers:
            results[server.way.name].connections = connections_held(environment["DATABASE_URL"], server.way)
    for way in ways:
        for crowd in (HALF_A_POST, NO_READER):
            with served(way, environment) as server:
                results[way.name].withstood.append("yes" if withstands(server.port, crowd) else "NO")
    return results


def report(results: dict[str, Measured]) -> None:
    baseline = next(iter(results.values()))
    print(f"{'':20}  pages/s  CPU a page  connections  {CROWD} half-sent posts  {CROWD} who do not read")
    for name, one in results.items():
        speed = ratio(one.pages_per_second, baseline.pages_per_second)
        cpu = ratio(one.cpu_seconds, baseline.cpu_seconds)
        posts, readers = one.withstood
        print(f"{name:20}  {speed:7.2f}  {cpu:10.2f}  {one.connections:11}  {posts:>18}  {readers:>18}")


def ratio(of: list[float], to: list[float]) -> float:
    """Return the median over the rounds of the ratio within each round."""
    return median(one / other for one, other in zip(of, to, strict=True))


@contextmanager
def database_url() -> Iterator[str]:
    """Give DATABASE_URL when it is set, else an embedded server for as long as we measure."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with running(chosen(os.environ) / "bench", durable=False) as servers:
        yield servers.database_url


def installed(package: str, folder: str) -> bool:
    """Put a package beside the bench, not among what the product needs."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, package]
    if subprocess.run(pip, capture_output=True, check=False).returncode == 0:
        return True
    print(f"{package} could not be installed and is left out.")
    return False


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, database_url() as url:
        missing = {way.needs for way in WAYS if way.needs and not installed(way.needs, folder)}
        ways = [way for way in WAYS if way.needs not in missing]
        report(measure(ways, {**os.environ, "DATABASE_URL": url, "PYTHONPATH": folder}))


if __name__ == "__main__":
    main()
