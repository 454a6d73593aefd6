"""The tables that CSV, Parquet, Excel and data packages share: their columns, what each means, and their rows.

In: a connection and a filter. Out: rows as dictionaries with the columns' names. One definition serves the files, their codebooks and `docs/exports.md`.
Names are snake_case and at most 32 characters long, for the sake of Stata and SPSS. Days are ISO 8601 days, offsets count Unicode code points of the report's
text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from sayso.export import tolls
from sayso.export.asking import Claimed, Incident, claimed, entity_rows, happened, report_rows
from sayso.export.cells import Value
from sayso.export.places import radius
from sayso.export.telling import account
from sayso.model import Casualty, Channel, Damage, Distance, Entity, Event, EventType, Field, Harm, Manner, Materiel, Relation, Role, Sector, Status, Struct
from sayso.record.filters import Filter, conditions
from sayso.record.tables import claims as claims_table
from sayso.record.tables import relations as relations_table

Line = dict[str, Value]


class Column(Struct, frozen=True):
    """A column: its name, the type of its values, what it means, which values it may have, and whose key it holds (`table.column`)."""

    name: str
    type: Literal["text", "integer", "number", "boolean", "date", "list"]
    about: str
    values: tuple[str, ...] = ()
    of: str = ""


class Table(Struct, frozen=True):
    """A table: what one row is, its columns, how its rows are drawn from a record, and which columns name a row."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[sa.Connection, Filter], Iterator[Line]]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns' names."""
        return [column.name for column in self.columns]

    def lines(self, connection: sa.Connection, asked: Filter) -> Iterator[list[Value]]:
        """The rows, each as the values of its columns in order."""
        names = self.names
        return ([row.get(name) for name in names] for row in self.rows(connection, asked))


def values_of(kind: Any) -> tuple[str, ...]:
    """The values of an enumeration."""
    return tuple(str(member.value) for member in kind)


def _c(name: str, about: str, type: Any = "text", values: Iterable[str] = (), of: str = "") -> Column:
    return Column(name, type, about, tuple(values), of)


_KINDS = ("event", "casualty", "materiel", "role")
_STANCES = ("own", "opponent", "third")
_STATES = ("proposed", "accepted", "corrected", "rejected")
_WHENS = ("day", "week", "month", "year", "range")
_WHERES = ("point", "city", "district", "province", "country")
_PARTS = ("actor", "recipient", "victim", "by", "owner", "holder", "organisation")
_SUFFERERS = ("forces", "police", "fighters", "officials", "civilians")
_SECTORS = values_of(Sector)

_ID = _c("claim_id", "the claim's id, the same whenever the same text is read", of="claims.claim_id")
_INCIDENT = _c("incident_id", "the incident that the claim is about; empty for a role", of="incidents.incident_id")
_SHARED = (
    _c("kind", "what is claimed", values=_KINDS),
    _c("type", "of an event: PLOVER's type of the act; else empty", values=values_of(EventType)),
    _c("modes", "of an event: how it was done, in PLOVER's words", "list"),
    _c("harm", "of a loss: what came to the people or things; else empty", values=(*values_of(Harm), *values_of(Damage))),
    _c("status", "what is said of the act's reality; negated is a denial", values=values_of(Status)),
    _c("background", "whether the report tells it as history, not as its news", "boolean"),
    _c("stance", "of a loss: the holder is of the side that suffered (own), of its opponent, or of neither; else empty", values=_STANCES),
    _c("state", "what a reviewer made of the claim", values=_STATES),
)
_HOLDER = (
    _c("holder_key", "whose claim it is, as a key", of="entities.entity_key"),
    _c("holder", "whose claim it is: its nearest speaker, or the publisher in the report's own voice"),
    _c("holder_country", "ISO 3166 alpha-3, or PLOVER's code of an international body; empty where unknown or none"),
    _c("holder_sector", "what kind of actor; UNK is one whose kind the text does not tell", values=_SECTORS),
    _c("holder_side", "the side that the holder is on: a country's code, with +PRE for a de facto entity, or an armed group's own key; empty where untold"),
)
_WHEN = (
    _c("when_from", "first day on which it happened; empty where the text gives none", "date"),
    _c("when_to", "last day, taken in; empty where open or where the text gives none", "date"),
    _c("when_precision", "how exact the days are", values=_WHENS),
    _c("day", "what rows are sorted by: the first day, else that of the report; empty for background without a date", "date"),
)
_WHERE = (
    _c("place", "the place's name; empty where the text gives none"),
    _c("place_country", "ISO 3166 alpha-3"),
    _c("place_admin1", "its province"),
    _c("latitude", "degrees, WGS 84, of the middle of the place; read it with place_precision", "number"),
    _c("longitude", "degrees, WGS 84", "number"),
    _c("place_precision", "what the place is: of a province or country, the coordinates say only where its middle is", values=_WHERES),
)
_COUNT = (
    _c("count_low", "of a loss: how many at least; 0 is none; empty is open below, or no loss", "integer"),
    _c("count_high", "of a loss: how many at most; 0 is none; empty is open above, or no loss", "integer"),
    _c("count_approximate", "of a loss: whether the number is given as a rough one; empty where no loss", "boolean"),
)
_EVIDENCE = (
    _c("confidence", "0 to 1: the reader's own estimate that the claim is right in all its fields", "number"),
    _c("evidence_start", "offset of the words in the report's text", "integer"),
    _c("evidence_end", "offset of their end, exclusive", "integer"),
    _c("evidence", "the words that say it"),
)
_REPORT = (
    _c("report_id", "the report's id, as it came or its digest"),
    _c("report_digest", "SHA-256 of its text", of="reports.report_digest"),
    _c("publisher", "who published it; empty where unknown"),
    _c("published", "when, as it came: a day, or a time with its zone"),
    _c("title", "its title"),
    _c("url", "its address"),
)
_VERSIONS = (
    _c("added_in", "number of the change in which the claim came", "integer"),
    _c("changed_in", "number of the change in which it last changed", "integer"),
)

WIDE = (
    _ID, _INCIDENT, *_SHARED,
    _c("replaced_by", "the later claim of the same holder that revises or retracts this one"),
    *_HOLDER,
    _c("together_with", "others who speak with the nearest speaker", "list"),
    _c("passed_on_by", "the other speakers of the chain, nearest first", "list"),
    _c("manner", "how the speaker's words are given; empty in the report's own voice; inherited is a reading, not a fact", values=values_of(Manner)),
    _c("distance", "what the attributing word says of the reporter's stance", values=values_of(Distance)),
    _c("cue", "the attributing words"),
    _c("channel", "how it was said; unknown where the text does not tell", values=values_of(Channel)),
    _c("said_from", "when it was said, first day", "date"),
    _c("said_to", "when it was said, last day", "date"),
    _c("actors", "of an event: who did it; empty where the text names nobody", "list"),
    _c("actor_countries", "their countries, in the same order", "list"),
    _c("actor_sectors", "their sectors, in the same order", "list"),
    _c("recipients", "of an event: to whom; empty where nobody is named", "list"),
    _c("recipient_countries", "their countries, in the same order", "list"),
    _c("recipient_sectors", "their sectors, in the same order", "list"),
    _c("object_type", "the act asked for, promised, refused, threatened, alleged or conceded", values=values_of(EventType)),
    _c("object_modes", "its modes", "list"),
    _c("times_low", "of an event: how many acts at least, where the text counts them", "integer"),
    _c("times_high", "how many acts at most; empty where open or not counted", "integer"),
    _c("who", "of a loss: the people harmed, or the owner of the things"),
    _c("who_country", "their country; empty where the text does not tell"),
    _c("who_sector", "their sector", values=_SECTORS),
    _c("who_role", "what they were; empty where the text does not tell", values=_SUFFERERS),
    _c("what", "of matériel: the things"),
    *_COUNT,
    _c("by", "of a loss: at whose hands, where the same source says so"),
    _c("by_country", "their country"),
    _c("by_sector", "their sector", values=_SECTORS),
    _c("office_holder", "of a role: who holds the office or seat"),
    _c("office", "of a role: which"),
    _c("organisation", "of a role: in which body"),
    _c("since", "of a role: from when", "date"),
    _c("until", "of a role: to when", "date"),
    *_WHEN, *_WHERE, *_EVIDENCE,
    _c("also", "offsets of the other places that state it, as start-end", "list"),
    _c("notes", "what the reader noted", "list"),
    *_REPORT, *_VERSIONS,
)  # fmt: skip
LONG = (
    _ID, _INCIDENT, *_SHARED,
    _c("part", "what this row's party is in the claim; empty where the claim names nobody", values=_PARTS),
    _c("position", "which of several, from 0", "integer"),
    _c("party_key", "the party, as a key", of="entities.entity_key"),
    _c("party", "the party's name, resolved"),
    _c("party_words", "the words in the text"),
    _c("party_country", "its country, or PLOVER's code of an international body; empty where the text does not tell"),
    _c("party_sector", "what kind of actor", values=_SECTORS),
    _c("party_qualifiers", "PRE for a partially recognised entity", "list"),
    _c("party_side", "the side that it is on; empty where it cannot be told"),
    *_HOLDER, *_COUNT, *_WHEN, *_WHERE, *_EVIDENCE, *_REPORT,
)  # fmt: skip
INCIDENTS = (
    _c("incident_id", "the incident's id: an i and the id of its first claim"),
    _c("about", "a line for people, made of its claims"),
    _c("type", "the act that most holders tell of; of a loss alone its harm"),
    _c("date_from", "first day, as most claims tell; empty where none does", "date"),
    _c("date_to", "last day; empty where open or untold", "date"),
    _c("day", "what rows are sorted by", "date"),
    _c("place", "where, as most claims tell"),
    _c("place_country", "ISO 3166 alpha-3"),
    _c("latitude", "degrees, WGS 84; empty where only a province or country is told", "number"),
    _c("longitude", "degrees, WGS 84", "number"),
    _c("place_precision", "what the place is", values=_WHERES),
    _c("radius_km", "how far from there it may have been, by the precision; empty for a country or no place", "number"),
    _c("background", "whether every claim tells it as history", "boolean"),
    _c("sides", "the sides in it", "list"),
    _c("claims", "how many claims are about it", "integer"),
    _c("reports", "how many reports tell of it, near-copies once", "integer"),
    _c("holders", "how many holders: accounts", "integer"),
    _c("disputed", "on what accounts dispute each other; empty where on nothing", "list"),
    _c("killed_low", f"the lowest number of people killed that any holder gives ({tolls.RULE}); empty where nobody gives one", "integer"),
    _c("killed_high", "the highest; empty where nobody gives one, or a holder leaves it open", "integer"),
    _c("wounded_low", "the lowest number of people wounded that any holder gives", "integer"),
    _c("wounded_high", "the highest", "integer"),
    _c("pinned", "whether a user settled which claims belong to it", "boolean"),
    _c("first_report", "SHA-256 of the text of the report that told of it first"),
    *_VERSIONS,
)  # fmt: skip
ACCOUNTS = (
    _INCIDENT, *_HOLDER,
    _c("says", "the account in a sentence"),
    _c("claims", "how many claims it is made of", "integer"),
    _c("reports", "in how many reports, near-copies once", "integer"),
    _c("first_said", "the first day on which it was said", "date"),
    _c("last_said", "the last", "date"),
    _c("killed_low", f"how many people this holder says were killed, at least ({tolls.RULE}); empty where he gives no number", "integer"),
    _c("killed_high", "at most; empty where open", "integer"),
    _c("wounded_low", "how many wounded, at least", "integer"),
    _c("wounded_high", "at most; empty where open", "integer"),
    _c("disputed", "on what it and another account dispute each other", "list"),
    _c("disputed_with", "which other holders", "list"),
    _c("publishers", "who published the reports", "list"),
    _c("first_report", "SHA-256 of the text of the first of the reports"),
)  # fmt: skip
CASUALTIES = (
    _ID, _INCIDENT, *_HOLDER,
    _c("stance", "the holder is of the side that suffered (own), of its opponent, or of neither; empty where that cannot be told", values=_STANCES),
    _c("kind", "people or things", values=("casualty", "materiel")),
    _c("harm", "what came to them", values=(*values_of(Harm), *values_of(Damage))),
    _c("count_low", "how many at least; 0 is none; empty is open below", "integer"),
    _c("count_high", "how many at most; 0 is none; empty is open above", "integer"),
    _c("count_approximate", "whether the number is given as a rough one", "boolean"),
    _c("victim", "the people harmed, or the owner of the things"),
    _c("victim_country", "their country; empty where the text does not tell"),
    _c("victim_sector", "their sector", values=_SECTORS),
    _c("victim_side", "the side that they are on"),
    _c("victim_role", "what they were", values=_SUFFERERS),
    _c("what", "the things"),
    _c("by", "at whose hands, where the same source says so"),
    _c("by_country", "their country"),
    _c("status", "what is said of it; negated denies a toll that others gave", values=values_of(Status)),
    _c("background", "whether it is told as history", "boolean"),
    _c("replaced_by", "the later claim of the same holder that revises this one: count it no more"),
    *_WHEN, *_WHERE, *_EVIDENCE, *_REPORT,
)  # fmt: skip
REPORTS = (
    _c("report_digest", "SHA-256 of its text"), _c("report_id", "as it came, else the digest"), _c("title", "its title; empty where it has none"),
    _c("publisher", "who published it; empty where unknown"), _c("publisher_key", "the same, as a key", of="entities.entity_key"),
    _c("published", "when, as it came"), _c("day", "the day of it", "date"), _c("url", "its address"), _c("language", "of its text, ISO 639"),
    _c("place", "its dateline"), _c("copies", "what near-copies share: the digest of the first of them"),
    _c("superseded_by", "the digest of the newer version of it"), _c("withdrawn", "whether its publisher took it back", "boolean"),
    _c("read_by", "the version of sayso that read it"), _c("added_in", "number of the change in which it came", "integer"),
    _c("changed_in", "number of the change in which it last changed", "integer"),
)  # fmt: skip
PARTIES = (
    _ID, _c("part", "what the party is in the claim", values=_PARTS), _c("position", "which of several, from 0", "integer"),
    _c("entity_key", "who", of="entities.entity_key"), _c("side", "the side that it is on; empty where it cannot be told"),
    _c("words", "the words in the text"),
)  # fmt: skip
SOURCES = (
    _ID, _c("link", "0 is the nearest speaker, 1 who passed it on, and so forth", "integer"),
    _c("position", "0 is the first named, others spoke together with him", "integer"), _c("entity_key", "who", of="entities.entity_key"),
    _c("cue", "the attributing words"), _c("manner", "how the words are given", values=values_of(Manner)),
    _c("distance", "what the attributing word says of the reporter's stance", values=values_of(Distance)),
    _c("channel", "how it was said", values=values_of(Channel)), _c("said_from", "when, first day", "date"), _c("said_to", "when, last day", "date"),
)  # fmt: skip
ENTITIES = (
    _c("entity_key", "the key that it is filed under"), _c("name", "its name, resolved"), _c("country", "ISO 3166 alpha-3, or PLOVER's code of a body"),
    _c("sector", "what kind of actor", values=_SECTORS), _c("qualifiers", "PRE for a partially recognised entity", "list"),
    _c("side", "the side that it is on; empty where it cannot be told"),
)  # fmt: skip
RELATIONS = (
    _c("first", "a claim", of="claims.claim_id"), _c("second", "another claim about the same incident", of="claims.claim_id"), _INCIDENT,
    _c("relation", "how the second relates to the first; a pair that is not here adds", values=values_of(Relation)),
    _c("fields", "on what", "list"), _c("because", "why it is taken to"),
)  # fmt: skip
DISPUTES = (
    _INCIDENT, _c("field", "on what", values=values_of(Field)), _c("one", "a holder, of the two the one whose key is lower", of="entities.entity_key"),
    _c("other", "another holder", of="entities.entity_key"), _c("because", "why they are taken to"),
)  # fmt: skip


# claims → rows


def _claims(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    return (claim_line(one) for one in claimed(connection, asked))


def claim_line(one: Claimed) -> Line:
    """A claim as a row of `claims`."""
    claim, row = one.claim, one.row
    line = _shared(one) | {
        "replaced_by": row["replaced_by"], "also": [f"{s.start}-{s.end}" for s in claim.also], "notes": list(claim.notes),
        "added_in": row["added_in"], "changed_in": row["changed_in"], "together_with": [], "passed_on_by": [],
    }  # fmt: skip
    if claim.sources:
        nearest = claim.sources[0]
        line |= {
            "together_with": [e.name for e in nearest.together_with], "passed_on_by": [s.entity.name for s in claim.sources[1:]],
            "manner": nearest.manner.value, "distance": nearest.distance.value,
            "cue": nearest.cue.text if nearest.cue else None, "channel": nearest.channel.value,
        }  # fmt: skip
        if nearest.said:
            line |= {"said_from": nearest.said.start, "said_to": nearest.said.end}
    return line | _of_kind(one)


def _shared(one: Claimed) -> Line:
    """The columns that the wide and the long form have in common."""
    row, report, claim = one.row, one.report, one.claim
    event = isinstance(claim, Event)
    counted = not event and not isinstance(claim, Role)
    return {
        "claim_id": row["id"], "incident_id": row["incident"], "kind": row["kind"], "type": row["type"] if event else None,
        "modes": list(claim.modes) if isinstance(claim, Event) else [], "harm": row["type"] if counted else None, "status": row["status"],
        "background": row["background"], "stance": row["stance"] or None, "state": row["state"], **_holder(one.holder),
        "count_low": claim.count.low if isinstance(claim, Casualty | Materiel) else None,
        "count_high": claim.count.high if isinstance(claim, Casualty | Materiel) else None,
        "count_approximate": claim.count.approximate if isinstance(claim, Casualty | Materiel) else None,
        "when_from": row["start"], "when_to": row["end"], "when_precision": row["precision"] or None, "day": row["day"], "place": row["place"] or None,
        "place_country": row["country"] or None, "place_admin1": row["admin1"] or None, "latitude": row["lat"], "longitude": row["lon"],
        "place_precision": row["place_precision"] or None, "confidence": row["confidence"], "evidence_start": row["evidence_start"],
        "evidence_end": row["evidence_end"], "evidence": row["evidence"], "report_id": report["id"], "report_digest": report["digest"],
        "publisher": report["publisher"], "published": report["published"], "title": report["title"], "url": report["url"],
    }  # fmt: skip


def _holder(entity: Any) -> Line:
    return {"holder_key": entity["key"], "holder": entity["name"], "holder_country": entity["country"], "holder_sector": entity["sector"],
            "holder_side": entity["side"] or None}  # fmt: skip


_LISTS = ("actors", "actor_countries", "actor_sectors", "recipients", "recipient_countries", "recipient_sectors", "object_modes")


def _of_kind(one: Claimed) -> Line:
    claim = one.claim
    empty: Line = {name: [] for name in _LISTS}
    if isinstance(claim, Event):
        for name, named in (("actor", claim.actors), ("recipient", claim.recipients)):
            empty |= {f"{name}s": [e.name for e in named], f"{name}_countries": [e.country or "" for e in named],
                      f"{name}_sectors": [e.sector.value for e in named]}  # fmt: skip
        if claim.object:
            empty |= {"object_type": claim.object.type.value, "object_modes": list(claim.object.modes)}
        if claim.times:
            empty |= {"times_low": claim.times.low, "times_high": claim.times.high}
        return empty
    if isinstance(claim, Role):
        return empty | {"office_holder": claim.holder.name, "office": claim.office, "organisation": claim.organisation.name, "since": claim.since,
                        "until": claim.until}  # fmt: skip
    harmed = claim.who if isinstance(claim, Casualty) else claim.owner
    return empty | _entity("who", harmed) | {"who_role": one.row["role"] or None} | _entity("by", claim.by) | {"what": one.row["what"] or None}


def _entity(column: str, entity: Entity | None) -> Line:
    return {column: entity.name, f"{column}_country": entity.country, f"{column}_sector": entity.sector.value} if entity else {}


def _claims_long(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    for one in claimed(connection, asked):
        shared = _shared(one)
        if not one.parties:
            yield shared
        for party in one.parties:
            yield shared | {
                "part": party["part"], "position": party["position"], "party_key": party["entity"], "party": party["name"],
                "party_words": party["words"] or None,
                "party_country": party["country"], "party_sector": party["sector"], "party_qualifiers": party["qualifiers"].split(),
                "party_side": party["side"] or None,
            }  # fmt: skip


def _casualties(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    kinds = ("casualty", "materiel") if asked.kind is None else tuple({"casualty", "materiel"} & {asked.kind})
    only = msgspec.structs.replace(asked, kind=kinds[0]) if len(kinds) == 1 else asked
    for one in claimed(connection, only) if kinds else ():
        claim = one.claim
        if isinstance(claim, Casualty | Materiel):
            harmed = claim.who if isinstance(claim, Casualty) else claim.owner
            side = {"victim_side": one.row["side"] or None, "victim_role": one.row["role"] or None}
            more = {"what": one.row["what"] or None, "replaced_by": one.row["replaced_by"]}
            line = _shared(one) | _entity("victim", harmed) | side | _entity("by", claim.by) | more
            yield {column.name: line.get(column.name) for column in CASUALTIES}


def _parties(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    for one in claimed(connection, asked):
        for party in one.parties:
            yield {"claim_id": one.row["id"], "part": party["part"], "position": party["position"], "entity_key": party["entity"],
                   "side": party["side"] or None, "words": party["words"] or None}  # fmt: skip


def _sources(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    from sayso.identity import entity_key

    for one in claimed(connection, asked):
        for link, source in enumerate(one.claim.sources):
            for position, entity in enumerate((source.entity, *source.together_with)):
                yield {
                    "claim_id": one.row["id"], "link": link, "position": position, "entity_key": entity_key(entity),
                    "cue": source.cue.text if source.cue else None, "manner": source.manner.value, "distance": source.distance.value,
                    "channel": source.channel.value, "said_from": source.said.start if source.said else None,
                    "said_to": source.said.end if source.said else None,
                }  # fmt: skip


# incidents → rows


def _incidents(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    return (incident_line(one) for one in happened(connection, asked))


def incident_line(one: Incident) -> Line:
    """An incident as a row of `incidents`."""
    row = one.row
    near = radius(row["place_precision"])
    shown = row["lat"] is not None and near is not None and row["place_precision"] != "province"
    return {
        "incident_id": row["id"], "about": row["about"], "type": row["type"], "date_from": row["start"], "date_to": row["end"], "day": row["day"],
        "place": row["place"] or None, "place_country": row["country"] or None, "latitude": row["lat"] if shown else None,
        "longitude": row["lon"] if shown else None, "place_precision": row["place_precision"] or None, "radius_km": near if row["lat"] is not None else None,
        "background": row["background"], "sides": _split(row["sides"], " | "), "claims": row["claims"], "reports": row["reports"], "holders": row["holders"],
        "disputed": _split(row["disputed"], " "), "pinned": row["pinned"], "added_in": row["added_in"], "changed_in": row["changed_in"],
        "first_report": one.claims[0].report["digest"] if one.claims else None, **_range("killed", one, Harm.KILLED), **_range("wounded", one, Harm.WOUNDED),
    }  # fmt: skip


def _range(name: str, one: Incident, harm: Harm) -> Line:
    found = tolls.between(tolls.by_holder(one.claims, harm).values())
    return {f"{name}_low": found.low, f"{name}_high": found.high} if found else {}


def _accounts(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    return (line for one in happened(connection, asked) for line in account_lines(one))


def account_lines(one: Incident) -> Iterator[Line]:
    """The accounts of an incident as rows of `accounts`."""
    names = {c.row["holder"]: c.holder["name"] for c in one.claims}
    for key, held in one.accounts.items():
        against = [d for d in one.disputes if key in (d["one"], d["other"])]
        others = {d["other"] if d["one"] == key else d["one"] for d in against}
        said = sorted(c.row["as_of"] for c in held if c.row["as_of"])
        yield {
            "incident_id": one.row["id"], **_holder(held[0].holder), "says": account(held), "claims": len(held),
            "reports": len({c.report["copies"] for c in held}),
            "first_said": said[0] if said else None, "last_said": said[-1] if said else None, "disputed": sorted({d["field"] for d in against}),
            "disputed_with": sorted(names.get(other, other) for other in others), "publishers": sorted({c.report["publisher"] or "" for c in held} - {""}),
            "first_report": held[0].report["digest"], **_toll("killed", held, Harm.KILLED), **_toll("wounded", held, Harm.WOUNDED),
        }  # fmt: skip


def _toll(name: str, held: list[Claimed], harm: Harm) -> Line:
    found = tolls.toll(tolls.counted(held, harm))
    return {f"{name}_low": found.low, f"{name}_high": found.high} if found else {}


def _relations(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    """Of the claims that meet the filter, how each pair relates."""
    first, second = claims_table.alias(), claims_table.alias()
    numbers = sa.select(claims_table.c.number).where(*conditions(asked))
    found = (
        sa.select(relations_table, first.c.id.label("one_id"), second.c.id.label("other_id"))
        .join(first, first.c.number == relations_table.c.first).join(second, second.c.number == relations_table.c.second)
        .where(relations_table.c.first.in_(numbers), relations_table.c.second.in_(numbers))
        .order_by(relations_table.c.incident, sa.literal_column("one_id"), sa.literal_column("other_id"))
    )  # fmt: skip
    for row in connection.execute(found.execution_options(yield_per=1000)).mappings():
        yield {"first": row["one_id"], "second": row["other_id"], "incident_id": row["incident"], "relation": row["relation"],
               "fields": _split(row["fields"], " "), "because": row["because"]}  # fmt: skip


def _disputes(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    for incident in happened(connection, asked):
        for row in incident.disputes:
            yield {"incident_id": row["incident"], "field": row["field"], "one": row["one"], "other": row["other"], "because": row["because"]}


# reports, entities → rows


def _reports(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    for row in report_rows(connection, asked):
        yield {"report_digest": row["digest"], "report_id": row["id"]} | {name: row[name] for name in (
            "title", "publisher", "publisher_key", "published", "day", "url", "language", "place", "copies", "superseded_by", "withdrawn", "read_by",
            "added_in", "changed_in")}  # fmt: skip


def entity_lines(connection: sa.Connection, keys: Collection[str]) -> Iterator[Line]:
    """Rows of `entities` for these keys, in the order of the keys."""
    for key, row in sorted(entity_rows(connection, keys).items()):
        yield {"entity_key": key, "name": row["name"], "country": row["country"], "sector": row["sector"], "qualifiers": row["qualifiers"].split(),
               "side": row["side"] or None}  # fmt: skip


def _entities(connection: sa.Connection, asked: Filter) -> Iterator[Line]:
    """Whoever is named in the claims that meet the filter, the holders of the other accounts of their incidents, and the publishers."""
    keys: set[str] = set()
    for table in (_TABLES["claims"], _TABLES["parties"], _TABLES["sources"], _TABLES["accounts"], _TABLES["reports"]):
        columns = [c.name for c in table.columns if c.of == "entities.entity_key"]
        for row in table.rows(connection, asked):
            keys |= {str(row[name]) for name in columns if row.get(name)}
    return entity_lines(connection, keys)


def _split(words: str, by: str) -> list[str]:
    return words.split(by) if words else []


_TABLES = {
    table.name: table for table in (
        Table("claims", "One claim a row.", WIDE, _claims, ("claim_id",)),
        Table("claims_long", "One claim and one party in it a row; a claim that names nobody has one row.", LONG, _claims_long),
        Table("incidents", "One incident a row, with the range of what its holders say.", INCIDENTS, _incidents, ("incident_id",)),
        Table("accounts", "One holder's account of one incident a row.", ACCOUNTS, _accounts, ("incident_id", "holder_key")),
        Table("casualties", "One loss that somebody states a row: what was said, not what was found.", CASUALTIES, _casualties, ("claim_id",)),
        Table("reports", "One report a row, without its text.", REPORTS, _reports, ("report_digest",)),
        Table("parties", "One party in a claim a row.", PARTIES, _parties, ("claim_id", "part", "position")),
        Table("sources", "One speaker in the chain of a claim a row.", SOURCES, _sources, ("claim_id", "link", "position")),
        Table("entities", "Everybody who speaks, acts or is acted upon.", ENTITIES, _entities, ("entity_key",)),
        Table("relations", "How one claim relates to another about the same incident.", RELATIONS, _relations, ("first", "second")),
        Table("disputes", "Which accounts of an incident dispute each other, and on what.", DISPUTES, _disputes, ("incident_id", "field", "one", "other")),
    )
}  # fmt: skip
TABLES: dict[str, Table] = _TABLES
"""The tables by name."""
