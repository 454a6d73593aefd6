"""Languages: a pack for each, of a network, word lists and rules, behind one interface.

In: a report in a language. Out: its reading, of the same form whatever the language: names of states, organs and bodies are those of our own lists, so
that accounts from different languages stand in one incident. English ships; other packs are there where what they need is installed (`pip install
'sayso[russian]'`). """

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Protocol

from sayso.model import Reading, Report

NEEDED = {"ru": ("slovnet", "navec", "razdel", "pymorphy3", "natasha")}
"""What packs beside English need, by the language's ISO 639-1 code."""


class Pack(Protocol):
    """Reads reports in one language."""

    code: str

    def read(self, report: Report) -> Reading:
        """The claims of a report, with the steps that led to each."""


@cache
def readable() -> frozenset[str]:
    """The codes of the languages that are read here."""
    return frozenset({"en", *(code for code, modules in NEEDED.items() if all(find_spec(module) for module in modules))})


def load(code: str) -> Pack:
    """The pack of a language beside English; loading takes about a second.

    Raises:
        KeyError: there is none, or what it needs is not installed.
    """
    if code not in readable() or code not in NEEDED:
        raise KeyError(code)
    from sayso.languages.russian import Russian

    return Russian()
