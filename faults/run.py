"""One run of the faults, from an empty database to the verdict."""

import random
import time
from pathlib import Path

from faults import planting, scene
from faults.conductor import Conductor, Plan
from faults.evidence import Books, seen
from faults.ledger import Ledger
from faults.options import Options
from faults.source import Source
from faults.stack import Stack
from faults.verdict import Evidence, Finding, judge


def main(stack: Stack, options: Options) -> int:
    """Run everything and print the verdict, and a second one on what is planted; 1 when the last one found a breach."""
    ledger = Ledger(path=stack.home / "ledger.jsonl")
    seen_path: Path = stack.home / "seen.jsonl"
    for path in (ledger.path, seen_path):
        path.write_text("")
    source = Source(ledger, options.seed, scene.today(), page_seconds=0.1 if options.quick else 0.4)
    books = Books(stack.servers.database_owner_url)
    plan = Plan(options.refreshes, 1.0 if options.quick else 10.0, options.quick)
    conductor = Conductor(stack, source, books, random.Random(options.seed), plan)
    workspace_id, begun_at = scene.set_up(source, options.feeds)
    stack.spawn("reader", "faults", "--read", str(workspace_id), str(seen_path))
    for name in ("web", "worker") if options.quick else ("web", "worker", "beat"):
        stack.start(name)
    conductor.wait_until_ready("the start")
    conductor.kill_workers(options.refreshes)
    print(f"{conductor.kills} kills of the worker over {options.refreshes} refreshes.", flush=True)
    conductor.break_everything()
    unsettled = conductor.settle()
    conductor.ready = conductor.ready[1:]  # the first start waits for no dependency
    stack.terminate("web", "worker", "beat")

    def gather() -> Evidence:
        time.sleep(2)  # the reader has a last look
        evidence = Evidence(ledger, seen(seen_path), books.readings(), books.runs(), begun_at)
        evidence.entries = books.entries()
        evidence.resumed, evidence.not_resumed = conductor.interruptions.resumed, conductor.interruptions.waiting
        evidence.moved = conductor.moved
        evidence.ready, evidence.unsettled = conductor.ready, unsettled
        conductor.search.broker(stack.servers.redis_url)
        conductor.search.files(stack.logs)
        evidence.leaks, evidence.searched = conductor.search.leaks, conductor.search.bytes
        return evidence

    broken = _print(judge(gather()), source, options)
    if options.plant:
        print(f"Planted: {', '.join(options.plant)}.")
        planting.plant(options.plant, books, stack)
        broken = _print(judge(gather()), source, options)
    stack.terminate("reader")
    return broken


def _print(findings: list[Finding], source: Source, options: Options) -> int:
    print(f"Seed {options.seed}. The source failed as told: {', '.join(source.met) or 'never asked meanwhile'}.")
    for finding in findings:
        print(finding.line)
    broken = sum(bool(finding.breaches) for finding in findings)
    print("Every invariant holds." if not broken else f"{broken} of {len(findings)} invariants are broken.")
    return int(bool(broken))
