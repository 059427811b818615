"""What may follow `make load`."""

import argparse
import secrets
from dataclasses import dataclass
from pathlib import Path

MAP = "map"


@dataclass(frozen=True)
class Options:
    what: str = MAP
    minutes: float = 5.0
    clients: int = 20
    seed: int = 0
    pause: float = 1.0
    home: Path | None = None


def parse(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="make load", description="Let many people work at once, and judge.")
    parser.add_argument("what", nargs="?", choices=[MAP], default=MAP, help="what they work on")
    parser.add_argument("--minutes", type=float, default=5.0, help="for how long")
    parser.add_argument("--clients", type=int, default=20, help="how many people")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="repeat the dice of another run")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that somebody thinks or types, on average")
    parser.add_argument("--home", type=Path, help="a folder for the servers' data; made if missing")
    return Options(**vars(parser.parse_args(arguments)))
