"""`make manage ARGS=...`: Django's commands, on the servers of this clone, whether they run already or not."""

import os
import subprocess
import sys
from contextlib import ExitStack

from cxhub.local import environment, home, servers, settings_file

OWNERS_COMMANDS = {"migrate", "showmigrations", "sqlmigrate"}


def manage(arguments: list[str]) -> int:
    folder = home.prepare(home.chosen(os.environ))
    settings = environment.local(os.environ, settings_file.load(folder), folder)
    with ExitStack() as stack:
        addresses = environment.outside_servers(settings) or stack.enter_context(servers.joined(folder))
        is_owners = not OWNERS_COMMANDS.isdisjoint(arguments[:1])
        chosen = environment.for_owner if is_owners else environment.for_application
        command = [sys.executable, "manage.py", *(arguments or ["help"])]
        return subprocess.run(command, cwd=home.ROOT, env=chosen(settings, addresses), check=False).returncode
