"""The first requests of a server come side by side: each gets the whole joined file."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from cxhub.web.bundles import SOURCES, BundleFinder

THREADS, ROUNDS = 8, 25


def test_a_finder_that_is_dropped_takes_no_file_along():
    kept = BundleFinder()
    paths = [Path(kept.find(path)) for path in SOURCES]
    dropped = BundleFinder()
    paths += [Path(dropped.find(path)) for path in SOURCES]
    del kept, dropped
    gc.collect()
    assert all(path.read_text(encoding="utf-8") for path in paths)


def test_files_asked_for_at_once_are_whole():
    whole = Path(BundleFinder().find("js/app.js")).read_text(encoding="utf-8")
    start = Barrier(THREADS)

    def _ask(_thread):
        finder = BundleFinder()
        start.wait()
        return [Path(finder.find("js/app.js")).read_text(encoding="utf-8") == whole for _round in range(ROUNDS)]

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(all(found) for found in pool.map(_ask, range(THREADS)))
