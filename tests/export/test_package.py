"""The data package, checked by frictionless: types, values, keys; its manifest and citation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest

from sayso.export.package import NAMES
from sayso.reader.digest import model_digest
from sayso.record.filters import Filter

Written = Callable[..., Path]


@pytest.mark.parametrize("asked", [None, Filter(holder="Ministry of Defence of Armenia"), Filter(kind="event"), Filter(actor="nobody")])
def test_frictionless_finds_it_valid(written: Written, asked: Filter | None) -> None:
    """All tables by their types and values, and every key leads somewhere, whatever was asked for."""
    folder = written("datapackage", "package", asked=asked)
    found = frictionless.validate(str(folder / "datapackage.json"))
    assert found.valid, found.flatten(["type", "message"])


def test_the_manifest_tells_what_made_it_from_what(written: Written) -> None:
    """Versions, the filter, the inputs' digests, rows, and the files' digests."""
    folder = written("datapackage", "package")
    manifest = json.loads((folder / "manifest.json").read_text())
    inputs = (folder / "inputs.txt").read_text().split()
    assert manifest["inputs"]["reports"] == len(inputs) == 5
    assert manifest["inputs"]["sha256"] == hashlib.sha256("".join(inputs).encode()).hexdigest()
    assert manifest["reader"] == model_digest()
    assert manifest["schema"] == "sayso/1"
    assert set(manifest["rows"]) == set(NAMES)
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_it_can_be_cited(written: Written) -> None:
    """A line in the description, and a CITATION.cff of a data set."""
    folder = written("datapackage", "package")
    assert "Cite as: Claims of conflict reports" in json.loads((folder / "datapackage.json").read_text())["description"]
    assert "type: dataset" in (folder / "CITATION.cff").read_text()


def test_it_replaces_an_older_one_where_asked_to(written: Written) -> None:
    """Whole: nothing of the older one is left."""
    folder = written("datapackage", "package")
    (folder / "stray.csv").write_text("old")
    written("datapackage", "package", asked=Filter(kind="event"))
    assert not (folder / "stray.csv").exists()
    assert not [p for p in folder.parent.iterdir() if p.name.startswith(".")]
