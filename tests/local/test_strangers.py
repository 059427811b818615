"""Another user of the same machine gets into neither server."""

from pathlib import Path

from tests.local.people import socket_folder

ROLES = ("postgres", "cxhub_owner", "cxhub_app")
LOOK = "import os, sys; path = sys.argv[1]; os.listdir(path) if os.path.isdir(path) else open(path)"


def as_role(url, role):
    return f"postgres://{role}@{url.partition('@')[2]}"


def test_a_stranger_does_not_reach_postgresql(started, stranger):
    url = started.urls["database_url"]
    for role in (*ROLES, stranger.name):
        assert "Permission denied" in stranger.query(as_role(url, role), "select 1").stderr


def test_a_stranger_does_not_reach_redis(person, started, stranger):
    url = started.urls["redis_url"]
    assert "PONG" in person.ask_redis(url, "PING").stdout
    assert "PermissionError" in stranger.ask_redis(url, "PING").stderr


def test_a_stranger_cannot_read_the_data(started, stranger):
    for name in ("postgres", "redis", "postgres.log", "servers.lock", "addresses.json"):
        assert "PermissionError" in stranger.run("-c", LOOK, str(started.home / name)).stderr, name


def test_the_product_gets_the_three_roles_and_no_other(person, started):
    url = as_role(started.urls["database_url"], "cxhub-postgres")
    assert "FATAL" in person.query(url, "select 1").stderr


def test_a_stranger_at_an_open_door_is_still_refused_by_postgresql(person, start, stranger, home):
    """The second wall: should the folder ever be open, the kernel tells PostgreSQL who knocks."""
    with start() as opened:
        url = opened.urls["database_url"]
        folder = Path(socket_folder(opened))
        for path in (home, folder.parent, folder, folder / ".s.PGSQL.5432"):
            path.chmod(0o777)
        for role in ROLES:
            assert "Peer authentication failed" in stranger.query(as_role(url, role), "select 1").stderr
        assert "1" in person.query(url, "select 1").stdout


def test_a_stranger_at_an_open_door_is_still_refused_by_redis(start, stranger, home):
    with start() as opened:
        socket = Path(opened.urls["redis_url"].removeprefix("unix://").removesuffix("?db=0"))
        for path in (home, socket.parent.parent, socket.parent):
            path.chmod(0o777)
        assert "PermissionError" in stranger.ask_redis(opened.urls["redis_url"], "PING").stderr


def test_two_long_paths_get_socket_folders_with_random_names(start, base):
    """A fixed name in /tmp could be taken first by somebody else, who would then own our sockets."""
    with start(base / ("x" * 200)) as one, start(base / ("y" * 200)) as other:
        folders = [Path(socket_folder(servers)).parent for servers in (one, other)]
        assert folders[0] != folders[1]
        assert all(folder.stat().st_uid == base.stat().st_uid for folder in folders)
