"""What a local start is told: secrets made once, addresses whole or not at all, a port that is free."""

import os
import socket
import stat

import pytest
from cryptography.fernet import Fernet

from cxhub.local import environment, home, ports, settings_file
from cxhub.local.problems import Problem
from cxhub.local.servers import Servers

OURS = Servers("postgres://cxhub_app@h/cxhub", "postgres://cxhub_owner@h/cxhub", "redis://h")


def test_secrets_are_made_once_and_are_for_their_owner_alone(tmp_path):
    made = settings_file.load(tmp_path)
    assert len(made["SECRET_KEY"]) > 50
    Fernet(made["ENCRYPTION_KEYS"])
    assert settings_file.load(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "settings.env").stat().st_mode) == 0o600


def test_people_may_add_settings_of_their_own(tmp_path):
    settings_file.load(tmp_path)
    with (tmp_path / "settings.env").open("a") as file:
        file.write("\n# mail\nEMAIL_URL=smtp://mail.example:25/?x=y\n")
    assert settings_file.load(tmp_path)["EMAIL_URL"] == "smtp://mail.example:25/?x=y"


@pytest.mark.parametrize(
    "text",
    ["", "SECRET_KEY=" + "a" * 60, "SECRET_KEY=" + "a" * 60 + "\nENCRYPTION_KEYS=abc", "SECRET_KE", "\x00\x00", "\xff"],
)
def test_a_damaged_settings_file_is_one_line_that_says_what_to_do(tmp_path, text):
    (tmp_path / "settings.env").write_bytes(text.encode("latin-1"))
    with pytest.raises(Problem, match="Put the file back from a backup") as caught:
        settings_file.load(tmp_path)
    assert str(tmp_path / "settings.env") in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("given", range(1, 7))
def test_half_written_addresses_name_what_is_missing(given):
    named = {name: "x" for place, name in enumerate(environment.ADDRESSES) if given & 1 << place}
    with pytest.raises(Problem) as caught:
        environment.outside_servers(named)
    for name in environment.ADDRESSES:
        assert f"{name}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_servers_of_ones_own_are_used_when_all_three_are_named_and_none_is_nothing():
    whole = dict(zip(environment.ADDRESSES, ("a", "b", "c"), strict=True))
    assert environment.outside_servers(whole) == Servers("a", "b", "c")
    assert environment.outside_servers({"DATABASE_URL": "", "PATH": "x"}) is None


def test_the_application_never_learns_the_owners_address(tmp_path):
    given = {"DATABASE_OWNER_URL": "secret", "CXHUB_DATABASE_ROLE": "owner", "DATABASE_URL": "other"}
    settings = environment.for_application(environment.local(given, {}, tmp_path), OURS)
    assert "DATABASE_OWNER_URL" not in settings
    assert "CXHUB_DATABASE_ROLE" not in settings
    assert settings["DATABASE_URL"] == OURS.database_url
    assert environment.for_owner(settings, OURS)["DATABASE_OWNER_URL"] == OURS.database_owner_url


def test_what_the_user_sets_wins_but_a_local_start_stays_local(tmp_path):
    given = {"PORT": "9000", "ALLOWED_HOSTS": "cx.lan, localhost", "CXHUB_MODE": "production", "BIND": ""}
    settings = environment.local(given, {"PORT": "8500", "EMAIL_URL": "smtp://kept"}, tmp_path)
    assert settings["PORT"] == "9000"
    assert settings["EMAIL_URL"] == "smtp://kept"
    assert settings["BIND"] == "127.0.0.1"
    assert settings["CXHUB_MODE"] == "local"
    assert settings["ALLOWED_HOSTS"] == "localhost,127.0.0.1,[::1],cx.lan"


def test_a_port_in_use_names_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"^Port {port} is in use.*make run PORT={port + 1}$"):
            ports.check("127.0.0.1", str(port))


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "80 81"])
def test_what_is_no_port_is_said_so(port):
    with pytest.raises(Problem, match="is no port"):
        ports.check("127.0.0.1", port)


def test_an_address_of_another_machine_is_said_so():
    with pytest.raises(Problem, match=r"^Cannot listen on BIND=192\.0\.2\.1"):
        ports.check("192.0.2.1", "8000")


def test_roots_data_lies_outside_the_clone_and_each_clone_has_its_own(tmp_path):
    one, other = (home.chosen({}, tmp_path / name / "cx hub") for name in ("a", "b"))
    assert one != other
    if os.geteuid() == 0:
        assert str(one).startswith("/var/lib/cxhub/cx-hub-")
    else:
        assert one == tmp_path / "a" / "cx hub" / "var"
    assert home.chosen({"CXHUB_HOME": "/srv/data"}, tmp_path) == home.Path("/srv/data")
