"""A real desk, and Debian's Chromium that looks at it: what the browser complains of fails a test, and so does whatever it loads from anywhere else."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import sayso
from sayso.intake import from_file
from sayso.record import Record

EXAMPLES = Path(__file__).parents[2] / "examples" / "record"
Look = Callable[..., Page]


@contextmanager
def serving(record: Path, *options: str) -> Iterator[str]:
    """`sayso desk` of a record, in a process of its own: its address."""
    command = [sys.executable, "-m", "sayso", "desk", "--record", str(record), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+:\d+", line)
        assert found, line + process.stderr.read()
        yield found[0]
    finally:
        process.terminate()
        process.wait(20)
        assert process.stderr is not None
        rest = process.stderr.read()
        process.stderr.close()
        assert "Traceback" not in rest, rest


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    where = shutil.which("chromium")
    assert where, "Chromium is not there; make test-services installs it"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=where, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example reports; copy it before changing it."""
    where = tmp_path_factory.mktemp("browser") / "examples.db"
    with Record(where, author="import") as record:
        record.add(sayso.Reader().read_many([report for path in sorted(EXAMPLES.glob("*.txt")) for report in from_file(path)]))
    return where


class Windows:
    """Browser windows, and what went wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.faults: list[str] = []
        self.expected = 0

    def open(self, base: str, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True) -> Page:
        """A window of its own, with cookies of its own."""
        context = self._browser.new_context(
            base_url=base, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", java_script_enabled=script,
            reduced_motion="reduce", accept_downloads=True,
        )  # fmt: skip
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: self._heard(told.type, told.text))
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        host = urlsplit(base).netloc
        page.on("request", lambda request: self._asked(request.url, host))
        page.set_default_timeout(15_000)
        return page

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not ("status of 409" in text or "status of 400" in text):
            self.faults.append(f"{kind}: {text}")

    def _asked(self, url: str, host: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.netloc != host:
            self.faults.append(f"asked elsewhere: {url}")

    def close(self) -> None:
        """Close all of them."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def windows(chromium: Browser) -> Iterator[Windows]:
    """Windows; the test fails if anything went wrong in one."""
    opened = Windows(chromium)
    yield opened
    opened.close()
    assert not opened.faults, opened.faults
