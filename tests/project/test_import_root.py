"""IMPORT_ROOT is looked at when a process starts, and what is wrong with it is one sentence."""

import os

import pytest

from cxhub import env


def root(monkeypatch, path):
    monkeypatch.setenv("IMPORT_ROOT", str(path))
    return env.import_root()


def test_without_it_no_folder_is_watched(monkeypatch):
    monkeypatch.delenv("IMPORT_ROOT", raising=False)
    assert env.import_root() == ""


def test_a_folder_is_taken_as_it_is(monkeypatch, tmp_path):
    assert root(monkeypatch, tmp_path) == str(tmp_path)


def test_what_cannot_be_used_ends_the_start_with_a_sentence(monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path)
    for path, says in [
        (tmp_path / "missing", "is not a folder"),
        (tmp_path / "file", "is not a folder"),
        (tmp_path / "link", "no symbolic link"),
        ("import", "whole path"),
    ]:
        with pytest.raises(env.BadSettings, match=says):
            root(monkeypatch, path)


@pytest.mark.skipif(os.getuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_ends_the_start(monkeypatch, tmp_path):
    tmp_path.chmod(0)
    with pytest.raises(env.BadSettings, match="may not read"):
        root(monkeypatch, tmp_path)
