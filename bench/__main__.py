"""`make bench`: every measure, or those that are named. bench/README.md says how to read them."""

import importlib
import os
import sys

import django

from bench import serving
from bench.options import LISTS, MAP, OVERVIEW, REFRESHING, SEARCH, SERVING, WORKERS, Options, parse
from cxhub.local.home import chosen
from cxhub.local.problems import Problem
from faults.stack import Stack


def main(options: Options) -> int:
    if SERVING in options.what:
        serving.main()
    if not {LISTS, SEARCH, OVERVIEW, MAP, *REFRESHING}.intersection(options.what):
        return 0
    with Stack(options.home or chosen(os.environ) / "bench-refreshing", workers=WORKERS) as stack:
        os.environ.update(stack.environment)
        django.setup()
        # What knows the models needs the settings first, and those the servers' addresses.
        return int(importlib.import_module("bench.measures").main(stack, options))


if __name__ == "__main__":
    try:
        sys.exit(main(parse(sys.argv[1:])))
    except Problem as problem:
        sys.exit(str(problem))
