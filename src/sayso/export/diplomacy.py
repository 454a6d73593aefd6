"""Ceasefires and contacts of a record → tables in the manner of ETH/PRIO's ceasefire data (CF) and of a log of talks.

In: a job. Out: `ceasefires`: one holder's account of one ceasefire a row, with CF's date triplets (declared, in effect, ended), which are filled as far as
the days are told; `contacts`: one claim of a meeting, call or agreement to meet a row. A third party's appeal for a ceasefire is none, as in CF. CF covers
civil conflicts only: `interstate` says which rows are not of its kind. What CF codes from texts of agreements (class, purposes, enforcement) is empty: nobody
reads it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from sayso.export.asking import Claimed, claimed, happened
from sayso.export.cells import Value
from sayso.export.formats import Job
from sayso.export.spreadsheets import plain
from sayso.lexicon import BODIES
from sayso.model import Event, EventType
from sayso.record.filters import is_side
from sayso.record.tables import claims

CEASEFIRE = sa.and_(
    claims.c.kind == "event",
    sa.or_(
        sa.and_(claims.c.type == "RETREAT", claims.c.modes.like("%ceasefire%")),
        sa.and_(claims.c.type.in_(["AGREE", "CONCEDE"]), claims.c.object.like("RETREAT%ceasefire%")),
    ),
)
CONTACT = sa.and_(claims.c.kind == "event", sa.or_(claims.c.type == "CONSULT", sa.and_(claims.c.type == "AGREE", claims.c.object.like("CONSULT%"))))
CEASEFIRES = (
    "cc", "location", "region", "cf_id", "uniq_id", "id", "ucdp_actor_id", "actor_name", "side", "ucdp_acd_id", "ucdp_dyad", "pax_id", "link",
    "cf_dec_yr", "cf_dec_month", "cf_dec_day", "cf_effect_yr", "cf_effect_month", "cf_effect_day", "end_yr", "end_month", "end_day", "ended", "partial",
    "written", "p_humanitarian", "p_peaceprocess", "p_holiday", "p_election", "p_other", "p_unclear", "ceasefire_class", "timing", "implement", "enforcement",
    "ddr", "mediator_nego", "mediator_send", "comment", "interstate", "holder", "holder_side", "status", "evidence", "publisher", "published", "cow_id",
)  # fmt: skip
CONTACTS = (
    "contact_id", "incident_id", "stage", "date_from", "date_to", "date_precision", "participants", "participant_countries", "recipients",
    "recipient_countries", "mode", "third_party", "interstate", "place", "place_country", "status", "holder", "holder_side", "channel", "said_from", "evidence",
    "confidence", "report_id", "publisher", "published", "url", "ucdp_acd_id", "cow_id",
)  # fmt: skip


def ceasefires(job: Job) -> None:
    """Write the ceasefires."""
    plain(job, CEASEFIRES, _ceasefires(job))


def contacts(job: Job) -> None:
    """Write the contacts."""
    plain(job, CONTACTS, _contacts(job))


def _ceasefires(job: Job) -> Iterator[list[Value]]:
    for incident in happened(job.connection, job.asked, also=[CEASEFIRE]):
        for key, held in incident.accounts.items():
            own = [one for one in held if _is_ceasefire(one) and not one.row["replaced_by"]]
            if own:
                line = _ceasefire(own) | {"cf_id": incident.row["id"], "uniq_id": f"{incident.row['id']}:{key}"} | _ids(job)
                yield [line.get(column) for column in CEASEFIRES]


def _is_ceasefire(one: Claimed) -> bool:
    claim = one.claim
    if not isinstance(claim, Event):
        return False
    promised = claim.object is not None and claim.object.type is EventType.RETREAT and "ceasefire" in claim.object.modes
    return (claim.type is EventType.RETREAT and "ceasefire" in claim.modes) or (promised and claim.type in {EventType.AGREE, EventType.CONCEDE})


def _ceasefire(own: list[Claimed]) -> dict[str, Value]:
    declared = [one for one in own if one.row["type"] != "RETREAT"]
    observed = [one for one in own if one.row["type"] == "RETREAT"]
    actors = [party for one in own for party in one.parties if party["part"] in {"actor", "recipient"}]
    mediated = any(party["country"] in BODIES for party in actors)
    return {
        "location": next((one.row["place"] for one in own if one.row["place"]), None), "actor_name": sorted({p["name"] for p in actors}),
        "side": sorted({p["side"] for p in actors} - {""}), "link": sorted({one.report["url"] for one in own if one.report["url"]}),
        **_triplet("cf_dec", declared), **_triplet("cf_effect", observed), "mediator_nego": 1 if mediated else None, "interstate": interstate(actors),
        "holder": own[0].holder["name"], "holder_side": own[0].holder["side"], "status": sorted({one.row["status"] for one in own}),
        "evidence": list(dict.fromkeys(one.row["evidence"] for one in own)),
        "publisher": sorted({one.report["publisher"] for one in own if one.report["publisher"]}),
        "published": min((str(one.report["published"]) for one in own if one.report["published"]), default=None),
    }  # fmt: skip


def _triplet(name: str, held: Iterable[Claimed]) -> dict[str, Value]:
    """The first day that is told, as far as it is told."""
    row = next((one.row for one in held if one.row["start"]), None)
    if row is None:
        return {}
    first: date = row["start"]
    known = {"year": 1, "month": 2}.get(row["precision"], 3)
    return dict(zip((f"{name}_yr", f"{name}_month", f"{name}_day"), (first.year, first.month, first.day)[:known], strict=False))


def interstate(parties: Iterable[Any]) -> str:
    """Whether those in it are of two states or more: yes, no; empty where fewer than two sides are told."""
    sides = {party["side"] for party in parties if party["side"] and party["country"] not in BODIES}
    return "" if len(sides) < 2 else "yes" if len([side for side in sides if is_side(side)]) >= 2 else "no"


def _contacts(job: Job) -> Iterator[list[Value]]:
    for one in claimed(job.connection, job.asked, also=[CONTACT]):
        line = _contact(one) | _ids(job)
        yield [line.get(column) for column in CONTACTS]


def _contact(one: Claimed) -> dict[str, Value]:
    claim, row, report = one.claim, one.row, one.report
    assert isinstance(claim, Event)
    modes = claim.modes if claim.type is EventType.CONSULT else claim.object.modes if claim.object else []
    nearest = claim.sources[0] if claim.sources else None
    return {
        "contact_id": claim.id, "incident_id": row["incident"], "stage": "held" if claim.type is EventType.CONSULT else "agreed", "date_from": row["start"],
        "date_to": row["end"], "date_precision": row["precision"], "participants": [e.name for e in claim.actors],
        "participant_countries": [e.country or "" for e in claim.actors], "recipients": [e.name for e in claim.recipients],
        "recipient_countries": [e.country or "" for e in claim.recipients], "mode": list(modes), "third_party": "yes" if "third-party" in modes else None,
        "interstate": interstate(one.parties), "place": row["place"], "place_country": row["country"], "status": row["status"], "holder": one.holder["name"],
        "holder_side": one.holder["side"], "channel": nearest.channel.value if nearest else None,
        "said_from": nearest.said.start if nearest and nearest.said else None, "evidence": row["evidence"], "confidence": row["confidence"],
        "report_id": report["id"], "publisher": report["publisher"], "published": report["published"], "url": report["url"],
    }  # fmt: skip


def _ids(job: Job) -> dict[str, Value]:
    conflict = job.asked.conflict
    return {"ucdp_acd_id": conflict.ucdp, "cow_id": conflict.cow} if conflict else {}
