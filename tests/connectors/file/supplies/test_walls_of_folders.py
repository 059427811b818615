"""No byte outside of the workspace's own folder is read: no link, no special file, no race, no other workspace."""

import os
import time

import pytest

from connectors.base import SetupProblem
from connectors.queries import supplies as queries
from connectors.systems.file import folders
from connectors.systems.file.folders import CannotTake, Folder, StillGrows
from tests.connectors.desk import csv_of, daily_counts

EVERY = Folder("", "*")


def only(room, name="may.csv"):
    [seen] = [one for one in folders.found("acme", EVERY) if one.name == name]
    return seen


def read(seen, settings=EVERY):
    with folders.opened("acme", settings, seen) as content:
        return content.read()


def test_what_is_put_there_is_read(room):
    room.put("may.csv", data=b"a")
    assert read(only(room)) == b"a"


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_is_no_plain_file_is_not_listed(room, tmp_path, kind):
    secret = tmp_path / "secret.csv"
    secret.write_bytes(b"secret")
    make = {
        "link": lambda path: path.symlink_to(secret),
        "folder": lambda path: path.mkdir(),
        "pipe": lambda path: os.mkfifo(path),
    }
    make[kind](room.path / "may.csv")
    assert folders.found("acme", EVERY) == []


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_file_that_is_swapped_after_it_was_listed_is_not_read(room, tmp_path, kind):
    secret = tmp_path / "secret.csv"
    secret.write_bytes(b"secret")
    path = room.put("may.csv", data=b"a")
    seen = only(room)
    path.unlink()
    path.symlink_to(secret) if kind == "link" else os.mkfifo(path)
    with pytest.raises(CannotTake):
        read(seen)


def test_a_folder_that_is_swapped_for_a_link_is_not_entered(room, import_root):
    path = room.put("in/may.csv", data=b"a")
    (import_root / "umbra").mkdir()
    (import_root / "umbra" / "may.csv").write_bytes(b"b")
    settings = Folder("in", "*")
    [seen] = folders.found("acme", settings)
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(import_root / "umbra")
    with pytest.raises(SetupProblem, match="is a link"):
        read(seen, settings)
    with pytest.raises(SetupProblem, match="is a link"):
        folders.found("acme", settings)


def test_another_file_under_the_same_name_waits_for_the_next_look(room):
    path = room.put("may.csv", data=b"a")
    seen = only(room)
    path.unlink()
    room.put("may.csv", data=b"bb")
    with pytest.raises(StillGrows):
        read(seen)


def test_a_file_that_grows_while_it_is_read_is_not_used(room):
    path = room.put("may.csv", data=b"a", age_days=1)
    seen = only(room)
    with pytest.raises(StillGrows):
        read_and_append(seen, path)


def read_and_append(seen, path):
    with folders.opened("acme", EVERY, seen) as content:
        content.read()
        with path.open("ab") as more:
            more.write(b"b")


def test_a_hard_link_is_refused_since_its_other_name_may_be_elsewhere(room, import_root):
    (import_root / "umbra").mkdir()
    (import_root / "umbra" / "may.csv").write_bytes(b"b")
    os.link(import_root / "umbra" / "may.csv", room.path / "may.csv")
    with pytest.raises(CannotTake, match="hard link"):
        read(only(room))


@pytest.mark.parametrize("way", ["..", "../umbra", "in/../../umbra", "/etc", ".", "in/", "a\0b"])
def test_no_path_leads_out(room, way):
    room.put("in/may.csv", data=b"a")
    with pytest.raises(SetupProblem):
        folders.found("acme", Folder(way, "*"))


def test_a_workspace_sees_its_own_folders_alone(world, room, import_root):
    room.put("in/deep/may.csv", data=b"a")
    room.put(".hidden/may.csv", data=b"a")
    (import_root / "umbra" / "theirs").mkdir(parents=True)
    (room.path / "way").symlink_to(import_root / "umbra")
    with world.inside():
        assert queries.folders_here() == ["", "in", "in/deep"]
    with world.inside_umbra():
        assert queries.folders_here() == ["", "theirs"]


def test_a_file_that_turns_into_a_link_between_look_and_run_is_refused_and_others_are_read(
    world, room, watch, work_off, read_files, tmp_path
):
    secret = tmp_path / "secret.csv"
    secret.write_bytes(csv_of(("Secret", "2026-05-11", 1)))
    swapped = room.put("1.csv", ("Desk", "2026-05-11", 4), age_days=2)
    room.put("2.csv", ("Desk", "2026-05-12", 4), age_days=1)
    feed = watch()
    swapped.unlink()
    swapped.symlink_to(secret)
    work_off(feed)
    assert read_files(feed) == [("2.csv", "done")]
    assert daily_counts(world) == {("Desk", "2026-05-12"): {"4": 1}}


def test_folders_are_off_unless_the_operator_sets_the_root(world, settings):
    settings.IMPORT_ROOT = ""
    with world.inside(), pytest.raises(SetupProblem, match="Ask the operator to set IMPORT_ROOT"):
        queries.folders_here()


def test_descriptors_are_given_back(room):
    room.put("in/may.csv", data=b"a")
    before = len(os.listdir("/proc/self/fd"))
    for _time in range(20):
        folders.sub_folders("acme")
        [seen] = folders.found("acme", Folder("in", "*"))
        read(seen, Folder("in", "*"))
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_hostile_pattern_costs_little(room):
    room.put("a" * 200 + ".csv", data=b"a")
    began = time.process_time()
    assert folders.found("acme", Folder("", "*a" * 90 + "*b")) == []
    assert time.process_time() - began < 1
