"""A small annotated set of our own: two accounts of a shelling, an appeal, and the toll of the next day."""

from __future__ import annotations

from typing import Any

import msgspec

from sayso.scoring import IncidentSet

NORTH = {"text": "Kyrgyz guards", "name": "Border Service of Kyrgyzstan", "country": "KGZ", "sector": "COP"}
SOUTH = {"text": "Tajik guards", "name": "Border Service of Tajikistan", "country": "TJK", "sector": "COP"}
PLACE = {"text": "Vorukh", "name": "Vorukh", "country": "TJK"}


def attack(evidence: str, doer: dict[str, Any], hit: dict[str, Any], speaker: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An attack near Vorukh on 3 May."""
    return {
        "kind": "event", "type": "ASSAULT", "modes": ["heavy-weapons"], "evidence": evidence, "trigger": "shelled", "actors": [doer], "recipients": [hit],
        "sources": [speaker], "when": "2021-05-03", "where": PLACE, **fields,
    }  # fmt: skip


def wounded(evidence: str, number: int, speaker: dict[str, Any]) -> dict[str, Any]:
    """Tajik guards wounded near Vorukh on 3 May."""
    return {
        "kind": "casualty", "harm": "wounded", "low": number, "high": number, "evidence": evidence, "who": SOUTH, "by": None, "sources": [speaker],
        "when": "2021-05-03", "where": PLACE,
    }  # fmt: skip


FIRST = (
    "Kyrgyz guards shelled Tajik guards near Vorukh on Monday, Tajik guards said. Two Tajik guards were wounded. Kyrgyz guards said that Tajik guards had "
    "shelled Kyrgyz guards near Vorukh. Russia urged calm."
)
SECOND = "Tajik guards said that four Tajik guards were wounded near Vorukh."
SET: dict[str, Any] = {
    "id": "vorukh",
    "about": "shelling near Vorukh",
    "reports": [
        {
            "id": "a", "publisher": "Valley Wire", "date": "2021-05-04", "text": FIRST,
            "claims": [
                attack("Kyrgyz guards shelled Tajik guards near Vorukh", NORTH, SOUTH, SOUTH),
                wounded("Two Tajik guards were wounded", 2, SOUTH),
                attack("Tajik guards had shelled Kyrgyz guards near Vorukh", SOUTH, NORTH, NORTH),
                {"kind": "event", "type": "REQUEST", "evidence": "Russia urged calm", "trigger": "urged",
                 "actors": [{"text": "Russia", "name": "Russia", "country": "RUS", "sector": "GOV"}]},
                {"kind": "role", "evidence": "Kyrgyz guards", "person": "somebody", "office": "guard"},
            ],
        },
        {"id": "b", "publisher": "Valley Wire", "date": "2021-05-05", "text": SECOND, "claims": [wounded("four Tajik guards were wounded", 4, SOUTH)]},
    ],
    "incidents": [
        {"id": "i1", "about": "shelling", "claims": ["a#0", "a#1", "a#2", "b#0"]},
        {"id": "i2", "about": "appeal", "claims": ["a#3"]},
    ],
    "relations": [
        {"first": "a#0", "second": "a#2", "relation": "contradicts", "fields": ["parties"]},
        {"first": "a#1", "second": "b#0", "relation": "revises", "fields": ["count"]},
    ],
    "disputed": [{"incident": "i1", "field": "parties", "holders": ["Border Service of Kyrgyzstan", "Border Service of Tajikistan"]}],
}  # fmt: skip


def a_set(**fields: Any) -> IncidentSet:
    """The set, but for the fields given."""
    return msgspec.convert(SET | fields, IncidentSet)
