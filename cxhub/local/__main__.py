"""`python -m cxhub.local run|test|check|manage ...`, each behind a verb of the Makefile."""

import sys

from cxhub.local.checks import check
from cxhub.local.manage import manage
from cxhub.local.problems import Problem
from cxhub.local.run import run
from cxhub.local.testing import test

VERBS = {
    "run": lambda arguments: run(),
    "test": test,
    "check": lambda arguments: check(),
    "manage": manage,
}


def main(verb: str, arguments: list[str]) -> int:
    if verb not in VERBS:
        print(f"There is no '{verb}'. Use one of: {', '.join(VERBS)}", file=sys.stderr)
        return 2
    try:
        return VERBS[verb](arguments[1:] if arguments[:1] == ["--"] else arguments)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "", sys.argv[2:]))
