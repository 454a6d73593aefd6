"""What a developer keeps in word lists of his own must not change a test, nor a test his lists: the suite has an empty folder for them."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory

_EMPTY = TemporaryDirectory(prefix="sayso-lexicon-")
os.environ["SAYSO_LEXICON"] = _EMPTY.name  # before any module of sayso is imported: some read their words then

pytest_plugins = ["tests.desk.desks"]
