"""Swapping the two sides swaps what every register says, and changes nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sayso.model import Act, EventType, Reading, claim_id, digest
from sayso.record import Filter, Record
from sayso.record import registers as r
from tests.making import ARMENIA, AZERBAIJAN, BAKU, MISSION, RUSSIA, YEREVAN, event, reading, report, said_by
from tests.record.registers.telling import losses, swapped
from tests.record.test_store import baku, mission, yerevan

HELD = {"modes": ["ceasefire"], "when": "2020-07-14", "sources": said_by(RUSSIA)}


def told() -> list[Reading]:
    """Reports of one holder come on different days: which of two of one day is the later nobody can tell."""
    stop = Act(type=EventType.RETREAT, modes=["ceasefire"])
    urged = report("Russia urged Armenia and Azerbaijan to stop.", "2020-07-13")
    force = report("The ceasefire between Armenia and Azerbaijan is in force.", "2020-07-14")
    met = report("Armenia and Azerbaijan met in Moscow under Russia.", "2020-07-15")
    broken = report("Armenia violated the ceasefire with Azerbaijan 70 times.", "2020-07-16")
    return [
        baku(), yerevan(), mission(), losses(BAKU, (4, 4), published="2020-07-15"),
        losses(YEREVAN, (30, None), published="2020-07-14"), losses(MISSION, (4, 9)),
        losses(BAKU, (2, 2), who=ARMENIA, harm="wounded", published="2020-07-14"),
        reading(urged, event("Russia urged Armenia and Azerbaijan to stop", "REQUEST", by=[RUSSIA], to=[ARMENIA, AZERBAIJAN], object=stop, modes=["yield"])),
        reading(force, event("The ceasefire between Armenia and Azerbaijan is in force", "RETREAT", by=[ARMENIA, AZERBAIJAN], **HELD)),
        reading(met, event("Armenia and Azerbaijan met in Moscow", "CONSULT", by=[RUSSIA], to=[ARMENIA, AZERBAIJAN], modes=["third-party"])),
        reading(broken, event("Armenia violated the ceasefire", by=[ARMENIA], to=[AZERBAIJAN], times=(70, 70), sources=said_by(BAKU), when="2020-07-16")),
    ]  # fmt: skip


def turned(one: Reading) -> Reading:
    """The same reading about the other side, with the offsets and ids that its text has."""
    data = swapped(one)
    text = data["report"]["text"]
    data["report"] |= {"digest": digest(text), "id": digest(text)}
    for claim in data["claims"]:
        for span in [claim["evidence"], *([claim["trigger"]] if "trigger" in claim else [])]:
            span["start"] = text.index(span["text"])
            span["end"] = span["start"] + len(span["text"])
        act = claim.get("type") or claim.get("harm")
        claim["id"] = claim_id(digest(text), claim["kind"], claim["evidence"]["start"], claim["evidence"]["end"], act, 0)
    return msgspec.convert(data, Reading)


REGISTERS: dict[str, Callable[[Record], Any]] = {
    "casualties": r.casualties,
    **{f"total {rule}": lambda record, rule=rule: r.total(record, rule=rule) for rule in ("min", "max", "conservative", "two-sources")},
    "losses of a dyad": lambda record: r.casualties(record, Filter(dyad=("ARM", "AZE"))),
    "talks": r.talks, "dyads": r.channels, "go-betweens": lambda record: r.channels(record, by="go-between"),
    "appeals": r.appeals, "violations": r.violations, "violations of a dyad": lambda record: r.violations(record, Filter(dyad=("ARM", "AZE"))),
    "timeline": lambda record: r.timeline(record, with_claims=True), "actors": r.actors, "sides": lambda record: r.actors(record, of="sides"),
    "sources": r.sources, "roles": r.roles,
}  # fmt: skip


def settled(value: Any) -> Any:
    """Without ids, which are digests of texts; and with nothing in an order that names decide."""
    if isinstance(value, dict):
        return {k: settled(v) for k, v in value.items() if k not in {"incident", "claims", "claim", "report", "replaced_by"} or not isinstance(v, str | list)}
    if isinstance(value, list):
        return sorted((settled(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True))
    return " ".join(sorted(value.replace(",", " ").replace(";", " ").split())) if isinstance(value, str) else value


@pytest.mark.parametrize("name", REGISTERS)
def test_swapping_the_sides_swaps_the_register(name: str, record: Record, place: Callable[[], str]) -> None:
    record.add(told())
    with Record(place()) as other:
        other.add(map(turned, told()))
        there = [swapped(row) for row in REGISTERS[name](other)]
    here = [msgspec.json.decode(msgspec.json.encode(row)) for row in REGISTERS[name](record)]
    assert here or name == "roles"
    assert settled(here) == settled(there)
