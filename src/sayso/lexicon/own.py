"""The user's own word lists: where they are kept, and how they are read and written.

In: the environment, and files of the same names and form as ours in a folder of the user's. Out: their text, and files replaced
whole or not at all. What the columns are is known in `tables.py`; without a folder nothing is read and nothing is made.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sayso.errors import BadLexicon, BadOption

__all__ = ["folder", "in_use", "path", "save", "shown", "strays", "text"]


def folder() -> Path | None:
    """Where the user's lists are kept: `SAYSO_LEXICON`, else `sayso/lexicon` where the platform keeps data; None for who has no home."""
    if told := os.environ.get("SAYSO_LEXICON"):
        return Path(told)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or home / "AppData" / "Roaming"
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        told = os.environ.get("XDG_DATA_HOME", "")
        base = told if told.startswith("/") else home / ".local" / "share"  # a relative one is to be ignored
    return Path(base) / "sayso" / "lexicon"


def path(name: str) -> Path | None:
    """Where the user's file of a table is, or would be."""
    kept = folder()
    return kept / f"{name}.tsv" if kept is not None else None


def shown(name: str) -> str:
    """How the user's file is called beside ours: yours/actors.tsv."""
    return f"yours/{name}.tsv"


def text(name: str) -> str | None:
    """The text of the user's file; None where there is none.

    Raises:
        BadLexicon: it is no UTF-8 or cannot be read.
    """
    file = path(name)
    if file is None:
        return None
    try:
        return file.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError:
        raise BadLexicon([f"{shown(name)}: not UTF-8; save it so (yours is {file})"]) from None
    except OSError as error:
        raise BadLexicon([f"{shown(name)}: cannot be read: {error.strerror} (yours is {file})"]) from None


def save(name: str, content: str) -> Path:
    """Writes the user's file of a table, whole or not at all, and makes its folder where there is none.

    Raises:
        BadOption: it cannot be written.
    """
    file = path(name)
    if file is None:
        raise BadOption("no folder for your word lists: set SAYSO_LEXICON to one")
    file = Path(os.path.realpath(file))  # who keeps a link there keeps it
    spare = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=file.parent, prefix=f".{name}-", delete=False) as handle:
            spare = Path(handle.name)
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        spare.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
        spare.replace(file)
    except OSError as error:
        if spare is not None:
            spare.unlink(missing_ok=True)
        raise BadOption(f"{file}: cannot be written: {error.strerror}; SAYSO_LEXICON chooses another folder") from None
    return file


def in_use(names: Iterable[str]) -> dict[str, Path]:
    """The user's files of these tables that exist, by table."""
    return {name: file for name in names if (file := path(name)) is not None and file.is_file()}


def strays(names: Iterable[str]) -> list[str]:
    """Of each `.tsv` file in the user's folder that no table is called after: that it is not read."""
    kept, known = folder(), set(names)
    found = sorted(file.name for file in kept.glob("*.tsv") if not file.name.startswith(".")) if kept is not None and kept.is_dir() else []
    return [f"yours/{name}: not read, since no table has this name; the tables are {', '.join(sorted(known))}" for name in found if name[:-4] not in known]
