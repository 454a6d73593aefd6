"""JSON-LD documents that grow as they are written, and the names of things in them.

In: a context and objects. Out: one document whose context stands in it, so that nobody need fetch one. Names are URNs made of digests: they are
the same in every record that has the same report.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from sayso.export import writing

VOCABULARY = "urn:sayso:vocabulary:"
"""What our own terms begin with; they are the columns of the table `claims`, which `docs/exports.md` explains."""
_ENCODER = msgspec.json.Encoder()


def report(digest: str) -> str:
    """A report's name."""
    return f"urn:sayso:report:{digest}"


def claim(key: str) -> str:
    """A claim's name."""
    return f"urn:sayso:claim:{key}"


def version(key: str, until: int) -> str:
    """The name of an earlier form of a claim."""
    return f"urn:sayso:claim:{key}:until:{until}"


def change(number: int) -> str:
    """The name of a change of this record."""
    return f"urn:sayso:change:{number}"


def entity(key: str) -> str:
    """Somebody's name."""
    return f"urn:sayso:entity:{quote(key, safe=':')}"


def author(name: str) -> str:
    """The name of who made changes."""
    return f"urn:sayso:author:{quote(name, safe='')}"


def address(url: str | None) -> str | None:
    """A report's address, where it is one on the web that may stand as a name."""
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    return quote(url, safe=":/?#[]@!$&'()*+,;=%-._~")


def document(path: Path, context: dict[str, Any], head: dict[str, Any], among: str, objects: Iterable[dict[str, Any]]) -> None:
    """Write a document with these objects, one a line, under the key `among`."""
    with writing.lines(path) as out:
        opening = _ENCODER.encode({"@context": context, **head})
        out.write(opening[:-1] + f',"{among}":['.encode())
        for n, thing in enumerate(objects):
            held = {name: value for name, value in thing.items() if value is not None and value != "" and value != []}
            out.write((b",\n" if n else b"\n") + _ENCODER.encode(held))
        out.write(b"\n]}\n")
