"""The record's tables, as SQLAlchemy Core has them: the same in SQLite and in PostgreSQL.

Nothing here reads or writes. Days are ISO 8601 days, times are UTC, offsets count Unicode code points of the report's untouched text,
degrees are of WGS 84. Keys of entities are those of `sayso.identity`. A claim's whole form `sayso/1` stands in `claims.body`; the columns beside
it are what is filtered by, drawn from it when it is written. `docs/record.md` describes every table, and a test holds the two together.

`…_in` columns hold the number of the change (`changes`) in which a row came, last changed, and went; what went is kept, with `gone_in` set.
"""

from __future__ import annotations

import sqlalchemy as sa

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = sa.MetaData(naming_convention=NAMING)
ACTIONS = (
    "add, appear, reread, supersede, withdraw, import, accept, correct, reject, reopen, check, add claim, merge, split, pin, unpin, grade, undo, redo"
)
TARGETS = "digest of a report, id of a claim or an incident, key of an entity, name of a file; empty for an act on several claims"


def _reference(target: str) -> sa.ForeignKey:
    return sa.ForeignKey(target, ondelete="CASCADE")


settings = sa.Table(
    "settings", METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    comment="What the record says of itself. The row `writer` is what one writer locks to keep the others waiting.",
)  # fmt: skip

changes = sa.Table(
    "changes", METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False, comment="UTC, ISO 8601"),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False, comment=ACTIONS),
    sa.Column("target", sa.Text, nullable=False, comment=TARGETS),
    sa.Column("before", sa.Text, comment="JSON"),
    sa.Column("after", sa.Text, comment="JSON"),
    sa.Column("note", sa.Text),
    sa.Column("undoes", sa.Integer, comment="of an undo the number of the act that it undoes, of a redo that of the undo"),
    sa.Index("ix_changes_target", "target"),
    sa.Index("ix_changes_author", "author", "number"),
    sa.Index("ix_changes_undoes", "undoes"),
    comment="Who changed what, when: nothing is ever taken out of here.",
)  # fmt: skip

SUPERSEDED = "superseded_by IS NOT NULL"

reports = sa.Table(
    "reports", METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, comment="as it came, else the digest"),
    sa.Column("digest", sa.Text, nullable=False, unique=True, comment="SHA-256 of the text"),
    sa.Column("title", sa.Text),
    sa.Column("publisher", sa.Text),
    sa.Column("publisher_key", sa.Text, nullable=False),
    sa.Column("published", sa.Text, comment="as it came: a date, or a time with zone"),
    sa.Column("day", sa.Date, comment="the day of it"),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("place", sa.Text),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("blocks", sa.Text, nullable=False, comment="JSON"),
    sa.Column("notes", sa.Text, nullable=False, comment="JSON"),
    sa.Column("read_by", sa.Text, nullable=False, comment="the version of sayso that read it"),
    sa.Column("copies", sa.Text, nullable=False, comment="what it shares with its near-copies: the digest of the first of them"),
    sa.Column("superseded_by", sa.Text, comment="digest of the newer version of the report"),
    sa.Column("withdrawn", sa.Boolean, nullable=False, default=False, comment="its publisher took it back (a kill)"),
    sa.Column("added_in", sa.Integer, _reference("changes.number"), nullable=False),
    sa.Column("changed_in", sa.Integer, nullable=False),
    sa.Index("ix_reports_id", "id"),
    sa.Index("ix_reports_url", "url"),
    sa.Index("ix_reports_day", "day"),
    sa.Index("ix_reports_copies", "copies"),
    sa.Index("ix_reports_publisher_key", "publisher_key"),
    sa.Index("ix_reports_superseded_by", "superseded_by", sqlite_where=sa.text(SUPERSEDED), postgresql_where=sa.text(SUPERSEDED)),
    comment="Every text once. A newer version stands beside the one that it supersedes.",
)  # fmt: skip

appearances = sa.Table(
    "appearances", METADATA,
    sa.Column("report", sa.Integer, _reference("reports.number"), primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("publisher", sa.Text, primary_key=True, default=""),
    sa.Column("published", sa.Text, primary_key=True, default=""),
    sa.Column("url", sa.Text, primary_key=True, default=""),
    sa.Column("added_in", sa.Integer, _reference("changes.number"), nullable=False),
    comment="Where a text appeared: its first appearance too. The first by date, then publisher and id, is the one that the report is read as.",
)  # fmt: skip

bands = sa.Table(
    "bands", METADATA,
    sa.Column("value", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("report", sa.Integer, _reference("reports.number"), primary_key=True),
    sa.Index("ix_bands_report", "report"),
    sqlite_with_rowid=False,
    comment="By what near-copies are found: the bands of each text's MinHash.",
)  # fmt: skip

entities = sa.Table(
    "entities", METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country", sa.Text),
    sa.Column("sector", sa.Text, nullable=False),
    sa.Column("qualifiers", sa.Text, nullable=False, comment="with blanks between"),
    sa.Column("side", sa.Text, nullable=False, comment="empty where it is on none that could be told"),
    sa.Index("ix_entities_side", "side"),
    comment="Everybody who speaks, acts or is acted upon, publishers too.",
)  # fmt: skip

claims = sa.Table(
    "claims", METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("report", sa.Integer, _reference("reports.number"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False, comment="event, casualty, materiel, role"),
    sa.Column("type", sa.Text, nullable=False, comment="PLOVER type of an event, harm of a loss; empty for a role"),
    sa.Column("modes", sa.Text, nullable=False, default="", comment="with blanks between"),
    sa.Column("object", sa.Text, nullable=False, default="", comment="type and modes of the act asked for, promised, refused …, with blanks between"),
    sa.Column("what", sa.Text, nullable=False, default="", comment="the thing of a matériel claim, the office of a role"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("background", sa.Boolean, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("holder", sa.Text, _reference("entities.key"), nullable=False, comment="whose claim it is: its nearest speaker, else the publisher"),
    sa.Column("holder_side", sa.Text, nullable=False, default=""),
    sa.Column("manner", sa.Text, nullable=False, default="", comment="of the nearest speaker; empty in the report's own voice"),
    sa.Column("stance", sa.Text, nullable=False, default="", comment="of the holder to who suffered: own, opponent, third; empty where it cannot be told"),
    sa.Column("start", sa.Date, comment="when: first day"),
    sa.Column("end", sa.Date, comment="when: last day; empty for what is still open"),
    sa.Column("precision", sa.Text, nullable=False, default=""),
    sa.Column("day", sa.Date, comment="the first day of `when`, else the day of the report: what the claim is sorted by; empty for background without a date"),
    sa.Column("last", sa.Date, comment="the last day of `when`, else `day`; 9999-12-31 for what is still open"),
    sa.Column("as_of", sa.Date, comment="the day on which it was said, else that of the report"),
    sa.Column("place", sa.Text, nullable=False, default=""),
    sa.Column("place_key", sa.Text, nullable=False, server_default="", comment="the place in small letters, by which it is found"),
    sa.Column("country", sa.Text, nullable=False, default=""),
    sa.Column("admin1", sa.Text, nullable=False, default=""),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("place_precision", sa.Text, nullable=False, default=""),
    sa.Column("low", sa.Integer, comment="count, or how many acts of an event; empty is open below"),
    sa.Column("high", sa.Integer, comment="empty is open above"),
    sa.Column("approximate", sa.Boolean, nullable=False, default=False),
    sa.Column("side", sa.Text, nullable=False, default="", comment="of who suffered, in a loss; of the first actor, in an event"),
    sa.Column("role", sa.Text, nullable=False, default="", comment="of who suffered: forces, police, fighters, civilians, other"),
    sa.Column("incident", sa.Text, comment="empty for a role"),
    sa.Column("component", sa.Integer, comment="claims that a chain of likely links joins have one"),
    sa.Column("replaced_by", sa.Text, comment="the later claim of the same holder that revises or retracts this one"),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("evidence_start", sa.Integer, nullable=False),
    sa.Column("evidence_end", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False, comment="JSON of the form sayso/1"),
    sa.Column("state", sa.Text, nullable=False, default="proposed", comment="proposed, accepted, corrected, rejected"),
    sa.Column("reviewed_by", sa.Text, comment="who accepted, corrected, rejected or added it; empty while it is proposed"),
    sa.Column("reviewed_in", sa.Integer, comment="the change in which he did"),
    sa.Column("checked_by", sa.Text, comment="who confirmed that, another than he; empty where nobody did since"),
    sa.Column("checked_in", sa.Integer, comment="the change in which that was"),
    sa.Column("added_in", sa.Integer, _reference("changes.number"), nullable=False),
    sa.Column("changed_in", sa.Integer, nullable=False),
    sa.Column("gone_in", sa.Integer, comment="empty while it stands"),
    sa.Index("ix_claims_report", "report"),
    sa.Index("ix_claims_incident", "incident"),
    sa.Index("ix_claims_component", "component"),
    sa.Index("ix_claims_holder_day", "holder", "day"),
    sa.Index("ix_claims_kind_type_day", "kind", "type", "day"),
    sa.Index("ix_claims_kind_side_day", "kind", "side", "day"),
    sa.Index("ix_claims_day", "day"),
    sa.Index("ix_claims_day_last", "day", "last", sqlite_where=sa.text("last > day"), postgresql_where=sa.text("last > day")),
    sa.Index("ix_claims_country_day", "country", "day", "last"),
    sa.Index("ix_claims_place_key", "place_key", "day", "last"),
    sa.Index("ix_claims_lat_lon", "lat", "lon"),
    sa.Index("ix_claims_changed_in", "changed_in"),
    sa.Index("ix_claims_rejected", "reviewed_in", sqlite_where=sa.text("state = 'rejected'"), postgresql_where=sa.text("state = 'rejected'")),
    comment="One thing that somebody says is so.",
)  # fmt: skip

claim_versions = sa.Table(
    "claim_versions", METADATA,
    sa.Column("claim", sa.Text, primary_key=True),
    sa.Column("until", sa.Integer, _reference("changes.number"), primary_key=True, comment="the change that replaced it"),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    comment="What claims were before they were read again or corrected.",
)  # fmt: skip

parties = sa.Table(
    "parties", METADATA,
    sa.Column("claim", sa.Integer, _reference("claims.number"), primary_key=True),
    sa.Column("part", sa.Text, primary_key=True, comment="actor, recipient, victim, by, owner, holder, organisation"),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("entity", sa.Text, _reference("entities.key"), nullable=False),
    sa.Column("side", sa.Text, nullable=False),
    sa.Column("day", sa.Date, comment="the claim's"),
    sa.Column("words", sa.Text, nullable=False),
    sa.Index("ix_parties_entity_day", "entity", "day", "claim"),
    sa.Index("ix_parties_holder", "entity", "claim", sqlite_where=sa.text("part = 'holder'"), postgresql_where=sa.text("part = 'holder'")),
    comment="Who is in a claim, and as what.",
)  # fmt: skip

involved = sa.Table(
    "involved", METADATA,
    sa.Column("claim", sa.Integer, _reference("claims.number"), primary_key=True),
    sa.Column("side", sa.Text, primary_key=True),
    sa.Column("inside", sa.Boolean, nullable=False, comment="whether somebody of the side is in the claim; else it holds the claim, or is in its incident"),
    sa.Column("kind", sa.Text, nullable=False, comment="the claim's"),
    sa.Column("type", sa.Text, nullable=False, comment="the claim's"),
    sa.Column("day", sa.Date, comment="the claim's"),
    sa.Column("last", sa.Date, comment="the claim's"),
    sa.Index("ix_involved_side_day", "side", "day", "kind", "type", "last", "inside", "claim"),
    sqlite_with_rowid=False,
    comment="Which sides a claim concerns: what dyads and conflicts are found by.",
)  # fmt: skip

sources = sa.Table(
    "sources", METADATA,
    sa.Column("claim", sa.Integer, _reference("claims.number"), primary_key=True),
    sa.Column("link", sa.Integer, primary_key=True, comment="0 is the nearest speaker"),
    sa.Column("position", sa.Integer, primary_key=True, comment="0 is the first named, others spoke together with him"),
    sa.Column("entity", sa.Text, _reference("entities.key"), nullable=False),
    sa.Column("cue", sa.Text, nullable=False, default=""),
    sa.Column("manner", sa.Text, nullable=False),
    sa.Column("distance", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("said_start", sa.Date),
    sa.Column("said_end", sa.Date),
    sa.Index("ix_sources_entity", "entity"),
    comment="On whose say-so a claim stands: the chain, link by link. The publisher is not repeated here.",
)  # fmt: skip

blocks = sa.Table(
    "blocks", METADATA,
    sa.Column("block", sa.Text, primary_key=True),
    sa.Column("claim", sa.Integer, _reference("claims.number"), primary_key=True),
    sa.Index("ix_blocks_claim", "claim"),
    sqlite_with_rowid=False,
    comment="By what claims that may be about one incident are found.",
)  # fmt: skip

incidents = sa.Table(
    "incidents", METADATA,
    sa.Column("id", sa.Text, primary_key=True, comment="an i and the id of its first claim: any such id leads to the incident that holds this claim now"),
    sa.Column("about", sa.Text, nullable=False, comment="a line for people, made of its claims"),
    sa.Column("type", sa.Text, nullable=False, comment="the act that most holders tell of; of a loss alone its harm"),
    sa.Column("start", sa.Date, comment="its day, or the first one, by most of its claims"),
    sa.Column("end", sa.Date),
    sa.Column("day", sa.Date, comment="what it is sorted by"),
    sa.Column("place", sa.Text, nullable=False, default=""),
    sa.Column("country", sa.Text, nullable=False, default=""),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("place_precision", sa.Text, nullable=False, default=""),
    sa.Column("background", sa.Boolean, nullable=False),
    sa.Column("sides", sa.Text, nullable=False, comment="with ` | ` between"),
    sa.Column("claims", sa.Integer, nullable=False),
    sa.Column("reports", sa.Integer, nullable=False, comment="near-copies once"),
    sa.Column("holders", sa.Integer, nullable=False, comment="accounts"),
    sa.Column("disputed", sa.Text, nullable=False, comment="the fields on which accounts dispute each other, with blanks between"),
    sa.Column("pinned", sa.Boolean, nullable=False, default=False),
    sa.Column("added_in", sa.Integer, _reference("changes.number"), nullable=False),
    sa.Column("changed_in", sa.Integer, nullable=False),
    sa.Column("gone_in", sa.Integer),
    sa.Index("ix_incidents_day", "day"),
    sa.Index("ix_incidents_type_day", "type", "day"),
    sa.Index("ix_incidents_country_day", "country", "day"),
    sa.Index("ix_incidents_changed_in", "changed_in"),
    comment="What several claims, from one report or many, are about.",
)  # fmt: skip

relations = sa.Table(
    "relations", METADATA,
    sa.Column("first", sa.Integer, _reference("claims.number"), primary_key=True),
    sa.Column("second", sa.Integer, _reference("claims.number"), primary_key=True),
    sa.Column("incident", sa.Text, nullable=False),
    sa.Column("relation", sa.Text, nullable=False, comment="same, narrows, contradicts, denies, revises, retracts; a pair that is not here adds"),
    sa.Column("fields", sa.Text, nullable=False, comment="with blanks between"),
    sa.Column("because", sa.Text, nullable=False),
    sa.Index("ix_relations_incident", "incident"),
    sa.Index("ix_relations_second", "second"),
    comment="How the second of two claims about one incident relates to the first.",
)  # fmt: skip

disputes = sa.Table(
    "disputes", METADATA,
    sa.Column("incident", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("one", sa.Text, _reference("entities.key"), primary_key=True, comment="of the two holders the one whose key is lower"),
    sa.Column("other", sa.Text, _reference("entities.key"), primary_key=True),
    sa.Column("because", sa.Text, nullable=False),
    sa.Index("ix_disputes_one", "one"),
    sa.Index("ix_disputes_other", "other"),
    comment="Which accounts of an incident dispute each other, and on what.",
)  # fmt: skip

decisions = sa.Table(
    "decisions", METADATA,
    sa.Column("one", sa.Text, primary_key=True, comment="id of a claim, the lower of the two"),
    sa.Column("other", sa.Text, primary_key=True),
    sa.Column("together", sa.Boolean, nullable=False),
    sa.Column("made_in", sa.Integer, _reference("changes.number"), nullable=False),
    sa.Index("ix_decisions_other", "other"),
    comment="What a user decided about two claims: one incident, or never one.",
)  # fmt: skip

grades = sa.Table(
    "grades", METADATA,
    sa.Column("kind", sa.Text, primary_key=True, comment="source or claim"),
    sa.Column("target", sa.Text, primary_key=True),
    sa.Column("author", sa.Text, primary_key=True),
    sa.Column("reliability", sa.Text, nullable=False, default="", comment="Admiralty scale A–F, of a source"),
    sa.Column("credibility", sa.Text, nullable=False, default="", comment="Admiralty scale 1–6, of a claim"),
    sa.Column("note", sa.Text, nullable=False, default=""),
    sa.Column("made_in", sa.Integer, _reference("changes.number"), nullable=False),
    comment="Grades that users gave. The program gives none.",
)  # fmt: skip

users = sa.Table(
    "users", METADATA,
    sa.Column("name", sa.Text, primary_key=True, comment="the author of what the user changes"),
    sa.Column("password", sa.Text, nullable=False, comment="its Argon2 hash"),
    sa.Column("role", sa.Text, nullable=False, comment="read, review, administer"),
    sa.Column("disabled", sa.Boolean, nullable=False, default=False),
    sa.Column("added_in", sa.Integer, _reference("changes.number"), nullable=False),
    comment="Who may log in where several people share a record.",
)  # fmt: skip

sessions = sa.Table(
    "sessions", METADATA,
    sa.Column("token", sa.Text, primary_key=True, comment="SHA-256 of the cookie's value"),
    sa.Column("user", sa.Text, _reference("users.name"), nullable=False),
    sa.Column("begun", sa.Text, nullable=False, comment="UTC, ISO 8601"),
    sa.Column("seen", sa.Text, nullable=False, comment="UTC, ISO 8601: when the user last asked for something"),
    sa.Column("expires", sa.Text, nullable=False, comment="UTC, ISO 8601"),
    sa.Index("ix_sessions_user", "user"),
    comment="Who is logged in.",
)  # fmt: skip
