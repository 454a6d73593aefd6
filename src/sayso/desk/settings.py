"""What a desk is started with."""

from __future__ import annotations

from pathlib import Path

from sayso.model import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """What a desk is started with.

    `record`: a path or URL. `author`: whose name changes bear while the desk has one user. `conflicts`: the file that defines conflicts, else
    `conflicts.toml` beside the record. `hosts`: names under which it may be called, so that no other page can reach it by a name that leads here, with
    or without the `port`. `team`: whether users must log in. `https`: whether it is reached by https alone, through a proxy.
    """

    record: str = "sayso.db"
    author: str = "sayso"
    conflicts: Path | None = None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    port: int = 8000
    team: bool = False
    https: bool = False

    def cookie(self, name: str) -> str:
        """The name of a cookie: with https one that no other host of the domain can set, by any way."""
        return f"__Host-{name}" if self.https else name
