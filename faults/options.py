"""What may follow `make faults`."""

import argparse
import secrets
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("half", "double", "audit", "twice", "leak")


@dataclass(frozen=True)
class Options:
    seed: int = 0
    refreshes: int = 50
    feeds: int = 16
    quick: bool = False
    plant: list[str] = field(default_factory=list)
    home: Path | None = None
    read: list[str] | None = None


def parse(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="make faults", description="Break things, and judge what is left.")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="repeat the dice of another run")
    parser.add_argument("--refreshes", type=int, default=50, help="kill the worker over so many refreshes")
    parser.add_argument("--feeds", type=int, default=16, help="feeds that are due every minute")
    parser.add_argument("--quick", action="store_true", help="set clocks instead of waiting; under a minute")
    parser.add_argument("--plant", nargs="*", choices=KINDS, default=[], help="then do wrong, and judge again")
    parser.add_argument("--home", type=Path, help="a folder for the servers' data; made if missing")
    parser.add_argument("--read", nargs=2, help=argparse.SUPPRESS)
    return Options(**vars(parser.parse_args(arguments)))
