"""Which network a version of sayso reads with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import as_file, files


@cache
def model_digest() -> str:
    """SHA-256 of the network."""
    with as_file(files("sayso.reader") / "weights" / "reader.onnx") as path, path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
