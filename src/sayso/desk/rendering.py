"""Templates, and the words of the interface.

In: values of the record. Out: HTML in which all text is escaped. Every word of the interface stands in `strings/en.toml`; where a key has `one` and
`other`, the number `n` decides. A missing key or value is an error, never an empty place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from sayso.model import Event, EventType
from sayso.view import words
from sayso.view.registers import figure

HERE = Path(__file__).parent
LANGUAGE = "en"


@lru_cache(maxsize=4)
def catalogue(language: str = LANGUAGE) -> Mapping[str, str]:
    """The words of the interface, by key: the names of tables and keys with dots between."""
    found: dict[str, str] = {}

    def put(prefix: str, table: Mapping[str, Any]) -> None:
        for name, value in table.items():
            key = f"{prefix}.{name}" if prefix else name
            if isinstance(value, str):
                found[key] = value
            else:
                put(key, value)

    put("", tomllib.loads((HERE / "strings" / f"{language}.toml").read_text("utf-8")))
    return found


def say(key: str, **values: Any) -> str:
    """The words for a key, with values in their places.

    >>> say("count.reports", n=1), say("count.reports", n=1200)
    ('1 report', '1,200 reports')
    """
    known = catalogue()
    if key not in known:
        key = f"{key}.{'one' if values['n'] == 1 else 'other'}"
    return known[key].format(**{name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()})


def strings(prefix: str) -> dict[str, str]:
    """All words under a key, for a script."""
    return {key.removeprefix(f"{prefix}."): words for key, words in catalogue().items() if key.startswith(f"{prefix}.")}


def combined(words: dict[str, str], more: dict[str, str], under: str) -> dict[str, str]:
    """Words for a script, and more of them under a key of their own.

    >>> combined({"save": "Save"}, {"killed": "killed"}, "harm")
    {'save': 'Save', 'harm.killed': 'killed'}
    """
    return words | {f"{under}.{key}": value for key, value in more.items()}


def act(kind: str) -> str:
    """A type of act in words; of a loss alone its harm, as it is.

    >>> act("ASSAULT"), act("killed")
    ('attack', 'killed')
    """
    return words.TYPES[EventType(kind)] if kind in {str(t) for t in EventType} else kind


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates' environment: all text is escaped, and what is not there is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"say": say, "strings": strings}
    made.filters |= {
        "clean": words.clean, "what": words.what, "parties": words.parties, "dates": words.dates, "day": words.day, "place": words.place,
        "land": words.country, "listed": words.listed, "combined": combined, "called": words.called, "saying": words.saying,
        "status": lambda s: words.STATUS[s], "act": act,
        "figure": lambda row: figure(row.low, row.high, getattr(row, "approximate", False)),
        "wanted": lambda claim: words.wanted(claim) if isinstance(claim, Event) else "",
    }  # fmt: skip
    return made
