"""The codebook's types: what they refuse, and that nothing is lost on the way to JSON and back."""

from __future__ import annotations

import json

import msgspec
import pytest

from sayso.errors import BadRecord
from sayso.model import (
    Block,
    BlockKind,
    Casualty,
    Count,
    Entity,
    Event,
    EventType,
    Harm,
    Manner,
    Reading,
    Report,
    Sector,
    Source,
    Span,
    Status,
    claim_id,
    decode,
    digest,
    json_schema,
)

TEXT = "The ministry said that four soldiers were killed near Tovuz."


def _reading(**change: object) -> Reading:
    def span(words: str) -> Span:
        at = TEXT.index(words)
        return Span(start=at, end=at + len(words), text=words)

    ministry = Entity(text="The ministry", name="Ministry of Defence of Azerbaijan", country="AZE", sector=Sector.MIL, at=0)
    soldiers = Entity(text="four soldiers", name="Armed Forces of Azerbaijan", country="AZE", sector=Sector.MIL, at=23)
    source = Source(entity=ministry, cue=span("said"), manner=Manner.INDIRECT)
    claim = Casualty(
        id=claim_id(digest(TEXT), "casualty", 23, 60, "killed", 0), evidence=span("four soldiers were killed near Tovuz"), sources=[source],
        harm=Harm.KILLED, count=Count(low=4, high=4, text="four", at=23), who=soldiers,
    )  # fmt: skip
    report = Report(id="r1", text=TEXT, digest=digest(TEXT), blocks=[Block(kind=BlockKind.PARAGRAPH, start=0, end=len(TEXT))])
    return Reading(report=report, claims=[msgspec.structs.replace(claim, **change)])


def test_a_reading_survives_the_way_to_json_and_back() -> None:
    reading = _reading()

    assert decode(reading.to_json()) == reading
    assert decode(reading.to_json()).to_json() == reading.to_json()


def test_the_json_form_names_itself_and_the_kind_of_each_claim() -> None:
    data = json.loads(_reading().to_json())

    assert data["schema"] == "sayso/1"
    assert data["claims"][0]["kind"] == "casualty"
    assert data["report"]["text"][data["claims"][0]["evidence"]["start"] :].startswith("four soldiers")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (b'"start":23', b'"start":24', "length"),
        (b'"text":"said"', b'"text":"sold"', "of the text is not"),
        (b'"harm":"killed"', b'"harm":"cured"', "cured"),
        (b'"kind":"casualty"', b'"kind":"rumour"', "rumour"),
        (b'"low":4', b'"low":5', "runs backwards"),
        (b'"schema":"sayso/1"', b'"schema":"sayso/9"', "sayso/9"),
        (b"near Tovuz", b"near Ganja", "SHA-256"),
    ],
)
def test_bad_data_are_refused_where_they_enter(old: bytes, new: bytes, complaint: str) -> None:
    line = _reading().to_json()
    assert old in line

    with pytest.raises(BadRecord, match=complaint):
        decode(line.replace(old, new, 1) if complaint != "SHA-256" else line.replace(old, new))


def test_a_mode_must_belong_to_its_type() -> None:
    trigger = Span(start=0, end=3, text="The")
    with pytest.raises(ValueError, match="REQUEST has no mode 'aerial'"):
        Event(id="x", evidence=trigger, trigger=trigger, type=EventType.REQUEST, modes=["aerial"])


def test_confidence_stays_between_nought_and_one() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        _reading(confidence=1.2)


def test_a_claims_identity_does_not_hang_on_its_resolved_fields() -> None:
    key = claim_id("d", "event", 3, 9, "ASSAULT", 0)

    assert key == claim_id("d", "event", 3, 9, "ASSAULT", 0)
    assert len({key, claim_id("d", "event", 3, 9, "ASSAULT", 1), claim_id("d", "event", 3, 8, "ASSAULT", 0), claim_id("e", "event", 3, 9, "ASSAULT", 0)}) == 4


def test_the_schema_describes_what_is_written() -> None:
    schema = json_schema()

    assert schema["title"] == "sayso/1"
    assert {"Event", "Casualty", "Materiel", "Role", "Entity", "Source", "Span", "When", "Where"} <= set(schema["$defs"])
    assert set(schema["$defs"]["Status"]["enum"]) == set(Status)
