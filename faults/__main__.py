"""`make faults`: breaks what can break while feeds refresh, and judges the numbers (docs/how-to/measure.md)."""

import importlib
import os
import sys
from pathlib import Path

import django

from cxhub.local.home import chosen
from cxhub.local.problems import Problem
from faults.options import Options, parse
from faults.stack import Stack


def main(options: Options) -> int:
    if options.read:
        django.setup()
        workspace_id, path = options.read
        return int(_later("faults.reader").main(int(workspace_id), Path(path)) or 0)
    print(f"Seed {options.seed}: repeat with ARGS='--seed {options.seed}'.", flush=True)
    with Stack(options.home or chosen(os.environ) / "faults") as stack:
        os.environ.update(stack.environment)
        django.setup()
        return int(_later("faults.run").main(stack, options))


def _later(name: str):  # type: ignore[no-untyped-def]
    """Import what knows the models: they need the settings, and those the servers' addresses."""
    return importlib.import_module(name)


if __name__ == "__main__":
    try:
        sys.exit(main(parse(sys.argv[1:])))
    except Problem as problem:
        sys.exit(str(problem))
