"""The folder of public data, which the user fills: what is in it, and the commands that bring what is missing.

In: a path. Out: files' texts, or `Missing` with the command to run. Nothing is downloaded here, and nothing of the data is kept.
"""

from __future__ import annotations

from pathlib import Path

CLONES = {
    "PolNeAR": "https://github.com/networkdynamics/PolNeAR",
    "PLOVER": "https://github.com/openeventdata/PLOVER",
    "Pragmatic-Guide-to-Geoparsing-Evaluation": "https://github.com/milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation",
    "TempEval-3": "https://github.com/jspotter/TempEval-3",
}
"""Where each set is published. Texts belong to their publishers: they serve evaluation and are never passed on."""


class Missing(Exception):
    """A set is not in the folder; the message is the command that brings it."""


class Folder:
    """The user's folder of public data."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def command(self, name: str) -> str:
        """What brings a set into the folder."""
        return f"git clone --depth 1 {CLONES[name]} {self.root / name}"

    def files(self, name: str, pattern: str) -> list[Path]:
        """The files of a set that match, in order.

        Raises:
            Missing: there are none.
        """
        found = sorted(p for p in (self.root / name).glob(pattern) if not p.name.startswith("._"))
        if not found:
            raise Missing(self.command(name))
        return found

    def text(self, name: str, path: str) -> str:
        """The text of one file of a set."""
        return self.files(name, path)[0].read_text("utf-8")
