"""sayso reads reports of armed conflict and diplomacy and keeps, for everything they state, on whose say-so it stands.

>>> import sayso
>>> reading = sayso.read("Two soldiers were killed, the ministry said.", date="2020-07-13")
>>> [c.harm.value for c in reading.claims]
['killed']
"""

from __future__ import annotations

from sayso.errors import BadLexicon, BadOption, BadRecord, SaysoError, UnreadableReport
from sayso.model import Casualty, Entity, Event, Materiel, Reading, Report, Role, Source, Span, When, Where
from sayso.reading import Reader, read

__version__ = "0.1.0"
__all__ = [
    "BadLexicon", "BadOption", "BadRecord", "Casualty", "Entity", "Event", "Materiel", "Reader", "Reading", "Report", "Role", "SaysoError",
    "Source", "Span", "UnreadableReport", "When", "Where", "read",
]  # fmt: skip
