"""Makes .venv with what a requirements file lists, then becomes the command that follows.

    python bootstrap.py requirements-local.txt -m cxhub.local run

Standard library only: it runs before anything is installed.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / ".unfinished"
# Each includes the one before, so what was installed for a later one serves an earlier one.
REQUIREMENTS = ["requirements.txt", "requirements-local.txt", "requirements-dev.txt"]
CONSTRAINTS = "constraints.txt"
NEEDED_MB = 1200


def main(requirements: str, command: list[str]) -> None:
    check_machine()
    try:
        with alone():
            if not is_usable():
                create()
            if not is_installed(requirements):
                install(requirements)
    except OSError as error:
        raise SystemExit(f"Cannot set up {VENV}: {error.strerror or error}.") from None
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), *command])


def check_machine() -> None:
    version = version_of(sys.version_info)
    if not sys.platform.startswith("linux"):
        raise SystemExit("The embedded servers run on Linux only. Use a Linux machine, a virtual one or WSL.")
    if version not in {"3.11", "3.12"}:
        raise SystemExit(f"CX Hub needs Python 3.11 or 3.12; {sys.executable} is {version}.")
    if not os.access(ROOT, os.W_OK | os.X_OK):
        raise SystemExit(f"Cannot write to {ROOT}. Clone into a folder that is yours.")


def version_of(info: tuple[object, ...]) -> str:
    return f"{info[0]}.{info[1]}"


@contextmanager
def alone() -> Iterator[None]:
    """Lock the clone's folder: two first starts at once would install into each other."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Another start is setting up .venv. Waiting for it.", flush=True)
        fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(folder)


def is_usable() -> bool:
    """False after a cut-short creation, when its Python has gone, and when the clone was moved: the programs
    in .venv name the folder they were made in."""
    pip = VENV / "bin" / "pip"
    if UNFINISHED.exists() or not pip.exists() or f"{VENV}/bin/" not in pip.read_text(errors="replace"):
        return False
    asked = [str(PYTHON), "-c", "import pip, sys; sys.exit(sys.version_info[:2] not in {(3, 11), (3, 12)})"]
    try:
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def create() -> None:
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise SystemExit(
            f"{sys.executable} has no {missing[0]} module. On Debian and Ubuntu: apt install "
            f"python{version_of(sys.version_info)}-venv (or python3-venv)."
        )
    if VENV.is_symlink():  # to empty it would empty another clone's
        raise SystemExit(f"{VENV} is a link to {VENV.readlink()}. Remove it; the next start makes a folder of its own.")
    check_space()
    print("Making .venv.", flush=True)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    empty(VENV)
    run_or_explain([sys.executable, "-I", "-m", "venv", str(VENV)], "Making .venv failed.")
    UNFINISHED.unlink()


def empty(folder: Path) -> None:
    """Remove all but the mark that says the folder is unfinished: an interruption here changes nothing."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry != UNFINISHED:
            entry.unlink()


def is_installed(requirements: str) -> bool:
    wanted = fingerprint()
    enough = REQUIREMENTS[REQUIREMENTS.index(requirements) :]
    return any(stamp(name).exists() and stamp(name).read_text() == wanted for name in enough)


def install(requirements: str) -> None:
    check_space()
    print(f"Installing {requirements} into .venv. The first time takes a minute or two.", flush=True)
    for name in REQUIREMENTS:
        stamp(name).unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    files = ["--root-user-action=ignore", "-r", requirements, "-c", CONSTRAINTS]
    run_or_explain([*pip, *files], "pip could not install what CX Hub needs.")
    stamp(requirements).write_text(fingerprint())


def stamp(requirements: str) -> Path:
    return VENV / f".installed-{requirements}"


def fingerprint() -> str:
    """What .venv was made from. Written only after pip has finished."""
    content = b"\0".join((ROOT / name).read_bytes() for name in [*REQUIREMENTS, CONSTRAINTS])
    return hashlib.sha256(content).hexdigest()


def check_space() -> None:
    free_mb = shutil.disk_usage(ROOT).free // 2**20
    if free_mb < NEEDED_MB:
        raise SystemExit(f"The disk of {ROOT} has {free_mb} MB free; CX Hub needs {NEEDED_MB} MB. Free some space.")


def run_or_explain(command: list[str], problem: str) -> None:
    """Run quietly; on failure show the last lines and one sentence."""
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False, env={**os.environ, "PIP_USER": "0"},
    )  # fmt: skip
    if done.returncode == 0:
        return
    for line in done.stdout.strip().splitlines()[-12:]:
        print(f"  {line}", file=sys.stderr)
    if "No space left on device" in done.stdout:
        problem = f"The disk is full. CX Hub needs {NEEDED_MB} MB; free some space and start again."
    raise SystemExit(problem)


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2:])
    except KeyboardInterrupt:
        raise SystemExit(130) from None
