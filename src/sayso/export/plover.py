"""Events of a record → JSON lines as PLOVER's manual names the fields, with fields of our own where it has none.

In: a job. Out: one event claim a line. PLOVER has no room for who says so, for whether it is so, or for rival accounts: `sources`, `status`, `holder`,
`incident` and `confidence` are ours, as the manual allows. Two claims about one event are two lines with one `link`. Losses, things and offices are no events
and are left out.
"""

from __future__ import annotations

from typing import Any

import msgspec

from sayso import __version__
from sayso.export import crosswalks, writing
from sayso.export.asking import Claimed, claimed
from sayso.export.formats import Job
from sayso.model import Entity, Event
from sayso.record.tables import claims

_ENCODER = msgspec.json.Encoder()


def write(job: Job) -> None:
    """Write the events."""
    with writing.lines(job.out.file(job.path)) as out:
        for one in claimed(job.connection, job.asked, also=[claims.c.kind == "event"]):
            out.write(_ENCODER.encode(record(one)) + b"\n")


def record(one: Claimed) -> dict[str, Any]:
    """An event as a PLOVER record; fields that nothing fills are left out."""
    claim, row, report = one.claim, one.row, one.report
    assert isinstance(claim, Event)
    aux = [crosswalks.code("plover.aux", claim.status.value), crosswalks.code("plover.aux", "background") if claim.background else ""]
    told = {
        "id": claim.id, "date": row["day"], "enddate": row["end"], "actor": list(map(entity, claim.actors)), "recipient": list(map(entity, claim.recipients)),
        "event": [claim.type.value], "mode": [*claim.modes, *filter(None, aux)], "quad_code": crosswalks.whole("plover.quad", claim.type.value),
        "event_scale": crosswalks.number("plover.scale", claim.type.value), "event_loc": _place(one), "event_text": [claim.trigger.text],
        "link": row["incident"], "text": claim.evidence.text, "text_info": {"start": claim.evidence.start, "end": claim.evidence.end},
        "cite_info": {"url": report["url"], "title": report["title"], "publication": report["publisher"], "language": report["language"],
                      "codebook": "PLOVER", "coder": "sayso", "version": __version__},
        "coder": "sayso",
        "object": {"event": claim.object.type.value, "mode": claim.object.modes} if claim.object else None,
        "status": claim.status.value, "background": claim.background, "incident": row["incident"], "holder": one.holder["name"],
        "sources": [{"entity": entity(s.entity), "cue": s.cue.text if s.cue else None, "manner": s.manner.value, "distance": s.distance.value,
                     "channel": s.channel.value, "said": s.said.start if s.said else None} for s in claim.sources],
        "confidence": claim.confidence, "report": report["digest"],
    }  # fmt: skip
    return {name: value for name, value in told.items() if value is not None and value != []}


def entity(of: Entity) -> dict[str, Any]:
    """Somebody as PLOVER names him. Kosovo, which it calls KOS, is XKX here."""
    told = {"code": of.country, "sector": of.sector.value, "entity_text": of.text, "entity_name": of.name, "other_sector_codes": list(of.qualifiers)}
    return {name: value for name, value in told.items() if value}


def _place(one: Claimed) -> dict[str, Any] | None:
    where = one.claim.where
    if where is None:
        return None
    told = {
        "extracted_place": where.text, "resolved_place": where.name, "lat": where.lat, "lon": where.lon, "province": where.admin1,
        "country_code": where.country, "resolution": crosswalks.whole("plover.resolution", where.precision),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in {None, ""}}
