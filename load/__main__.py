"""`make load`: so many people work on one map at once, and nothing they were told is saved may be lost."""

import importlib
import os
import sys

import django

from cxhub.local.home import chosen
from cxhub.local.problems import Problem
from faults.stack import Stack
from load.options import Options, parse


def main(options: Options) -> int:
    print(f"Seed {options.seed}: repeat the dice with --seed {options.seed}.", flush=True)
    with Stack(options.home or chosen(os.environ) / "load") as stack:
        os.environ.update(stack.environment)
        django.setup()
        # What knows the models needs the settings first, and those the servers' addresses.
        return int(importlib.import_module("load.run").main(stack, options))


if __name__ == "__main__":
    try:
        sys.exit(main(parse(sys.argv[1:])))
    except Problem as problem:
        sys.exit(str(problem))
