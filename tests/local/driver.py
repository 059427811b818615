"""Starts the servers of a data folder, prints where they are, and stops them when its input ends.

python driver.py /path/of/home durable|forgetful
"""

import dataclasses
import json
import sys
from pathlib import Path

from cxhub.local import servers
from cxhub.local.problems import Problem

try:
    started = servers.start(Path(sys.argv[1]), durable=sys.argv[2] == "durable")
except Problem as problem:
    raise SystemExit(str(problem)) from None
sys.stdout.write(json.dumps(dataclasses.asdict(started.servers)) + "\n")
sys.stdout.flush()
sys.stdin.read()
started.stop()
