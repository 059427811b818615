"""The embedded PostgreSQL and Redis: what they are, and that they come and go cleanly."""

import os
import signal
import stat

import pytest

from tests.local.people import Started, left_of, socket_folder, wait_until_nothing_is_left

ROLE = "select current_user, rolsuper, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user"
SETTINGS = (
    "select current_setting('server_encoding'), current_setting('data_checksums'), datlocprovider from pg_database"
)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_both_roles_can_connect_and_have_no_more_rights_than_they_need(person, started):
    application, owner = started.urls["database_url"], started.urls["database_owner_url"]
    assert "('cxhub_app', False, False, False)" in person.query(application, ROLE).stdout
    assert "('cxhub_owner', False, True, False)" in person.query(owner, ROLE).stdout
    assert "permission denied" in person.query(application, "create table public.x (y int)").stderr
    assert "permission denied" in person.query(application, "create temporary table x (y int)").stderr
    assert "done" in person.query(owner, "create table x (y int)").stdout


def test_text_sorts_alike_on_every_machine_and_pages_carry_checksums(person, started):
    found = person.query(started.urls["database_owner_url"], SETTINGS).stdout
    assert "('UTF8', 'on', 'b')" in found


def test_nothing_listens_on_the_network(person, started):
    found = person.query(started.urls["database_url"], "show listen_addresses").stdout
    assert found.strip() == "[('',)]"
    assert r"$1\r\n0" in person.ask_redis(started.urls["redis_url"], "CONFIG GET port").stdout


def test_data_is_kept_from_one_start_to_the_next(person, start):
    with start(kind="durable") as first:
        person.query(first.urls["database_owner_url"], "create table kept as select 42 as answer")
        person.ask_redis(first.urls["redis_url"], "SET k kept")
    with start(kind="durable") as second:
        assert "42" in person.query(second.urls["database_owner_url"], "select answer from kept").stdout
        assert "kept" in person.ask_redis(second.urls["redis_url"], "GET k").stdout


def test_no_process_and_no_socket_is_left_after_a_stop(start, home):
    with start():
        assert left_of(home)
    assert left_of(home) == []
    assert not (home / "sockets").exists()


def test_folders_above_keep_their_modes_and_ours_are_closed(start, base):
    above = base / "above"
    above.mkdir(mode=0o751)
    above.chmod(0o751)
    os.chown(above, base.stat().st_uid, base.stat().st_gid)
    before = {path: mode(path) for path in [above, base, *base.parents]}
    with start(above / "made" / "home"):
        walkable = 0o711 if base.stat().st_uid == 0 else 0o700
        assert mode(above / "made") == mode(above / "made" / "home") == walkable
        for name in ("postgres", "redis", "sockets/pg", "sockets/redis"):
            assert mode(above / "made" / "home" / name) == 0o700, name
    assert {path: mode(path) for path in before} == before


@pytest.mark.parametrize("name", ["x" * 200, "a, b%2F ü'\"?"], ids=["very long", "odd letters"])
def test_any_path_works_and_its_sockets_lie_in_a_folder_that_is_ours_alone(person, start, base, name):
    with start(base / name) as started:
        assert "[(1,)]" in person.query(started.urls["database_url"], "select 1").stdout
        folder = os.path.dirname(socket_folder(started))
        status = os.stat(folder)
        assert len(folder) < 75
        assert not str(folder).startswith(str(base))
        assert (status.st_uid, status.st_mode & 0o066) == (base.stat().st_uid, 0)
    assert not os.path.exists(folder)


def test_servers_end_with_a_parent_that_was_killed_and_keep_what_was_committed(person, start, home):
    first = start(kind="durable")
    person.query(first.urls["database_owner_url"], "create table kept as select 42 as answer")
    first.process.send_signal(signal.SIGKILL)
    first.process.wait()
    with start(kind="durable") as second:  # at once: it waits for the last of them
        assert "42" in person.query(second.urls["database_owner_url"], "select answer from kept").stdout
    wait_until_nothing_is_left(home)


def test_a_stale_number_of_a_live_process_does_not_stop_a_start(person, start, home):
    """After a restart of the machine any other process may have the number that the server had."""
    start().stop()
    with person.popen("-c", "input()") as other:
        (home / "postgres" / "postmaster.pid").write_text(f"{other.pid}\n{home}/postgres\n1\n5432\n\n\n\n")
        with start():
            other.communicate("\n")


def test_a_first_start_that_was_cut_short_is_done_again(person, start, home):
    home.mkdir(mode=0o711)
    (home / "postgres.new").mkdir()
    (home / "postgres.new" / "half").write_text("written")
    for path in (home, home / "postgres.new", home / "postgres.new" / "half"):
        os.chown(path, home.parent.stat().st_uid, -1)
    with start() as started:
        assert "1" in person.query(started.urls["database_url"], "select 1").stdout
    assert not (home / "postgres.new").exists()


def test_a_second_start_on_the_same_folder_says_who_runs_there(person, start, home):
    with start() as first:
        second = Started(person, home)
        assert second.problem.count("\n") == 1
        assert f"run already (process {first.process.pid})" in second.problem


def test_data_of_another_version_is_refused_in_one_line(start, home):
    start().stop()
    (home / "postgres" / "PG_VERSION").write_text("17\n")
    assert start().problem.strip().startswith(f"{home}/postgres holds data of PostgreSQL 17")


def test_a_folder_that_others_can_write_to_is_refused(start, home):
    home.mkdir()
    os.chown(home, home.parent.stat().st_uid, -1)
    home.chmod(0o777)
    assert start().problem.startswith(f"Other users can write to {home}.")


def test_a_folder_of_somebody_else_is_refused(person, start, home):
    if os.geteuid() != 0:
        pytest.skip("only root can make a folder for somebody else")
    home.mkdir()
    os.chown(home, 12345, -1)
    assert start().problem.startswith(f"{home} belongs to another user.")


def test_a_folder_that_cannot_be_made_is_one_line(person, start, base):
    if not person.name:
        pytest.skip("root writes everywhere")
    base.chmod(0o555)
    os.chown(base, 0, 0)
    assert start(base / "new").problem.startswith(f"Cannot prepare the folder {base}/new: Permission denied.")
