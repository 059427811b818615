"""What happens before anything is installed, on the standard library alone."""

import importlib.util
import subprocess
from pathlib import Path

import pytest

LOCAL = Path(__file__).resolve().parents[2] / "cxhub" / "local"


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The module, pointed at an empty clone."""
    spec = importlib.util.spec_from_file_location("bootstrap", LOCAL / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    places = {"ROOT": tmp_path, "VENV": venv, "PYTHON": venv / "bin" / "python", "UNFINISHED": venv / ".unfinished"}
    for name, path in places.items():
        monkeypatch.setattr(module, name, path)
    for name in [*module.REQUIREMENTS, module.CONSTRAINTS]:
        (tmp_path / name).write_text("")
    return module


def find_python(**settings):
    command = ["sh", str(LOCAL / "bootstrap.sh"), "requirements.txt"]
    return subprocess.run(
        command, env={"PATH": "/usr/bin:/bin", **settings}, capture_output=True, text=True, check=False
    )


def test_an_unsupported_python_is_one_line_that_says_what_was_found(tmp_path):
    old = tmp_path / "python-old"
    old.write_text("#!/bin/sh\necho 3.9\n")
    old.chmod(0o755)
    refused = find_python(PYTHON=str(old))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"CX Hub needs Python 3.11 or 3.12. {old} is 3.9.")
    assert refused.stderr.count("\n") == 1


def test_a_python_that_does_not_start_counts_as_none(tmp_path):
    refused = find_python(PYTHON=str(tmp_path / "missing"))
    assert refused.returncode == 1
    assert "None was found." in refused.stderr


def test_a_missing_venv_module_names_the_package_that_brings_it(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else True)
    with pytest.raises(SystemExit, match="has no ensurepip module.*apt install python3.1[12]-venv"):
        bootstrap.create()


def test_too_little_space_is_said_before_anything_is_made(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "NEEDED_MB", 10**9)
    with pytest.raises(SystemExit, match="MB free; CX Hub needs"):
        bootstrap.create()
    assert not bootstrap.VENV.exists()


def test_a_venv_that_was_moved_or_cut_short_is_made_again(bootstrap):
    assert not bootstrap.is_usable()
    bootstrap.create()
    assert bootstrap.is_usable()

    pip = bootstrap.VENV / "bin" / "pip"
    pip.write_text(pip.read_text().replace(str(bootstrap.VENV), "/where/it/was/.venv"))
    assert not bootstrap.is_usable(), "its programs start a Python that is not there"

    bootstrap.UNFINISHED.touch()
    (bootstrap.VENV / "half").mkdir()
    bootstrap.create()
    assert bootstrap.is_usable()
    assert not (bootstrap.VENV / "half").exists()


def test_a_link_to_the_venv_of_another_clone_is_never_emptied(bootstrap, tmp_path):
    theirs = tmp_path / "theirs"
    (theirs / "bin").mkdir(parents=True)
    bootstrap.VENV.symlink_to(theirs)
    assert not bootstrap.is_usable()
    with pytest.raises(SystemExit, match="is a link to .*theirs. Remove it"):
        bootstrap.create()
    assert (theirs / "bin").exists()


def test_an_installation_that_failed_is_not_taken_for_done(bootstrap, capfd):
    bootstrap.create()
    bootstrap.install("requirements-local.txt")  # the lists are empty: nothing is fetched
    assert bootstrap.is_installed("requirements.txt")
    assert bootstrap.is_installed("requirements-local.txt")
    assert not bootstrap.is_installed("requirements-dev.txt")

    (bootstrap.ROOT / "requirements.txt").write_text("./no-such-package\n")
    (bootstrap.ROOT / "requirements-local.txt").write_text("-r requirements.txt\n")
    assert not bootstrap.is_installed("requirements-local.txt")
    with pytest.raises(SystemExit, match="pip could not install"):
        bootstrap.install("requirements-local.txt")
    assert "no-such-package" in capfd.readouterr().err
    assert not bootstrap.is_installed("requirements-local.txt")
    (bootstrap.ROOT / "requirements.txt").write_text("")
    (bootstrap.ROOT / "requirements-local.txt").write_text("")
    assert not bootstrap.is_installed("requirements-local.txt"), "half of another list may be installed"
