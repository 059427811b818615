"""People and folders for tests that start real servers. No Django database is needed here."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.local.people import Person, Started

STRANGERS = {"": "nobody", "nobody": "daemon"}


def pytest_generate_tests(metafunc):
    """Whoever runs the product: the tester, and an ordinary user too where the tester is root."""
    if "person" in metafunc.fixturenames:
        names = ["", "nobody"] if os.geteuid() == 0 else [""]
        metafunc.parametrize(
            "person", [Person(name) for name in names], ids=lambda person: person.name or "tester", scope="module"
        )


@pytest.fixture
def stranger(person):
    if os.geteuid() != 0:
        pytest.skip("only root can try it as another user")
    return Person(STRANGERS[person.name])


def folder_of(person):
    """A folder of the person's, which others may walk through; its path has letters of both cases."""
    folder = Path(tempfile.mkdtemp(prefix="cxhub-Test-", dir="/tmp"))
    folder.chmod(0o711)
    if person.name:
        shutil.chown(folder, person.name)
    return folder


@pytest.fixture
def base(person):
    folder = folder_of(person)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(base):
    return base / "home"


@pytest.fixture(scope="module")
def started(person):
    """Servers for the tests that only look."""
    folder = folder_of(person)
    with Started(person, folder / "home") as servers:
        yield servers
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def start(person, home):
    """Returns a function that starts the servers of a folder, and stops them after the test."""
    begun = []

    def _start(folder=home, kind="forgetful"):
        begun.append(Started(person, folder, kind))
        return begun[-1]

    yield _start
    for started in begun:
        started.stop()
