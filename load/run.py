"""One run of many people at one map, from an empty database to the verdict."""

import random
import threading
import time
from collections.abc import Callable
from functools import partial
from statistics import median, quantiles

from cxhub.local import readiness
from faults.stack import Stack
from load.evidence import gather
from load.ledger import Ledger
from load.options import Options
from load.people import Person
from load.scene import Scene, cookies_of, set_up
from load.verdict import MOST_FALSE, Verdict, judge
from load.watching import Watcher

SHOWN = 12
ALONE = 20


def main(stack: Stack, options: Options) -> int:
    """Let everybody work, print what came of it; 1 when anything was lost, or too much refused for nothing."""
    scene = set_up(options.clients)
    stack.start("web")
    while readiness.ask("127.0.0.1", str(stack.port)) != readiness.READY:
        if stack.processes["web"].poll() is not None:
            raise RuntimeError(f"The server ended; {stack.home}/logs/web.log says why.")
        time.sleep(0.2)
    alone = _alone(stack, scene, options)
    ledger = Ledger()
    people = [_person(f"p{number}", member, stack, scene, ledger) for number, member in enumerate(scene.people)]
    print(f"{options.clients} people at one map for {options.minutes:g} minutes.", flush=True)
    until = time.monotonic() + options.minutes * 60
    dice = [random.Random(options.seed * 1000 + number) for number in range(len(people))]
    pages = [
        _person(each.name, member, stack, scene, ledger, Watcher)
        for each, member in zip(people, scene.people, strict=True)
    ]
    work = [partial(each.work, until, own, options.pause) for each, own in zip(people, dice, strict=True)]
    follow = [partial(page.follow, until, each) for page, each in zip(pages, people, strict=True)]
    _together([*work, *follow])
    evidence = gather(scene)
    for page in pages:
        page.settle()
        ledger.trouble.extend(page.missed(evidence.cells))
    found = judge(ledger, evidence)
    stack.terminate("web")
    _print(found, ledger, alone)
    return int(not found.is_sound)


def _person(name, member, stack: Stack, scene: Scene, ledger: Ledger, kind=Person):  # type: ignore[no-untyped-def]
    return kind(name, stack.port, f"/w/{scene.slug}/", scene.map_id, cookies_of(member), ledger)


def _alone(stack: Stack, scene: Scene, options: Options) -> float:
    """How long a save takes while nobody else is there: the baseline."""
    ledger = Ledger()
    person = _person("alone", scene.people[0], stack, scene, ledger)
    person.dice, person.pause = random.Random(options.seed), 0.0
    person.look()
    for _ in range(ALONE):
        person.write()
    return median(ledger.waits["save a cell"])


def _together(deeds: list[Callable[[], None]]) -> None:
    failed: list[BaseException] = []

    def run(deed: Callable[[], None]) -> None:
        try:
            deed()
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def _print(found: Verdict, ledger: Ledger, alone: float) -> None:
    kinds = sorted({edit.kind for edit in ledger.edits})
    print(f"  {'':10} {'edits':>6} {'saved':>6} {'refused':>8}")
    for kind in kinds:
        mine = [edit for edit in ledger.edits if edit.kind == kind]
        counts = [sum(edit.outcome == name for edit in mine) for name in ("saved", "refused")]
        print(f"  {kind:10} {len(mine):6} {counts[0]:6} {counts[1]:8}")
    print(f"  {'all':10} {found.edits:6} {found.saved:6} {found.refused:8}   unheard {found.unheard}")
    for what, took in sorted(ledger.waits.items()):
        if len(took) > 1:
            late = quantiles(took, n=20, method="inclusive")[-1]
            half, most = median(took) / alone, late / alone
            print(f"  {what:20} {len(took):6} times: half within {half:5.1f}, 95 of 100 {most:5.1f} of a save alone")
    _line("edits lost", found.lost, 0)
    _line("conflicts that showed not both texts", found.not_shown, 0)
    _line("errors and disorder", found.trouble, 0)
    _line(
        f"false conflicts: {found.share_0_1:.2%} (budget {MOST_FALSE:.0%})",
        found.false_conflicts,
        MOST_FALSE * found.edits,
    )
    print("Nothing was lost." if found.is_sound else "This is not sound.")


def _line(what: str, found: list[str], most: float) -> None:
    print(f"{'ok    ' if len(found) <= most else 'BREACH'} {what}: {len(found)}")
    for words in found[:SHOWN]:
        print(f"         {words}")
