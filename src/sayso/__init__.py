"""sayso reads reports of armed conflict and diplomacy and keeps, for everything they state, on whose say-so it stands.

>>> import sayso
>>> reading = sayso.read("Two soldiers were killed, the ministry said.", date="2020-07-13")
>>> [c.harm.value for c in reading.claims]
['killed']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.errors import BadLexicon, BadOption, BadRecord, SaysoError, UnreadableReport
    from sayso.model import Casualty, Entity, Event, Materiel, Reading, Report, Role, Source, Span, When, Where
    from sayso.reading import Reader, read

__version__ = "0.1.0"
__all__ = [
    "BadLexicon", "BadOption", "BadRecord", "Casualty", "Entity", "Event", "Materiel", "Reader", "Reading", "Report", "Role", "SaysoError",
    "Source", "Span", "UnreadableReport", "When", "Where", "read",
]  # fmt: skip

_ERRORS = {"BadLexicon", "BadOption", "BadRecord", "SaysoError", "UnreadableReport"}
_READING = {"Reader", "read"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: the reader takes a second, its version number should not."""
    if name not in __all__:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    return getattr(import_module("sayso.errors" if name in _ERRORS else "sayso.reading" if name in _READING else "sayso.model"), name)
