"""An annotated report of our own and readings of it, built by hand: each test changes one thing and looks at one figure."""

from __future__ import annotations

import copy
from typing import Any

import msgspec

from sayso.scoring import Annotated

TEXT = (
    "Shelling on the Tajik border\n\n"
    "Kyrgyz border guards fired mortars at the village of Somoniyon on Friday, Tajikistan's border service said. "
    "Two Tajik villagers were wounded, it added. Kyrgyzstan's foreign ministry denied the attack.\n\n"
    "A spokesman for the ministry, Azamat Toktorov, said its forces had destroyed one tank."
)


def party(text: str, name: str, country: str | None, sector: str, **more: Any) -> dict[str, Any]:
    """An annotated party."""
    return {"text": text, "name": name, "country": country, "sector": sector, **more}


GUARDS = party("Kyrgyz border guards", "Border Service of Kyrgyzstan", "KGZ", "COP")
VILLAGE = party("the village of Somoniyon", "villagers of Somoniyon", "TJK", "CVL")
SERVICE = party("Tajikistan's border service", "Border Service of Tajikistan", "TJK", "COP")
MINISTRY = party("Kyrgyzstan's foreign ministry", "Ministry of Foreign Affairs of Kyrgyzstan", "KGZ", "GOV")

ANNOTATED: dict[str, Any] = {
    "id": "border-1",
    "publisher": "Valley Wire",
    "date": "2022-09-17",
    "language": "en",
    "text": TEXT,
    "swap": [["Kyrgyzstan", "Tajikistan"], ["Kyrgyz", "Tajik"]],
    "claims": [
        {
            "kind": "event", "type": "ASSAULT", "modes": ["heavy-weapons"], "trigger": "fired mortars", "status": "occurred",
            "evidence": "Kyrgyz border guards fired mortars at the village of Somoniyon on Friday", "also": ["Shelling on the Tajik border"],
            "sources": [SERVICE | {"cue": "said"}], "actors": [GUARDS], "recipients": [VILLAGE], "when": "2022-09-16",
            "where": {"text": "the village of Somoniyon", "name": "Somoniyon", "country": "TJK"},
        },
        {
            "kind": "casualty", "harm": "wounded", "low": 2, "high": 2, "evidence": "Two Tajik villagers were wounded", "status": "occurred",
            "who": party("Tajik villagers", "villagers of Somoniyon", "TJK", "CVL"), "by": GUARDS, "when": "2022-09-16", "where": None,
            "sources": [SERVICE | {"text": "it", "cue": "added"}],
        },
        {
            "kind": "event", "type": "ASSAULT", "modes": [], "trigger": "attack", "status": "negated", "evidence": "denied the attack",
            "sources": [MINISTRY | {"cue": "denied"}], "actors": [GUARDS], "recipients": [VILLAGE], "when": None, "where": None,
        },
        {"kind": "role", "evidence": "A spokesman for the ministry, Azamat Toktorov", "person": "Azamat Toktorov", "office": "spokesman", "country": "KGZ"},
    ],
    "materiel": [
        {
            "kind": "materiel", "harm": "destroyed", "what": "tank", "low": 1, "high": 1, "evidence": "its forces had destroyed one tank",
            "owner": party("Tajikistan", "Armed Forces of Tajikistan", "TJK", "MIL"), "by": None, "status": "occurred",
            "sources": [party("A spokesman for the ministry, Azamat Toktorov", "Azamat Toktorov", "KGZ", "GOV", cue="said")],
        },
    ],
}  # fmt: skip


def annotated(change: dict[str, Any] | None = None) -> Annotated:
    """The annotated report, with top-level fields changed."""
    return msgspec.convert(ANNOTATED | (change or {}), Annotated)


def perfect() -> dict[str, Any]:
    """A reading that has every annotated claim as it should be, in the form `sayso/1`."""
    claims = [_claimed(copy.deepcopy(claim)) for claim in (*ANNOTATED["claims"], *ANNOTATED["materiel"])]
    return {"schema": "sayso/1", "report": {"id": "border-1"}, "claims": claims}


def _claimed(claim: dict[str, Any]) -> dict[str, Any]:
    claim["evidence"] = _span(claim["evidence"])
    claim["also"] = [_span(words) for words in claim.get("also", [])]
    if claim["kind"] == "role":
        return claim | {"holder": {"name": claim["person"]}, "organisation": {"country": claim["country"]}}
    claim["sources"] = [{"entity": s, "manner": s.get("manner", "indirect")} for s in claim["sources"]]
    if claim.get("when"):
        claim["when"] = {"start": claim["when"], "end": claim["when"]}
    if claim["kind"] != "event":
        claim["count"] = {"low": claim.pop("low"), "high": claim.pop("high")}
    return claim


def _span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}
