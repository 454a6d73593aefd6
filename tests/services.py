"""The tests that need a server or a browser: `python -m tests.services [PYTEST ARGUMENTS]`.

Installs PostgreSQL and Chromium from Debian's packages where they are not there (as root, or by sudo), starts a PostgreSQL server of its own in a folder of its
own on a free port, runs the tests of the record and of what is built on it against it too, and stops it; then has Chromium look at the desk.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHERE = "SAYSO_TEST_POSTGRESQL"
"""The variable that hands the server's URL to the tests."""
TESTS = ("tests/record", "tests/export")
BROWSER = ("-p", "tests.browser.browsers", "tests/browser")


def install(*packages: str) -> None:
    """Install packages of Debian's."""
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*as_root, "apt-get", "update", "-qq"], check=True)
    subprocess.run([*as_root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True)


def programs() -> Path:
    """The folder of PostgreSQL's programs, which Debian keeps out of the path."""
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        install("postgresql")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not found:
        sys.exit("PostgreSQL could not be installed: /usr/lib/postgresql/*/bin/initdb is not there")
    return found[-1].parent


@contextmanager
def server() -> Iterator[str]:
    """A server with an empty database: its URL."""
    home = programs()
    folder = Path(tempfile.mkdtemp(prefix="sayso-postgresql-"))
    user = pwd.getpwuid(os.geteuid()).pw_name
    before: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root; Debian's package brings a user for it
        user, before = "postgres", ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    try:
        _run(*before, home / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C")
        _run(*before, home / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        yield f"postgresql://{user}@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*before, home / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


def _run(*words: str | Path) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """The command: the exit code of the tests."""
    with server() as url:
        tests = [p for p in TESTS if Path(p).is_dir()]
        ran = subprocess.run([sys.executable, "-m", "pytest", *tests, *sys.argv[1:]], env=os.environ | {WHERE: url}, check=False)
    if shutil.which("chromium") is None:
        install("chromium", "fonts-dejavu-core")
    seen = subprocess.run([sys.executable, "-m", "pytest", *BROWSER, *sys.argv[1:]], check=False)
    return ran.returncode or seen.returncode


if __name__ == "__main__":
    sys.exit(main())
